import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type Fault, type Plan, planOf } from './plan.ts'
import { runSeeds } from './run-seeds.ts'
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

  it('keeps every law through the faults of fifteen seeds', async () => {
    const { broken, runs, lives } = await runSeeds({ from: 1, count: 15 })
    expect(broken.flatMap(({ lines }) => lines)).toEqual([])
    expect(runs).toBe(15)
    expect(lives).toBeGreaterThan(runs)
  })
})

describe('a plan', () => {
  it('is drawn from its seed alone, in order of time', () => {
    expect(planOf(5)).toEqual(planOf(5))
    const times = planOf(5).faults.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('of a few hundred seeds holds every kind of fault', () => {
    const drawn = new Set(
      Array.from({ length: 300 }, (_, seed) => planOf(seed).faults)
        .flat()
        .map((fault) => ('kind' in fault ? `${fault.do} ${fault.kind}` : fault.do)),
    )
    expect(drawn.size).toBe(13 + 5 + 2 + 1 + 1 + 4 + 1)
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
      last: [],
    })
    const shrunk = await shrink(plan, play)
    expect(shrunk?.plan.faults).toEqual([{ ...lost, at: 5_000, count: 1 }])
  })
})
