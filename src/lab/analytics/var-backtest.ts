import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { normalCdf } from './normal.ts'
import { type Statistic, tooFew } from './statistic.ts'

/** A likelihood-ratio test: a small p-value says that the model of risk does not fit what happened. */
export interface RatioTest {
  readonly ratio: number
  readonly pValue: number
}

/**
 * Kupiec's test: did losses exceed the value at risk as often as they should? Chi-square with 1 degree of
 * freedom.
 *
 * In: how many of `count` periods exceeded it, and the share that should (0.05 for 95 %). Gaps: no period.
 * Source: P. Kupiec, Techniques for Verifying the Accuracy of Risk Measurement Models (1995); rule book §5.6.
 */
export function kupiecTest(exceedances: number, count: number, share: number): Statistic<RatioTest> {
  checkShare(share)
  const whole = Number.isInteger(exceedances) && Number.isInteger(count)
  invariant(
    whole && exceedances >= 0 && exceedances <= count,
    `exceedances are some of all: ${exceedances} of ${count}`,
  )
  if (count === 0) return tooFew(0, 1)
  return ok(oneDegree(logLikelihood(exceedances, count, share), bestLogLikelihood(exceedances, count)))
}

/**
 * Christoffersen's test of independence: do exceedances come in clusters? And of conditional coverage, which
 * joins it with Kupiec's (chi-square with 2 degrees of freedom).
 *
 * In: for each period in order whether the loss exceeded the value at risk. Gaps: fewer than 2 periods; no
 * exceedance that another could follow. Source: P. Christoffersen, Evaluating Interval Forecasts (1998); rule
 * book §5.6.
 */
export function christoffersenTest(
  exceeded: readonly boolean[],
  share: number,
): Statistic<{ readonly independence: RatioTest; readonly coverage: RatioTest }> {
  checkShare(share)
  if (exceeded.length < 2) return tooFew(exceeded.length, 2)
  const after = { calm: { count: 0, exceedances: 0 }, hit: { count: 0, exceedances: 0 } }
  for (let i = 1; i < exceeded.length; i++) {
    const row = exceeded[i - 1] ? after.hit : after.calm
    row.count++
    if (exceeded[i]) row.exceedances++
  }
  if (after.hit.count === 0) return err({ code: 'flat' })
  const { calm, hit } = after
  const [exceedances, count] = [calm.exceedances + hit.exceedances, calm.count + hit.count]
  const apart =
    bestLogLikelihood(calm.exceedances, calm.count) + bestLogLikelihood(hit.exceedances, hit.count)
  const independence = oneDegree(bestLogLikelihood(exceedances, count), apart)
  const ratio = ratioOf(logLikelihood(exceedances, count, share), apart)
  return ok({ independence, coverage: { ratio, pValue: Math.exp(-ratio / 2) } })
}

export type TrafficLight = 'green' | 'yellow' | 'red'

/**
 * The Basel zones of 250 days at 99 %: green to 4 exceedances, yellow to 9, red from 10.
 * Source: Basel Committee, Supervisory Framework for the Use of Backtesting (January 1996); rule book §5.6.
 */
export function baselLight(exceedancesIn250: number): TrafficLight {
  invariant(
    Number.isInteger(exceedancesIn250) && exceedancesIn250 >= 0 && exceedancesIn250 <= 250,
    `exceedances are days of 250: ${exceedancesIn250}`,
  )
  if (exceedancesIn250 <= 4) return 'green'
  return exceedancesIn250 <= 9 ? 'yellow' : 'red'
}

/** The upper tail of chi-square with 1 degree of freedom is that of a squared normal variable. */
function oneDegree(restricted: number, free: number): RatioTest {
  const ratio = ratioOf(restricted, free)
  return { ratio, pValue: 2 * normalCdf(-Math.sqrt(ratio)) }
}

/** The freer model never fits worse; what rounding says beyond that is 0. */
const ratioOf = (restricted: number, free: number) => Math.max(0, -2 * (restricted - free))

const bestLogLikelihood = (hits: number, count: number) =>
  count === 0 ? 0 : logLikelihood(hits, count, hits / count)

const logLikelihood = (hits: number, count: number, share: number) =>
  timesLog(hits, share) + timesLog(count - hits, 1 - share)

/** 0 × log 0 is 0. */
const timesLog = (count: number, share: number) => (count === 0 ? 0 : count * Math.log(share))

function checkShare(share: number): void {
  invariant(share > 0 && share < 1, `a share lies between 0 and 1: ${share}`)
}
