import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { openTrialPool, type TrialPool } from '../src/apps/sweep/trial-pool.ts'
import { wallClock } from '../src/apps/system.ts'
import type { TrialJob } from '../src/lab/optimise/trial.ts'
import { kstDay } from '../src/model/time.ts'
import type { Bench, Benchmarks } from './harness.ts'
import { madeUpShares, minutes } from './made-up-bars.ts'

/** Many sets of parameters over one table: what a second thread is worth, and what twice the sets cost. */
export const sweep: Benchmarks = {
  name: 'sweep',
  run: async (bench) => {
    if (availableParallelism() < 2) return bench.skip('P21', 'this machine has one processor')
    const [one, two] = await Promise.all([poolOf(bench, 1), poolOf(bench, 2)])
    try {
      await secondThread(bench, one, two)
      await growth(bench, two)
    } finally {
      await Promise.all([one.close(), two.close()])
    }
  },
}

const FIRST_FAST = 5

const barsOf = (bench: Bench) => minutes(bench.sized(5_000, 4_000))

const poolOf = (bench: Bench, workers: number): Promise<TrialPool> =>
  openTrialPool(
    {
      strategy: { id: 'ema-cross' },
      bars: barsOf(bench),
      interval: '1m',
      instruments: madeUpShares(1),
      rules: {
        maxPositions: 1,
        order: { kind: 'market' },
        exits: { trailing: [] },
        slippage: { kind: 'none' },
        participationRatio: 1,
        limitFill: 'through',
      },
      cash: 100_000_000,
    },
    { workers, patienceMs: 60_000, wall: wallClock },
  )

function jobsOf(bench: Bench, count: number): readonly TrialJob[] {
  const { openAt } = barsOf(bench)
  const span = { from: kstDay(openAt[0] as number), to: kstDay(openAt.at(-1) as number) }
  return Array.from({ length: count }, (_, i) => ({
    parameters: { fast: FIRST_FAST + (i % 100), slow: 120 + Math.floor(i / 100) * 20 },
    ...span,
  }))
}

async function secondThread(bench: Bench, one: TrialPool, two: TrialPool): Promise<void> {
  const jobs = jobsOf(bench, bench.sized(1_000, 20))
  const bars = barsOf(bench).index.length
  await bench.compare({
    name: `sweep: ${jobs.length} sets × ${bars} bars, two threads against one`,
    goal: 'P21',
    unit: 'times as fast',
    ours: async () => (await msOf(() => one.play(jobs))) / (await msOf(() => two.play(jobs))),
    reference: { name: "the machine's own ceiling: two spinning threads", run: () => ceiling(bench) },
    gate: '>= 0.85',
    rounds: bench.sized(3, 1),
  })
}

async function growth(bench: Bench, two: TrialPool): Promise<void> {
  const count = bench.sized(500, 20)
  const [once, twice] = [jobsOf(bench, count), jobsOf(bench, 2 * count)]
  await bench.compare({
    name: `sweep: ${2 * count} sets`,
    goal: 'E3',
    unit: 'ms',
    ours: () => msOf(() => two.play(twice)),
    reference: { name: 'half as many', run: () => msOf(() => two.play(once)) },
    gate: '<= 2.1',
    rounds: bench.sized(3, 1),
  })
}

/** So much faster two threads spin than one does the same work: neighbours take their share of both. */
async function ceiling(bench: Bench): Promise<number> {
  const turns = bench.sized(3e9, 2e8)
  const alone = await msOf(() => spin(turns))
  const together = await msOf(() => Promise.all([spin(turns / 2), spin(turns / 2)]))
  return alone / together
}

const spin = (turns: number): Promise<unknown> =>
  new Promise((resolve) => {
    const code = `let x = 1; for (let i = 0; i < ${turns}; i++) x = (x * 1664525 + 1013904223) | 0; require('node:worker_threads').parentPort.postMessage(x)`
    new Worker(code, { eval: true }).once('message', resolve)
  })

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - from) / 1e6
}
