import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { sleep } from '../../std/clock.ts'
import { ok } from '../../std/result.ts'
import { backtestRoutes } from '../../web/server/backtest-routes.ts'
import type { StrategyEntry } from '../../web/server/research.ts'
import type { WebServer } from '../../web/server/web-server.ts'
import { wallClock } from '../system.ts'
import { catalogOf, tradingDays, wander } from '../testing/bars-catalog.ts'
import { openFolder } from '../testing/recording-io.ts'
import { createJobs, type OwnedJobs } from './jobs.ts'
import { createResearch } from './research.ts'
import { serverOf } from './testing/asked-server.ts'

let stand: Awaited<ReturnType<typeof openFolder>>
let jobs: OwnedJobs
let web: WebServer
const added: StrategyEntry[] = []

beforeAll(async () => {
  stand = await openFolder()
  const days = tradingDays(tradingDay('2024-01-02'), 250)
  const catalog = await catalogOf(stand.folder, [...wander('005930', 1, days), ...wander('000660', 2, days)])
  jobs = await createJobs({ folder: join(stand.folder, 'runs'), catalog, wall: wallClock, workers: 1 })
  const addStrategy = async (entry: StrategyEntry) => {
    added.push(entry)
    return ok(undefined)
  }
  web = await serverOf(backtestRoutes({ jobs, research: createResearch(catalog), addStrategy }))
})
afterAll(async () => {
  await jobs.close()
  await web.close()
  await stand.remove()
})

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) {
  const reply = await web.server.inject({ method, url: `/api/v1${path}`, ...(payload && { payload }) })
  const isJson = /json/.test(String(reply.headers['content-type']))
  return {
    status: reply.statusCode,
    headers: reply.headers,
    text: reply.body,
    body: isJson ? reply.json() : undefined,
  }
}

const market = { data: 'bars/1d/KRX/none', symbols: ['005930'], slippage: { kind: 'ticks', ticks: 1 } }
const wanted = { strategy: { kind: 'known', id: 'ema-cross' }, parameters: { fast: 5, slow: 20 }, market }

async function ended(path: string) {
  for (;;) {
    const { body } = await ask('GET', path)
    if (body.run.state !== 'queued' && body.run.state !== 'running') return body
    await sleep(wallClock, 100)
  }
}

describe('the routes of backtests', () => {
  it('tell what data there is, what can be played, and what it costs to trade', async () => {
    expect((await ask('GET', '/catalog')).body.sets).toMatchObject([
      { set: 'bars/1d/KRX/none', interval: '1d', symbols: 2, from: '2024-01-02' },
    ])
    const { names } = (await ask('GET', '/catalog/names?set=bars/1d/KRX/none')).body
    expect(names.map(({ symbol }: { symbol: string }) => symbol)).toEqual(['000660', '005930'])
    const { strategies } = (await ask('GET', '/backtests/strategies')).body
    expect(strategies[0]).toMatchObject({ id: 'ema-cross', parameters: { fast: { kind: 'whole' } } })
    const costs = (await ask('POST', '/backtests/costs', market)).body
    expect(costs).toMatchObject({ instrument: '005930', currency: 'KRW', daysPerYear: 246 })
    expect(costs.total).toBeCloseTo(costs.commission + costs.tax + costs.slippage, 12)
    const without = (await ask('POST', '/backtests/costs', { ...market, slippage: { kind: 'none' } })).body
    expect(without.total).toBeLessThan(costs.total)
    expect(await ask('POST', '/backtests/costs', { ...market, data: 'bars/1m/KRX/none' })).toMatchObject({
      status: 409,
    })
  })

  it('play a backtest and give its figures, its page without scripts, and its trades', async () => {
    const begun = await ask('POST', '/backtests', wanted)
    expect(begun).toMatchObject({ status: 202, body: { kind: 'backtest', by: 'tester' } })
    const { id } = begun.body
    expect(await ask('GET', `/backtests/${id}/report`)).toMatchObject({ status: 404 })
    const { run, report } = await ended(`/backtests/${id}`)
    expect(run.state).toBe('done')
    expect(report.days).toHaveLength(250)
    expect(report.equity).toHaveLength(250)
    expect(report.drawdown).toHaveLength(250)
    expect(report.trades).toHaveLength(report.tradeCount)
    expect(report.doubts.length).toBeGreaterThan(0)
    const needed = report.groups
      .flatMap(({ figures }: { figures: { key: string }[] }) => figures)
      .find(({ key }: { key: string }) => key === 'sharpeNeeded')
    expect(needed.value).toBeGreaterThan(0)
    const page = await ask('GET', `/backtests/${id}/report`)
    expect(page.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/)
    expect(page.text).toMatch(/^<!doctype html>/)
    expect(page.text).not.toMatch(/<script/)
    expect((await ask('GET', `/backtests/${id}/trades.csv`)).text).toContain('realized_pnl')
    expect((await ask('GET', '/trials')).body).toMatchObject({
      ideas: [{ id: 'ema-cross', trials: 1 }],
      total: 1,
    })

    const promotion = { name: '단기 교차', symbols: ['005930'], amountKrw: 1_000_000 }
    expect((await ask('POST', `/backtests/${id}/promotion`, promotion)).body).toMatchObject({ added: false })
    expect(added).toEqual([])
    expect((await ask('POST', `/backtests/${id}/promote`, promotion)).body).toMatchObject({ added: true })
    expect(added).toMatchObject([{ use: 'ema-cross', enabled: false }])
    expect((await ask('PUT', `/backtests/${id}/pin`, { pinned: true })).body).toMatchObject({ pinned: true })
    expect((await ask('DELETE', `/sweeps/${id}`)).status).toBe(404)
    expect((await ask('DELETE', `/backtests/${id}`)).body).toEqual({ outcome: 'removed' })
    expect((await ask('GET', '/backtests')).body.runs).toEqual([])
  })

  it('play a sweep and give its trials with what their neighbours are worth', async () => {
    const begun = await ask('POST', '/sweeps', {
      strategy: wanted.strategy,
      turned: { fast: '3,5,8', slow: '20,30' },
      market,
      method: 'grid',
      objective: 'return',
    })
    expect(begun.status).toBe(202)
    const { report } = await ended(`/sweeps/${begun.body.id}`)
    expect(report).toMatchObject({ played: 6, objective: { key: 'return' } })
    expect(report.parameters.map(({ key }: { key: string }) => key)).toEqual(['fast', 'slow'])
    expect(report.trials).toHaveLength(6)
    expect(report.trials[0].near.neighbours).toBeGreaterThan(0)
    expect((await ask('GET', `/sweeps/${begun.body.id}/trials.csv`)).text).toContain('decision_hash')
  })

  it.each([
    ['values that do not fit the strategy', { ...wanted, parameters: { fast: 5_000 } }, 'parameters.fast'],
    ['a span that is no day', { ...wanted, market: { ...market, from: 'yesterday' } }, 'from'],
    ['a strategy that does not exist', { ...wanted, strategy: { kind: 'known', id: 'magic' } }, ''],
  ])('refuse %s, and say where', async (_, body, path) => {
    const refused = await ask('POST', '/backtests', body)
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body.errors ?? '')).toContain(path)
  })
})
