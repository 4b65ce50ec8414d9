import { expect, it } from 'vitest'
import { planOf } from './plan.ts'
import { runPlan } from './world.ts'

/** A lively hour gave the same with 124 reports, 18 of them differing; it takes a minute. */
const LENGTH_MS = 480_000

it('names every won by which buying power differs at an account report of a lively market', async () => {
  const plan = { ...planOf(3, { faultless: true }), lengthMs: LENGTH_MS }
  const { failure, money, fills } = await runPlan(plan)
  expect(failure).toBeUndefined()
  expect(fills).toBeGreaterThan(50)
  expect(money.reports).toBeGreaterThan(15)
  expect(money.differing).toBeGreaterThan(1)
  expect(Object.keys(money.names)).not.toContain('unexplained')
}, 60_000)
