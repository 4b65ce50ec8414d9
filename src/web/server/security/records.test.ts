import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import { openAnswers } from './answers.ts'
import { type AuditEntry, checkAudit, openAudit } from './audit.ts'
import { openSecurityState } from './state.ts'
import { openStore } from './store.ts'
import { addTotp, firstOwner, openBrowser, PASSWORD } from './testing/browser.ts'
import { openTestServer, START } from './testing/test-server.ts'

let folder = ''
const clock = createVirtualClock(START)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garam-records-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = (name: string) => join(folder, name)
const openState = () =>
  openSecurityState({
    folder,
    clock,
    secretBytes: (count) => randomBytes(count),
    lock: async () => async () => undefined,
  })

describe('the file of users and sessions', () => {
  it('is read back as it was written, for its owner’s eyes only', async () => {
    const test = await openTestServer({ folder })
    const browser = await firstOwner(test)
    await addTotp(test, browser)
    const before = test.state.store.view()
    await test.leave()
    const again = await openStore(folder)
    expect(again.ok && again.value.view()).toEqual(before)
    for (const name of ['web.json', 'web.key', 'audit.jsonl', 'commands.jsonl'])
      expect([name, (await stat(file(name))).mode & 0o777]).toEqual([name, 0o600])
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of another shape', () => '{"version":1,"users":[{"id":1}]}'],
    ['of a version to come', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['with a role nobody has', (text: string) => text.replace('"owner"', '"root"')],
  ])('that is damaged stops the start with what to do: %s', async (_, damage) => {
    const test = await openTestServer({ folder })
    await firstOwner(test)
    await test.leave()
    await writeFile(file('web.json'), damage(await readFile(file('web.json'), 'utf8')))
    const opened = await openState()
    expect(opened.ok ? '' : opened.error.ko).toMatch(/web\.json.*손상.*백업/)
    expect(opened.ok ? '' : opened.error.en).toMatch(/damaged/)
  })

  it('does not take a lost key for an account without a second factor', async () => {
    const test = await openTestServer({ folder })
    await addTotp(test, await firstOwner(test))
    await test.leave()
    await rm(file('web.key'))
    const opened = await openState()
    expect(opened.ok ? '' : opened.error.en).toMatch(/web\.key is missing/)
  })

  it('holds every one of many changes at once, and the last word of each', async () => {
    const store = await openStore(folder)
    if (!store.ok) throw new Error(store.error.en)
    const link = (number: number) =>
      ({ hash: number.toString(16).padStart(64, '0'), kind: 'demo', until: 1 }) as const
    await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        store.value.change((stored) => ({ ...stored, links: [...stored.links, link(number)] })),
      ),
    )
    await store.value.close()
    const again = await openStore(folder)
    expect(again.ok && again.value.view().links).toHaveLength(50)
  })
})

const entry = (what: string): AuditEntry => ({ who: 'jiwoo', from: '127.0.0.1', via: 'session', what })

describe('the audit log', () => {
  async function written(count: number): Promise<string> {
    const audit = await openAudit(folder, clock)
    for (let number = 1; number <= count; number++) audit.add(entry(`what-${number}`))
    await audit.flushed()
    await audit.close()
    return readFile(file('audit.jsonl'), 'utf8')
  }

  it('gives its entries newest first, page by page, over restarts', async () => {
    await written(3)
    await written(4)
    const audit = await openAudit(folder, clock)
    const first = await audit.page(undefined, 4)
    expect(first.entries.map(({ seq, what }) => [seq, what])).toEqual([
      [7, 'what-4'],
      [6, 'what-3'],
      [5, 'what-2'],
      [4, 'what-1'],
    ])
    const second = await audit.page(first.next, 4)
    expect([second.entries.map(({ seq }) => seq), second.next]).toEqual([[3, 2, 1], undefined])
    await audit.close()
  })

  it.each([
    ['a changed word', (text: string) => text.replace('what-2', 'what-9')],
    ['a line that is gone', (text: string) => text.split('\n').toSpliced(1, 1).join('\n')],
    [
      'two lines in the other order',
      (text: string) => {
        const [one = '', two = '', ...rest] = text.split('\n')
        return [two, one, ...rest].join('\n')
      },
    ],
    ['a line that was added', (text: string) => `${text}{"seq":4,"what":"nothing happened"}\n`],
  ])('shows %s, keeps the old file and goes on in a new one that says so', async (_, damage) => {
    const text = await written(3)
    expect(checkAudit(Buffer.from(text)).verdict).toBe('good')
    await writeFile(file('audit.jsonl'), damage(text))
    expect(checkAudit(Buffer.from(damage(text))).verdict).toBe('damaged')
    const audit = await openAudit(folder, clock)
    expect((await audit.page(undefined, 10)).entries).toMatchObject([{ seq: 1, what: 'audit-damaged' }])
    await audit.close()
    const aside = (await readdir(folder)).find((name) => name.startsWith('audit.damaged-')) ?? ''
    expect(await readFile(file(aside), 'utf8')).toBe(damage(text))
  })

  it('that a crash cut off in the middle of a line goes on behind the last whole one', async () => {
    await written(2)
    await appendFile(file('audit.jsonl'), '{"seq":3,"at":17')
    const text = await written(1)
    expect(checkAudit(Buffer.from(text))).toMatchObject({ verdict: 'good' })
    expect(text.trimEnd().split('\n')).toHaveLength(3)
  })

  it('never holds what a secret is called by', async () => {
    const audit = await openAudit(folder, clock)
    const after = { password: 'a-1', nested: [{ appKey: 'a-2', secret_key: 'a-3' }], code: 'a-4', limit: 5 }
    audit.add({ ...entry('settings'), after })
    await audit.close()
    const text = await readFile(file('audit.jsonl'), 'utf8')
    expect(text).not.toMatch(/a-\d/)
    expect(text).toContain('"limit":5')
  })
})

