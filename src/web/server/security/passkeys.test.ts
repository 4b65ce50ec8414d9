import { afterEach, describe, expect, it } from 'vitest'
import { createAuthenticator } from './testing/authenticator.ts'
import {
  addTotp,
  type Browser,
  codeOf,
  firstOwner,
  invite,
  ORIGIN,
  openBrowser,
  PASSWORD,
} from './testing/browser.ts'
import { openTestServer, type TestServer } from './testing/test-server.ts'

const open: TestServer[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function start(): Promise<TestServer> {
  const made = await openTestServer()
  open.push(made)
  return made
}

const PAGE = { origin: ORIGIN }
type Creation = Parameters<ReturnType<typeof createAuthenticator>['create']>[0]

async function addPasskey(browser: Browser, password = PASSWORD) {
  const authenticator = createAuthenticator()
  const options = await browser.post('me/passkeys/options', { password })
  const response = authenticator.create(options.body as unknown as Creation, PAGE)
  const added = await browser.post('me/passkeys', { name: 'my key', response })
  return { authenticator, options, added, response }
}

const challengeOf = async (browser: Browser) => {
  const { body } = await browser.post('session/passkey/options')
  return { challenge: String(body.challenge), body }
}

const show = (browser: Browser, response: object) => browser.post('session/passkey/verify', { response })

describe('a passkey', () => {
  it('is added with the password, counts as the second factor and brings recovery codes', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    const { options, added } = await addPasskey(browser)
    expect(options.body).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'jiwoo' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    })
    expect(String(options.body.challenge)).toHaveLength(43)
    expect(added.status).toBe(200)
    expect(added.body.recoveryCodes).toHaveLength(10)
    expect(await browser.session()).toMatchObject({ factors: { passkeys: 1 }, secondFactorFresh: true })
    expect((await browser.post('resume')).status).toBe(200)
    expect((await browser.get('me/passkeys')).body.list).toMatchObject([{ name: 'my key' }])
  })

  it('is given another name by whoever it belongs to, and by nobody else', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    await addPasskey(browser)
    const { id } = ((await browser.get('me/passkeys')).body.list as { readonly id: string }[])[0] ?? {
      id: '',
    }
    const named = (name: string) => browser.send('PATCH', `me/passkeys/${id}`, { name })
    expect((await named(' phone ')).status).toBe(200)
    expect((await browser.get('me/passkeys')).body.list).toMatchObject([{ id, name: 'phone' }])
    expect(await test.audited('passkey-renamed')).toHaveLength(1)
    expect((await named(' ')).status).toBe(400)
    const other = await invite(test, browser, { name: 'minsu', role: 'owner' })
    expect((await other.send('PATCH', `me/passkeys/${id}`, { name: 'mine' })).status).toBe(404)
    expect((await browser.get('me/passkeys')).body.list).toMatchObject([{ name: 'phone' }])
  })

  it('that checks its holder signs in alone, as password and second factor in one', async () => {
    const test = await start()
    const { authenticator } = await addPasskey(await firstOwner(test))
    const browser = openBrowser(test.server)
    const { challenge, body } = await challengeOf(browser)
    expect(body).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(body.allowCredentials ?? []).toEqual([])
    const answer = await show(browser, authenticator.get({ challenge }, PAGE))
    expect(answer.body).toMatchObject({
      state: 'signed-in',
      user: { name: 'jiwoo' },
      secondFactorFresh: true,
    })
  })

  it('that does not check its holder is a second factor only', async () => {
    const test = await start()
    const { authenticator } = await addPasskey(await firstOwner(test))
    const alone = openBrowser(test.server)
    const touched = { ...PAGE, verified: false }
    expect((await show(alone, authenticator.get(await challengeOf(alone), touched))).status).toBe(401)
    const browser = openBrowser(test.server)
    const half = await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    expect(half.body).toMatchObject({ state: 'second-factor', factors: { passkeys: 1 } })
    const { challenge, body } = await challengeOf(browser)
    expect(body.allowCredentials).toHaveLength(1)
    expect((await show(browser, authenticator.get({ challenge }, touched))).body.state).toBe('signed-in')
  })

  it('makes an old second factor fresh again', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    const { authenticator } = await addPasskey(browser)
    test.clock.advance(10 * 60_000)
    expect((await browser.post('resume')).body.type).toBe('/problems/second-factor-needed')
    await show(browser, authenticator.get(await challengeOf(browser), PAGE))
    expect((await browser.post('resume')).status).toBe(200)
  })

  it('is not offered on a numeric address', async () => {
    const { server } = await start()
    const answer = await openBrowser(server, '127.0.0.1:8787').post('session/passkey/options')
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/passkey-needs-name'])
  })

  it('is removed with a fresh second factor, and an account without any says so', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    await addPasskey(browser)
    const { list } = (await browser.get('me/passkeys')).body as { list: { id: string }[] }
    test.clock.advance(10 * 60_000)
    expect((await browser.send('DELETE', `me/passkeys/${list[0]?.id}`)).status).toBe(403)
    const again = openBrowser(test.server)
    expect((await again.post('session', { name: 'jiwoo', password: PASSWORD })).body.state).toBe(
      'second-factor',
    )
  })
})

