import { expect, it, onTestFinished } from 'vitest'
import { kstInstant, timeOfDay } from '../../model/time.ts'
import { ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { DAY, morning } from '../../trading/engine/testing/morning.ts'
import { type TrailPage, trailPageSchema } from '../../web/contract/records.ts'
import {
  addTotp,
  type Browser,
  firstOwner,
  invite,
  openBrowser,
  PASSWORD,
} from '../../web/server/security/testing/browser.ts'
import { createCannedLine } from '../../web/server/testing/canned-line.ts'
import { openDashboard } from './open-dashboard.ts'
import { emptyFolder, startRecording } from './testing/recorded-day.ts'

/** A dashboard over a recorded morning, whose clock stands in the middle of it. */
async function start() {
  const clock = createVirtualClock(kstInstant(DAY, timeOfDay('09:00:30')))
  const journalFolder = await emptyFolder()
  const recording = await startRecording(journalFolder)
  const day = morning()
  day.until('09:02:00')
  day.operator({ do: 'pauseBuying' })
  await recording.add(day.events)
  const dashboard = await openDashboard({
    line: createCannedLine(clock),
    wall: clock,
    journalFolder,
    stateFolder: await emptyFolder(),
    environment: 'paper',
    demo: false,
    host: '127.0.0.1',
    port: 0,
    behindProxy: false,
    allow: [],
    onEntered: () => undefined,
  })
  onTestFinished(() => dashboard.close())
  const { link } = await dashboard.listen()
  const { server } = dashboard
  const owner = await firstOwner({ server, security: { entryLink: async () => ok(link ?? '') } })
  return { clock, server, owner }
}

const trail = async (browser: Browser, query = ''): Promise<TrailPage> =>
  trailPageSchema.parse((await browser.get(`journal${query}`)).body)

it('shows owners, and nobody else, who came in and who tried to, among what happened then', async () => {
  const { clock, server, owner } = await start()
  await addTotp({ clock }, owner)
  const viewer = await invite({ server }, owner, { name: 'minsu', role: 'viewer' })
  const stranger = openBrowser(server)
  expect((await stranger.post('session', { name: 'minsu', password: 'not the password' })).status).toBe(401)
  await viewer.send('DELETE', 'session')
  expect((await viewer.post('session', { name: 'minsu', password: `${PASSWORD} 둘` })).status).toBe(200)

  const { entries, counts } = await trail(owner)
  expect(counts).toMatchObject({ command: 1, signIn: 5 })
  expect(entries.slice(0, 3).map(({ kind }) => kind)).toEqual(['notice', 'command', 'signIn'])
  const signIns = entries.filter(({ kind }) => kind === 'signIn')
  expect(signIns.map(({ who, ko }) => [who, ko])).toEqual([
    ['minsu', '로그인 · 127.0.0.1'],
    ['minsu', '로그아웃 · 127.0.0.1'],
    ['minsu', '로그인 실패 · 127.0.0.1'],
    // By the links that made them.
    ['minsu', '로그인 · 127.0.0.1'],
    ['jiwoo', '로그인 · 127.0.0.1'],
  ])
  const instants = entries.map(({ at }) => at)
  expect(instants).toEqual(instants.toSorted((a, b) => b - a))
  expect((await trail(owner, '?kind=signIn&q=failed')).entries).toHaveLength(1)
  const first = await trail(owner, '?kind=signIn&limit=3')
  const second = await trail(owner, `?kind=signIn&limit=3&cursor=${first.next}`)
  expect([...first.entries, ...second.entries]).toEqual(signIns)

  const seen = await trail(viewer)
  expect(seen.entries.map(({ kind }) => kind)).toContain('command')
  expect(seen.counts).not.toHaveProperty('signIn')
  expect(seen.entries.filter(({ kind }) => kind === 'signIn')).toEqual([])
})

it('keeps to the day that was asked for, and finds what comes later', async () => {
  const { clock, server, owner } = await start()
  const count = async (browser: Browser) => (await trail(browser, `?day=${DAY}&kind=signIn`)).found
  const before = await count(owner)
  const again = openBrowser(server)
  await again.post('session', { name: 'jiwoo', password: PASSWORD })
  expect(await count(owner)).toBe(before + 1)
  clock.advance(24 * 3_600_000)
  const tomorrow = openBrowser(server)
  await tomorrow.post('session', { name: 'jiwoo', password: PASSWORD })
  expect(await count(tomorrow)).toBe(before + 1)
})
