import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { makeCompiledCopy } from './compiled-copy.ts'
import { FAULT_NAMES, type Fault, faultName } from './faults.ts'
import { type Plan, planOf } from './plan.ts'
import type { SeedResult } from './run-seeds.ts'
import { playSeeds, seedsFrom } from './seed-pool.ts'
import { shrink } from './shrink.ts'
import { type Outcome, runPlan } from './world.ts'

const WORLD = new URL('./world.ts', import.meta.url).href
const PLAN = new URL('./plan.ts', import.meta.url).href

/** Plays a seed in a process of its own. */
async function playElsewhere(seed: number): Promise<Outcome> {
  const script = `const [{ runPlan }, { planOf }] = await Promise.all([import('${WORLD}'), import('${PLAN}')])
    process.stdout.write(JSON.stringify(await runPlan(planOf(${seed}))))`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Outcome
}

describe('a simulated world', () => {
  it('plays the same seed the same way, to the last frame and decision', async () => {
    const first = await runPlan(planOf(7))
    expect(await runPlan(planOf(7))).toEqual(first)
    expect((await runPlan(planOf(8))).digest).not.toBe(first.digest)
  })

  it('plays the same seed the same way in another process', async () => {
    expect(await playElsewhere(21)).toEqual(await runPlan(planOf(21)))
  })

  it('trades briskly when nothing goes wrong', async () => {
    const outcome = await runPlan(planOf(3, { faultless: true }))
    expect(outcome.failure).toBeUndefined()
    expect(outcome.lives).toBe(1)
    expect(outcome.orders).toBeGreaterThan(20)
    expect(outcome.fills).toBeGreaterThan(20)
  })

  it('keeps every law through the faults of two hundred seeds', { timeout: 180_000 }, async () => {
    const results: SeedResult[] = []
    const copy = await makeCompiledCopy()
    await playSeeds({
      seeds: seedsFrom(1, 200),
      workers: 2,
      worker: copy.worker,
      onResult: (result) => {
        results.push(result)
        return result.broken === undefined
      },
    }).finally(copy.remove)
    expect(results.flatMap(({ broken }) => broken?.lines ?? [])).toEqual([])
    expect(results).toHaveLength(200)
    const lives = results.reduce((sum, result) => sum + result.lives, 0)
    expect(lives).toBeGreaterThan(250)
  })
})

describe('a plan', () => {
  it('is drawn from its seed alone, in order of time', () => {
    expect(planOf(5)).toEqual(planOf(5))
    const times = planOf(5).faults.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('of a thousand seeds holds every kind of fault, each of them often', () => {
    const times = new Map(FAULT_NAMES.map((name) => [name, 0]))
    for (let seed = 1; seed <= 1_000; seed++)
      for (const fault of planOf(seed).faults) {
        const name = faultName(fault)
        expect(times.has(name), name).toBe(true)
        times.set(name, (times.get(name) ?? 0) + 1)
      }
    expect([...times].filter(([, count]) => count < 20)).toEqual([])
  })

  it('shrinks to the faults that break the law, struck once', async () => {
    const drop: Fault = { at: 9_000, do: 'line', kind: 'drop' }
    const lost = { do: 'request', kind: 'loseReplyAfterAccept', target: 'orders', ms: 100 } as const
    const faults: Fault[] = [{ ...lost, at: 5_000, count: 3 }, drop, { ...drop, at: 12_000 }]
    const plan = { ...planOf(12), faults }
    const needed = (fault: Fault) => fault.do === 'request'
    const play = async ({ faults }: Plan): Promise<Outcome> => ({
      ...(faults.some(needed) && { failure: { law: 'x', detail: '', at: 0 } }),
      digest: '',
      decisionHash: '',
      orders: 0,
      fills: 0,
      lives: 1,
      vis: 0,
      money: { reports: 0, differing: 0, names: {} },
      last: [],
    })
    const shrunk = await shrink(plan, play)
    expect(shrunk?.plan.faults).toEqual([{ ...lost, at: 5_000, count: 1 }])
  })
})