describe('answers to commands', () => {
  it('are kept for a day and then forgotten', async () => {
    const answers = await openAnswers(folder, clock)
    await answers.begin('a', 'body')
    await answers.done('a', { value: 1 })
    clock.advance(24 * 3_600_000 - 1)
    expect(answers.get('a')).toMatchObject({ state: 'done', answer: { value: 1 } })
    clock.advance(1)
    expect(answers.get('a')).toBeUndefined()
    await answers.close()
    await (await openAnswers(folder, clock)).close()
    expect(await readFile(file('commands.jsonl'), 'utf8')).toBe('')
  })

  it('never run again what was cut off by a crash: its outcome is unknown', async () => {
    const test = await openTestServer({ folder })
    const owner = await firstOwner(test)
    const headers = { 'idempotency-key': 'crashed-0001' }
    await owner.post('commands', { do: 'stop' }, { headers })
    await test.leave()
    // The crash came before the answer was written down.
    const [begun = ''] = (await readFile(file('commands.jsonl'), 'utf8')).split('\n')
    await writeFile(file('commands.jsonl'), `${begun}\n{"key":"cut`)
    const second = await openTestServer({ folder })
    const again = openBrowser(second.server)
    for (const [name, value] of owner.cookies) again.cookies.set(name, value)
    await again.session()
    const answer = await again.post('commands', { do: 'stop' }, { headers })
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/outcome-unknown'])
    expect(second.done).toEqual([])
    await second.leave()
  })

  it('stay bounded, and the file with them', async () => {
    const answers = await openAnswers(folder, clock)
    await Promise.all(Array.from({ length: 5_200 }, (_, number) => answers.begin(`key-${number}`, 'body')))
    expect(answers.get('key-0')).toBeUndefined()
    expect(answers.get('key-5199')).toMatchObject({ state: 'begun' })
    await answers.close()
  })
})

describe('a planted secret', () => {
  it('is found nowhere: not in the log, the audit, an answer or a file', async () => {
    const test = await openTestServer({ folder })
    const { clock: wall } = test
    const heard: string[] = []
    const owner = await firstOwner(test)
    const { secret, recoveryCodes } = await addTotp(test, owner)
    const token = await owner.post('tokens', { name: 'program', scopes: ['read', 'trade'], days: 1 })
    const invited = await owner.post('users', { name: 'minsu', role: 'viewer' })
    const link = String(invited.body.link).replace('/enter/', '')
    await owner.get(`/enter/${link}`)
    const secrets = {
      password: PASSWORD,
      'wrong password': 'wrong-secret-of-somebody',
      'password in the name': 'typed-into-the-wrong-box',
      'broker key': 'PLANTED-APPKEY-0123456789',
      totp: secret,
      recovery: recoveryCodes[0] ?? '',
      token: String(token.body.secret),
      link,
      cookie: owner.cookies.get('garam-8787') ?? '',
      csrf: owner.csrf ?? '',
    }
    const stranger = openBrowser(test.server)
    const say = async (answer: ReturnType<typeof owner.post>) => {
      const { headers, body } = await answer
      heard.push(JSON.stringify([headers, body]))
    }
    await say(stranger.post('session', { name: 'jiwoo', password: secrets['wrong password'] }))
    await say(stranger.post('session', { name: secrets['password in the name'], password: 'x' }))
    await say(
      stranger.post('setup', { token: 'B'.repeat(43), name: 'eve', password: secrets['wrong password'] }),
    )
    await say(
      owner.post(
        'commands',
        { do: 'stop', appkey: secrets['broker key'] },
        { headers: { 'idempotency-key': 'planted-0001' } },
      ),
    )
    await say(owner.post('commands', { do: 7, appkey: secrets['broker key'] }))
    await say(owner.get('users'))
    await say(owner.get('tokens'))
    await say(owner.get('me/sessions'))
    await say(owner.get('audit?limit=200'))
    await say(
      stranger.get('orders', {
        headers: { authorization: `Bearer ${secrets.token}x`, cookie: 'garam-8787=x' },
      }),
    )
    wall.advance(1)
    await test.leave()
    const places: Record<string, string> = { log: test.log.join('\n'), answers: heard.join('\n') }
    for (const name of ['web.json', 'audit.jsonl', 'commands.jsonl'])
      places[name] = await readFile(file(name), 'utf8')
    expect(places.log?.length).toBeGreaterThan(1_000)
    const found = Object.entries(places).flatMap(([place, text]) =>
      Object.entries(secrets)
        .filter(([, value]) => value !== '' && text.includes(value))
        .map(([what]) => `${what} in ${place}`),
    )
    expect(found).toEqual([])
  })
})