describe('an answer of an authenticator', () => {
  it('counts once: neither again, nor in another browser, nor after five minutes', async () => {
    const test = await start()
    const { authenticator } = await addPasskey(await firstOwner(test))
    const browser = openBrowser(test.server)
    const shown = authenticator.get(await challengeOf(browser), PAGE)
    const other = openBrowser(test.server)
    await challengeOf(other)
    expect((await show(other, shown)).status).toBe(401)
    expect((await show(browser, shown)).status).toBe(200)
    expect((await show(browser, shown)).status).toBe(401)
    expect((await show(openBrowser(test.server), shown)).status).toBe(401)
    const late = openBrowser(test.server)
    const lateShown = authenticator.get(await challengeOf(late), PAGE)
    test.clock.advance(5 * 60_000)
    expect((await show(late, lateShown)).status).toBe(401)
    expect((await test.audited('second-factor-failed')).length).toBe(4)
  })

  it('two at the same moment let one in', async () => {
    const test = await start()
    const { authenticator } = await addPasskey(await firstOwner(test))
    const browser = openBrowser(test.server)
    const shown = authenticator.get(await challengeOf(browser), PAGE)
    const answers = await Promise.all([show(browser, shown), show(browser, shown)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('given to another site is refused', async () => {
    const test = await start()
    const { authenticator } = await addPasskey(await firstOwner(test))
    const browser = openBrowser(test.server)
    const shown = authenticator.get(await challengeOf(browser), { origin: 'https://evil.example' })
    expect((await show(browser, shown)).status).toBe(401)
  })

  it('of a copied key, whose counter went back, is refused', async () => {
    const test = await start()
    const { authenticator } = await addPasskey(await firstOwner(test))
    const first = openBrowser(test.server)
    const older = openBrowser(test.server)
    const old = authenticator.get(await challengeOf(older), PAGE)
    await show(first, authenticator.get(await challengeOf(first), PAGE))
    expect((await show(older, old)).status).toBe(401)
  })

  it('of somebody else is no second factor for a password', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const minsu = await invite(test, owner, { name: 'minsu', role: 'viewer' })
    const { authenticator } = await addPasskey(minsu, `${PASSWORD} 둘`)
    const half = openBrowser(test.server)
    await half.post('session', { name: 'jiwoo', password: PASSWORD })
    expect((await show(half, authenticator.get(await challengeOf(half), PAGE))).status).toBe(401)
    expect((await half.get('orders')).status).toBe(401)
    // Nor does it make the owner's second factor fresh.
    test.clock.advance(10 * 60_000)
    expect((await show(owner, authenticator.get(await challengeOf(owner), PAGE))).status).toBe(401)
    expect((await owner.post('resume')).body.type).toBe('/problems/second-factor-needed')
  })

  it('made to add a passkey does not sign in, and the other way round', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const { secret } = await addTotp(test, owner)
    const authenticator = createAuthenticator()
    const shown = await challengeOf(owner)
    const response = authenticator.create(
      { challenge: shown.challenge, rp: { id: 'localhost' }, user: { id: 'x' } },
      PAGE,
    )
    expect((await owner.post('me/passkeys', { name: 'x', response })).status).toBe(401)
    test.clock.advance(10 * 60_000)
    await owner.post('session/second-factor', { kind: 'totp', code: codeOf(secret, test.clock.now()) })
    const { added, response: used } = await addPasskey(owner)
    expect(added.status).toBe(200)
    expect((await owner.post('me/passkeys', { name: 'again', response: used })).status).toBe(401)
  })
})
