import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { sleep } from '../../std/clock.ts'
import type { BacktestRequest, MarketChoice, RunMessage, SweepRequest } from '../../web/contract/backtest.ts'
import type { Jobs } from '../../web/server/jobs.ts'
import { wallClock } from '../system.ts'
import { catalogOf, tradingDays, wander } from '../testing/bars-catalog.ts'
import { openFolder } from '../testing/recording-io.ts'
import { createJobs } from './jobs.ts'
import { complaintOf } from './run-child.ts'

let stand: Awaited<ReturnType<typeof openFolder>>
let catalog = ''
let strategies = ''

/** Plays slowly and says how far it is. */
const SLOW = `
import { defineStrategy } from 'garam/strategy'
const until = (ms) => { const end = performance.now() + ms; while (performance.now() < end); }
export default defineStrategy({
  id: 'slow', title: { ko: '느림', en: 'slow' },
  parameters: { ms: { kind: 'whole', from: 1, to: 1000, default: 100, label: { ko: '밀리초', en: 'ms' } } },
  needs: () => ({ warmUpBars: 0 }),
  each: ({ ms }) => ({ onBar: () => { until(ms); return undefined } }),
})`

beforeAll(async () => {
  stand = await openFolder()
  const days = tradingDays(tradingDay('2024-01-02'), 250)
  catalog = await catalogOf(stand.folder, [...wander('005930', 1, days), ...wander('000660', 2, days)])
  strategies = join(stand.folder, 'strategies')
  await mkdir(strategies)
  await writeFile(join(strategies, 'slow.mjs'), SLOW)
})
afterAll(() => stand.remove())

const market: MarketChoice = {
  data: 'bars/1d/KRX/none',
  symbols: ['005930', '000660'],
  slippage: { kind: 'ticks', ticks: 1 },
}
const backtest: BacktestRequest = {
  strategy: { kind: 'known', id: 'ema-cross' },
  parameters: { fast: 5, slow: 20 },
  market,
}
const slow: BacktestRequest = {
  ...backtest,
  strategy: { kind: 'file', file: 'slow.mjs' },
  parameters: { ms: 100 },
}
const sweep: SweepRequest = {
  strategy: { kind: 'known', id: 'ema-cross' },
  turned: { fast: '3,5,8', slow: '20,30' },
  market,
  method: 'grid',
  objective: 'sharpe',
}

const jobsIn = (name: string, more: { readonly keep?: number } = {}) =>
  createJobs({ folder: join(stand.folder, name), catalog, strategies, wall: wallClock, workers: 2, ...more })

async function until(jobs: Jobs, id: string, holds: (run: RunMessage) => boolean): Promise<RunMessage> {
  for (;;) {
    const run = jobs.run(id)
    if (!run) throw new Error(`${id} is gone`)
    if (holds(run)) return run
    await sleep(wallClock, 50)
  }
}
const hasEnded = ({ state }: RunMessage) => state !== 'queued' && state !== 'running'

async function started(jobs: Jobs, request: BacktestRequest): Promise<string> {
  const begun = await jobs.start({ kind: 'backtest', request }, 'tester')
  if (!begun.ok) throw new Error(begun.error.en)
  return begun.value.id
}

