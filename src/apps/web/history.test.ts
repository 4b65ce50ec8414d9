import { spawn } from 'node:child_process'
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sleep } from '../../std/clock.ts'
import { performanceRoutes } from '../../web/server/performance-routes.ts'
import { DEMO_KEY } from '../demo-settings.ts'
import { replayDay } from '../replay-day.ts'
import { selfArguments } from '../self.ts'
import { environmentVariables, wallClock } from '../system.ts'
import { openFolder } from '../testing/recording-io.ts'
import { createHistory, type OwnedHistory } from './history.ts'
import { serverOf } from './testing/asked-server.ts'

let stand: Awaited<ReturnType<typeof openFolder>>
let journal = ''
let file = ''

/** A simulated morning, traded and recorded by a `garam` of its own. */
beforeAll(async () => {
  stand = await openFolder()
  journal = join(stand.folder, 'journal')
  const words = [
    'demo',
    '--headless',
    '--json',
    '--for',
    '20s',
    '--speed',
    '60',
    '--seed',
    '11',
    '--journal',
    journal,
  ]
  const keys = { GARAM_APPKEY: DEMO_KEY.appKey, GARAM_SECRETKEY: DEMO_KEY.secretKey }
  const child = spawn(process.execPath, [...selfArguments(), ...words], {
    env: { ...environmentVariables(), ...keys },
    stdio: 'ignore',
  })
  await new Promise((resolve) => child.once('close', resolve))
  const [name = ''] = (await readdir(journal)).filter((each) => each.endsWith('.jsonl'))
  file = join(journal, name)
})
afterAll(() => stand.remove())

const historyOf = (cache: string) =>
  createHistory({
    sources: [{ id: 'paper', title: { ko: '모의', en: 'Paper' }, environment: 'simulated', folder: journal }],
    cache: join(stand.folder, cache),
    wall: wallClock,
  })

async function settled(history: OwnedHistory) {
  for (;;) {
    const found = await history.read('paper')
    if (found?.pending === 0) return found
    await sleep(wallClock, 50)
  }
}

describe('the history of an account', () => {
  it('reads a recorded day in the background, with what a replay knows of it, and once', async () => {
    const history = historyOf('cache')
    expect(await history.read('paper')).toMatchObject({ days: [], pending: 1 })
    const early = await serverOf(performanceRoutes({ history }))
    const url = '/api/v1/performance/statement.html?span=all'
    const refused = await early.server.inject({ method: 'GET', url })
    expect([refused.statusCode, refused.json().ko]).toEqual([503, expect.stringContaining('기록 1일치')])
    const { days } = await settled(history)
    const { view } = await replayDay(file, false)
    expect(days).toMatchObject([
      { day: view.day, realizedPnl: view.realizedPnl, commission: view.commission, equity: view.equity },
    ])
    expect(view.roundTrips.length).toBeGreaterThan(0)
    expect(days[0]?.trips.length).toBe(view.roundTrips.length)
    expect(days[0]?.trips.every(({ strategy }) => strategy !== '')).toBe(true)
    await history.close()
    const again = historyOf('cache')
    expect(await again.read('paper')).toMatchObject({ pending: 0, days: [{ day: view.day }] })
    await again.close()
    expect(await again.read('nobody')).toBeUndefined()
  })

  it('names a day whose record is damaged, and goes on with the others', async () => {
    const { folder, remove } = await openFolder()
    await writeFile(
      join(folder, '2026-01-05.jsonl'),
      (await readFile(file, 'utf8')).replace('"kind"', '"kinb"'),
    )
    const history = createHistory({
      sources: [{ id: 'paper', title: { ko: '', en: '' }, environment: 'paper', folder }],
      cache: join(folder, 'cache'),
      wall: wallClock,
    })
    expect(await settled(history)).toMatchObject({ days: [], damaged: [{ day: '2026-01-05' }] })
    await history.close()
    await remove()
  })

  it('is told by the routes: days, statistics, one day, and files to keep', async () => {
    const history = historyOf('cache')
    await settled(history)
    const web = await serverOf(performanceRoutes({ history }))
    const get = (path: string) => web.server.inject({ method: 'GET', url: `/api/v1/performance${path}` })
    const listed = (await get('/days')).json()
    const [day] = listed.days
    expect(listed).toMatchObject({ source: { id: 'paper' }, pending: 0, damaged: [] })
    const statistics = (await get('')).json()
    expect(statistics.days).toEqual([day.day])
    expect(statistics.byStrategy.length).toBeGreaterThan(0)
    expect((await get(`/days/${day.day}`)).json().trips).toHaveLength(day.trips)
    expect((await get('/days/2020-01-02')).statusCode).toBe(404)
    expect((await get('/days?source=nobody')).statusCode).toBe(404)
    const trades = await get('/statement.csv?span=month')
    expect(trades.headers['content-disposition']).toBe(
      `attachment; filename="garam-paper-${day.day}-trades.csv"`,
    )
    expect(trades.body.trimEnd().split('\r\n')).toHaveLength(day.trips + 1)
    expect((await get('/statement.csv?span=all&what=days')).body).toContain(`${day.day},${day.pnl}`)
    const page = await get('/statement.html?span=week')
    expect(page.headers['content-security-policy']).toContain('sandbox')
    expect(page.body).toContain('<!doctype html>')
    await web.close()
    await history.close()
  })

  it('reads a day again when its record has grown', async () => {
    const history = createHistory({
      sources: [{ id: 'paper', title: { ko: '', en: '' }, environment: 'paper', folder: journal }],
      cache: join(stand.folder, 'growing'),
      // Tomorrow: nothing that was written until now is still open.
      wall: { now: () => wallClock.now() + 86_400_000 },
    })
    expect(await settled(history)).toMatchObject({ damaged: [] })
    await appendFile(file, 'no record\n')
    const before = await history.read('paper')
    expect(before?.days).toHaveLength(1)
    for (;;) {
      const found = await history.read('paper')
      if (found?.damaged.length === 1) break
      await sleep(wallClock, 50)
    }
    expect(await history.read('paper')).toMatchObject({ days: [], damaged: [{ day: before?.days[0]?.day }] })
    await history.close()
  })
})
