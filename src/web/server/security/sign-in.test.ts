import { afterEach, describe, expect, it } from 'vitest'
import { addTotp, codeOf, firstOwner, invite, openBrowser, PASSWORD } from './testing/browser.ts'
import { openTestServer, type TestOptions, type TestServer } from './testing/test-server.ts'

const open: TestServer[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function start(options?: TestOptions): Promise<TestServer> {
  const made = await openTestServer(options)
  open.push(made)
  return made
}

describe('the first owner', () => {
  it('is made with the link of the terminal and is signed in', async () => {
    const test = await start()
    const stranger = openBrowser(test.server)
    expect(await stranger.session()).toEqual({ state: 'owner-needed' })
    const browser = await firstOwner(test)
    expect(await browser.session()).toMatchObject({
      state: 'signed-in',
      user: { name: 'jiwoo', role: 'owner' },
      factors: { totp: false, passkeys: 0, recoveryLeft: 0 },
      secondFactorFresh: false,
    })
    expect(await stranger.session()).toEqual({ state: 'signed-out' })
    expect((await browser.get('orders')).body.list).toEqual(['an order'])
    expect(await test.audited('owner-made')).toHaveLength(1)
  })

  it('is not made without a link, with a wrong one, or with one that has run out', async () => {
    const { server, security, clock } = await start()
    const browser = openBrowser(server)
    const wrong = await browser.post('setup', { token: 'A'.repeat(43), name: 'eve', password: PASSWORD })
    expect([wrong.status, wrong.body.type]).toEqual([401, '/problems/bad-link'])
    const link = await security.entryLink()
    const token = link.ok ? link.value.replace('/enter/', '') : ''
    clock.advance(3_600_000)
    expect((await browser.post('setup', { token, name: 'eve', password: PASSWORD })).status).toBe(401)
    expect(await browser.session()).toEqual({ state: 'owner-needed' })
  })

  it('is made once: neither the same link nor another one of the time makes a second', async () => {
    const test = await start()
    const first = await test.security.entryLink()
    const token = first.ok ? first.value.replace('/enter/', '') : ''
    const both = await Promise.all(
      ['jiwoo', 'eve'].map((name) =>
        openBrowser(test.server).post('setup', { token, name, password: PASSWORD }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
    expect((await openBrowser(test.server).post('enter', { token })).status).toBe(401)
    const again = await test.security.entryLink()
    expect(again.ok ? '' : again.error.en).toMatch(/garam user reset/)
    expect(test.state.store.view().users).toHaveLength(1)
  })

  it.each([
    ['short', '짧은비밀번호', /10자/],
    ['common', 'password1234', /흔하거나/],
    ['doubled', 'qwertyqwerty', /흔하거나/],
    ['one key', 'aaaaaaaaaaaa', /흔하거나/],
    ['the name in it', 'my name is JiWoo!', /이름/],
  ])('gets no password that is easy to guess: %s', async (_, password, said) => {
    const { server, security } = await start()
    const link = await security.entryLink()
    const token = link.ok ? link.value.replace('/enter/', '') : ''
    const { status, body } = await openBrowser(server).post('setup', { token, name: 'jiwoo', password })
    expect([status, body.type]).toEqual([400, '/problems/weak-password'])
    expect(body.ko).toMatch(said)
    expect(String(body.ko) + String(body.en)).not.toContain(password)
  })
})

describe('signing in', () => {
  it('takes the name in any case and the password in any spelling of Hangul', async () => {
    const test = await start()
    await firstOwner(test)
    const browser = openBrowser(test.server)
    const answer = await browser.post('session', { name: 'JIWOO', password: PASSWORD.normalize('NFD') })
    expect(answer.body).toMatchObject({ state: 'signed-in', user: { name: 'jiwoo' } })
  })

  it('with a second factor gives nothing before that is given', async () => {
    const test = await start()
    const { secret } = await addTotp(test, await firstOwner(test))
    const browser = openBrowser(test.server)
    const half = await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    expect(half.body).toMatchObject({ state: 'second-factor', factors: { totp: true, recoveryLeft: 10 } })
    expect(half.body.user).toBeUndefined()
    expect((await browser.get('orders')).status).toBe(401)
    expect((await browser.get('me/sessions')).status).toBe(401)
    const code = codeOf(secret, test.clock.now())
    const full = await browser.post('session/second-factor', { kind: 'totp', code })
    expect(full.body).toMatchObject({ state: 'signed-in', secondFactorFresh: true })
    expect((await browser.get('orders')).status).toBe(200)
    expect((await test.audited('sign-in')).map((line) => /"about":"([^"]+)"/.exec(line)?.[1])).toEqual([
      'password',
      'second factor',
    ])
  })

  it('takes a recovery code once in place of the app', async () => {
    const test = await start()
    const { recoveryCodes } = await addTotp(test, await firstOwner(test))
    expect(recoveryCodes).toHaveLength(10)
    const code = (recoveryCodes[3] ?? '').toUpperCase().replaceAll('-', ' ')
    const enter = async () => {
      const browser = openBrowser(test.server)
      await browser.post('session', { name: 'jiwoo', password: PASSWORD })
      return browser.post('session/second-factor', { kind: 'recovery', code })
    }
    expect((await enter()).body).toMatchObject({ state: 'signed-in', factors: { recoveryLeft: 9 } })
    expect((await enter()).status).toBe(401)
  })

  it('ends after twelve idle hours and after seven days in any case', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    for (let hour = 0; hour < 7 * 24 - 11; hour += 11) {
      expect((await browser.get('orders')).status).toBe(200)
      test.clock.advance(11 * 3_600_000)
    }
    expect((await browser.get('orders')).status).toBe(200)
    test.clock.advance(3 * 3_600_000)
    expect((await browser.get('orders')).status).toBe(401)
    await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    test.clock.advance(12 * 3_600_000)
    expect(await browser.session()).toEqual({ state: 'signed-out' })
  })

  it('survives a restart of the server', async () => {
    const first = await start()
    const browser = await firstOwner(first)
    open.splice(open.indexOf(first), 1)
    const second = await start({ folder: await first.leave() })
    const again = openBrowser(second.server)
    for (const [name, value] of browser.cookies) again.cookies.set(name, value)
    expect(await again.session()).toMatchObject({ state: 'signed-in', csrf: browser.csrf })
  })

  it('lists the devices and signs any of them out', async () => {
    const test = await start()
    const one = await firstOwner(test)
    const two = openBrowser(test.server)
    await two.post('session', { name: 'jiwoo', password: PASSWORD })
    const devices = (await one.get('me/sessions')).body.list as { id: string; current: boolean }[]
    expect(devices.map(({ current }) => current)).toEqual([true, false])
    await one.send('DELETE', `me/sessions/${devices[1]?.id}`)
    expect((await two.get('orders')).status).toBe(401)
    expect((await one.send('DELETE', 'session')).body).toEqual({ state: 'signed-out' })
    expect((await one.get('orders')).status).toBe(401)
    expect(await test.audited('sign-out')).toHaveLength(1)
  })

  it('with a changed password leaves only the device on which it was changed', async () => {
    const test = await start()
    const one = await firstOwner(test)
    const two = openBrowser(test.server)
    await two.post('session', { name: 'jiwoo', password: PASSWORD })
    const next = '새 비밀번호는 더 길다'
    expect((await one.send('PUT', 'me/password', { current: 'wrong', next })).body.type).toBe(
      '/problems/wrong-password',
    )
    expect((await one.send('PUT', 'me/password', { current: PASSWORD, next })).status).toBe(200)
    expect((await two.get('orders')).status).toBe(401)
    expect((await one.get('orders')).status).toBe(200)
    expect((await two.post('session', { name: 'jiwoo', password: PASSWORD })).status).toBe(401)
    expect((await two.post('session', { name: 'jiwoo', password: next })).status).toBe(200)
  })
})

describe('the demo', () => {
  it('lets the holder of the link in without a password, once, with the second factor given', async () => {
    const test = await start({ demo: true })
    const browser = openBrowser(test.server)
    expect(await browser.session()).toEqual({ state: 'signed-out', demo: true })
    const link = await test.security.entryLink()
    const token = link.ok ? link.value.replace('/enter/', '') : ''
    const entered = await browser.post('enter', { token })
    expect(entered.body).toMatchObject({
      next: 'signed-in',
      session: { state: 'signed-in', demo: true, secondFactorFresh: true, user: { role: 'owner' } },
    })
    expect((await browser.post('resume')).status).toBe(200)
    expect((await browser.send('PUT', 'limits')).status).toBe(200)
    expect((await openBrowser(test.server).post('enter', { token })).status).toBe(401)
    // The page is loaded again in the browser that is in.
    expect((await browser.post('enter', { token })).body).toMatchObject({ next: 'signed-in' })
  })

  it('prints links as often as it is asked to, which all lead to the same owner', async () => {
    const test = await start({ demo: true })
    const links = [await test.security.entryLink(), await test.security.entryLink()]
    for (const link of links) {
      const browser = openBrowser(test.server)
      await browser.post('enter', { token: link.ok ? link.value.replace('/enter/', '') : '' })
      expect(await browser.session()).toMatchObject({ state: 'signed-in' })
    }
    expect(test.state.store.view().users).toHaveLength(1)
  })

  it('leaves no way in for a server that is none', async () => {
    const demo = await openTestServer({ demo: true })
    const link = await demo.security.entryLink()
    const real = await start({ folder: await demo.leave() })
    const token = link.ok ? link.value.replace('/enter/', '') : ''
    expect((await openBrowser(real.server).post('enter', { token })).status).toBe(401)
  })
})

describe('people', () => {
  it('are invited by a link that lets them choose their password', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    expect((await owner.post('users', { name: 'minsu', role: 'viewer' })).body.type).toBe(
      '/problems/second-factor-missing',
    )
    await addTotp(test, owner)
    const minsu = await invite(test, owner, { name: 'minsu', role: 'viewer' })
    expect(await minsu.session()).toMatchObject({
      state: 'signed-in',
      user: { name: 'minsu', role: 'viewer' },
    })
    expect((await minsu.get('users')).status).toBe(403)
    expect((await owner.post('users', { name: 'MINSU', role: 'owner' })).body.type).toBe(
      '/problems/name-taken',
    )
  })

  it('get other rights in a new session, and none when they are disabled or removed', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const minsu = await invite(test, owner, { name: 'minsu', role: 'viewer' })
    const { user } = await minsu.session()
    await owner.send('PATCH', `users/${user?.id}`, { role: 'trader' })
    expect((await minsu.get('orders')).status).toBe(401)
    const password = `${PASSWORD} 둘`
    expect((await minsu.post('session', { name: 'minsu', password })).body).toMatchObject({
      user: { role: 'trader' },
    })
    await owner.send('PATCH', `users/${user?.id}`, { disabled: true })
    expect((await minsu.get('orders')).status).toBe(401)
    expect((await minsu.post('session', { name: 'minsu', password })).body.type).toBe(
      '/problems/wrong-sign-in',
    )
    expect((await owner.send('DELETE', `users/${user?.id}`)).status).toBe(200)
    expect(await test.audited('user-changed')).toHaveLength(2)
  })

  it('never lose their last owner', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const { user } = await owner.session()
    // An owner who was only invited cannot sign in yet, and counts for nothing.
    await owner.post('users', { name: 'second', role: 'owner' })
    for (const change of [{ role: 'viewer' }, { disabled: true }])
      expect((await owner.send('PATCH', `users/${user?.id}`, change)).body.type).toBe('/problems/last-owner')
    expect((await owner.send('DELETE', `users/${user?.id}`)).body.type).toBe('/problems/last-owner')
  })

  it('who forgot the password get a link and keep their second factor', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const { secret } = await addTotp(test, owner)
    const minsu = await invite(test, owner, { name: 'minsu', role: 'trader' })
    const { user } = await owner.session()
    const reset = await owner.post(`users/${user?.id}/reset`)
    expect((await owner.get('orders')).status).toBe(401)
    expect((await minsu.get('orders')).status).toBe(200)
    const token = String(reset.body.link).replace('/enter/', '')
    expect((await owner.post('enter', { token })).body).toEqual({ next: 'choose-password', name: 'jiwoo' })
    const chosen = await owner.post('setup', { token, password: '다시 고른 긴 비밀번호' })
    expect(chosen.body).toMatchObject({ state: 'second-factor' })
    test.clock.advance(30_000)
    const code = codeOf(secret, test.clock.now())
    expect((await owner.post('session/second-factor', { kind: 'totp', code })).status).toBe(200)
  })
})