describe('jobs', () => {
  it('plays a backtest and a sweep as child processes, one after the other, and keeps what they came to', async () => {
    const jobs = await jobsIn('plays')
    const first = await started(jobs, backtest)
    const second = await jobs.start({ kind: 'sweep', request: sweep }, 'tester')
    expect(jobs.list().map(({ state }) => state)).toEqual(['queued', 'running'])
    const done = await until(jobs, first, hasEnded)
    expect(done).toMatchObject({ state: 'done', by: 'tester', title: { en: expect.stringContaining('EMA') } })
    expect(done.figures).toMatchObject({ totalReturn: expect.any(Number), trades: expect.any(Number) })
    expect(jobs.file(first, 'report.html')).toMatch(/report\.html$/)
    expect(jobs.file(first, 'trades.csv')).toMatch(/trades\.csv$/)
    const swept = await until(jobs, second.ok ? second.value.id : '', hasEnded)
    expect(swept).toMatchObject({ state: 'done', figures: { played: 6 } })
    await jobs.close()
    const again = await jobsIn('plays')
    expect(again.list().map(({ state }) => state)).toEqual(['done', 'done'])
    await again.close()
  })

  it('tells how far it is, and ends a run that is cancelled though it never listens', async () => {
    const jobs = await jobsIn('cancels')
    const id = await started(jobs, slow)
    const going = await until(jobs, id, ({ progress }) => progress !== undefined)
    expect(going.progress?.of).toBeGreaterThan(going.progress?.done ?? 0)
    expect(await jobs.remove(id)).toBe('cancelled')
    expect(await until(jobs, id, hasEnded)).toMatchObject({ state: 'cancelled' })
    expect(await jobs.remove(id)).toBe('removed')
    expect(jobs.list()).toEqual([])
    await jobs.close()
  })

  it('marks what was under way as interrupted when it starts again, and resumes it', async () => {
    const before = await jobsIn('restarts')
    const running = await started(before, slow)
    const waiting = await started(before, backtest)
    await until(before, running, ({ progress }) => progress !== undefined)
    await before.close()
    const after = await jobsIn('restarts')
    expect(after.run(running)?.state).toBe('interrupted')
    expect(after.run(waiting)?.state).toBe('interrupted')
    expect(await after.resume(waiting)).toMatchObject({ ok: true })
    expect(await until(after, waiting, hasEnded)).toMatchObject({ state: 'done' })
    expect(await after.resume(waiting)).toMatchObject({ ok: false })
    await after.close()
  })

  it('says in the words of the command why a run has no result', async () => {
    const jobs = await jobsIn('fails')
    const id = await started(jobs, { ...backtest, market: { ...market, symbols: ['999999'] } })
    const run = await until(jobs, id, hasEnded)
    expect(run).toMatchObject({
      state: 'failed',
      failure: { ko: expect.stringContaining('봉이 없습니다'), en: expect.stringContaining('no traded bar') },
    })
    await jobs.close()
  })

  it('keeps the newest runs and those that are pinned', async () => {
    const jobs = await jobsIn('bounds', { keep: 1 })
    const wrong = { ...backtest, market: { ...market, symbols: ['999999'] } }
    const pinned = await started(jobs, wrong)
    await until(jobs, pinned, hasEnded)
    await jobs.pin(pinned, true)
    for (let i = 0; i < 2; i++) await until(jobs, await started(jobs, wrong), hasEnded)
    await until(jobs, pinned, () => jobs.list().length === 2)
    expect(jobs.list().map((run) => run.pinned)).toEqual([false, true])
    await jobs.close()
  })

  it('goes on when the disk takes no note of a run, and ends as it should', async () => {
    const at = wallClock.now()
    const wall = { ...wallClock, now: () => at }
    const folder = join(stand.folder, 'full')
    const ids = [0, 1].map((number) => `${at.toString(36)}-${number}`)
    // Where the note is written stands a folder: no note of the first run can be kept.
    await mkdir(join(folder, ids[0] ?? '', 'run.json.new'), { recursive: true })
    const jobs = await createJobs({ folder, catalog, strategies, wall, workers: 1 })
    const wrong = { ...backtest, market: { ...market, symbols: ['999999'] } }
    const begun = await Promise.all([0, 1].map(() => started(jobs, wrong)))
    expect(begun).toEqual(ids)
    for (const id of begun) expect((await until(jobs, id, hasEnded)).state).toBe('failed')
    await jobs.close()
    const again = await createJobs({ folder, catalog, strategies, wall, workers: 1 })
    expect(again.list().map(({ id }) => id)).toEqual([ids[1]])
    await again.close()
  })

  it('takes no more than ten into the queue, and no strategy file that does not lie in its folder', async () => {
    const jobs = await jobsIn('queues')
    const busy = await started(jobs, slow)
    for (let i = 0; i < 10; i++) await started(jobs, backtest)
    expect(await jobs.start({ kind: 'backtest', request: backtest }, 'tester')).toMatchObject({
      ok: false,
      error: { en: expect.stringContaining('queue is full') },
    })
    const elsewhere = { ...slow, strategy: { kind: 'file', file: 'other.mjs' } } as const
    expect(await jobs.start({ kind: 'backtest', request: elsewhere }, 'tester')).toMatchObject({ ok: false })
    await jobs.remove(busy)
    await jobs.close()
  })
})

describe('the complaint of a child', () => {
  it('is told in Korean and in English', () => {
    expect(complaintOf(['✗ 데이터가 없습니다', '  there is no data'])).toEqual({
      ko: '데이터가 없습니다',
      en: 'there is no data',
    })
    expect(complaintOf(['only this'])).toEqual({ ko: 'only this', en: 'only this' })
    expect(complaintOf([])).toBeUndefined()
  })
})
