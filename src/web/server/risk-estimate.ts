import { componentRisk } from '../../lab/analytics/component-risk.ts'
import { gapSentence } from '../../lab/analytics/gap-sentence.ts'
import { gaussianRisk, historicalRisk, type TailRisk } from '../../lab/analytics/value-at-risk.ts'
import { instrumentId } from '../../model/ids.ts'
import type { Sentence } from '../../model/sentence.ts'
import { kstDay, type TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { EstimateMessage } from '../contract/risk.ts'
import type { BarStore } from './bar-store.ts'

/** A trading year of returns at most: older days say little of today. */
const WINDOW_DAYS = 246
/** A shorter history says nothing of a tail of one in a hundred; such a name is left out and named. */
const LEAST_DAYS = 60
const CONFIDENCES = [0.95, 0.99] as const
/** KOSPI and KOSDAQ since 2015-06-15. */
const DAY_LIMIT_RATIO = 0.3

/** What is held of one name, in won at its last price. */
export interface Held {
  readonly instrument: string
  readonly name: string
  readonly value: number
  readonly last: number
}

/** Daily returns of one name by the day they end on. */
interface History {
  readonly held: Held
  readonly returns: ReadonlyMap<TradingDay, number>
  readonly close: number | undefined
}

type Left = EstimateMessage['left'][number]

/**
 * What the held names would lose on a bad day, if coming days are like those behind us: today's values against the daily
 * returns they had together. One name is asked for after the other: the broker's chart has a limit of its own.
 */
export async function estimate(
  held: readonly Held[],
  day: TradingDay,
  bars: BarStore,
  at: EpochMs,
  /** Is told after each name. */
  onRead: () => void,
): Promise<EstimateMessage> {
  const histories: History[] = []
  const left: Left[] = []
  let assumed = 0
  let lowest = 0
  for (const one of held) {
    const answer = await historyOf(one, day, bars)
    if ('ko' in answer)
      left.push({ instrument: one.instrument, name: one.name, ko: answer.ko, en: answer.en })
    else if (answer.returns.size < LEAST_DAYS) left.push(tooShort(answer))
    else histories.push(answer)
    const close = 'ko' in answer ? undefined : answer.close
    if (close === undefined) assumed++
    lowest += changeAtLowerLimit(one, close)
    onRead()
  }
  return { at, ...tailsOf(histories), left, lowerLimits: { change: Math.round(lowest), assumed } }
}

/** A name may have risen today: its lower limit lies 30 % below the last close, not below its price. */
const changeAtLowerLimit = ({ value, last }: Held, close: number | undefined): number =>
  value * (last > 0 && close !== undefined ? (close * (1 - DAY_LIMIT_RATIO)) / last - 1 : -DAY_LIMIT_RATIO)

async function historyOf(held: Held, day: TradingDay, bars: BarStore): Promise<History | Sentence> {
  const answer = await bars.bars(instrumentId(held.instrument), '1d')
  if (!answer.ok) return answer.error
  const closed = answer.value.filter(({ openAt }) => kstDay(openAt) < day).slice(-(WINDOW_DAYS + 1))
  const returns = new Map<TradingDay, number>()
  closed.forEach(({ openAt, close }, index) => {
    const before = closed[index - 1]?.close
    if (before !== undefined && before > 0) returns.set(kstDay(openAt), close / before - 1)
  })
  return { held, returns, close: closed.at(-1)?.close }
}

const tooShort = ({ held, returns }: History): Left => ({
  instrument: held.instrument,
  name: held.name,
  ko: `일봉이 ${returns.size}일뿐입니다 (최소 ${LEAST_DAYS}일)`,
  en: `Only ${returns.size} days of history (at least ${LEAST_DAYS})`,
})

type Tails = Pick<EstimateMessage, 'value' | 'window' | 'tails' | 'gap' | 'parts'>

function tailsOf(histories: readonly History[]): Tails {
  const value = histories.reduce((all, { held }) => all + held.value, 0)
  const days = commonDays(histories)
  const [from] = days
  const to = days.at(-1)
  const none = { value, tails: [], parts: [] }
  if (value <= 0 || from === undefined || to === undefined) return none
  const rows = histories.map(({ returns }) => Float64Array.from(days, (day) => returns.get(day) as number))
  const weights = histories.map(({ held }) => held.value / value)
  const together = Float64Array.from(days, (_, index) =>
    rows.reduce((all, row, i) => all + (weights[i] as number) * (row[index] as number), 0),
  )
  const window = { days: days.length, from, to }
  const won = (ratio: number) => Math.round(ratio * value)
  const tails = CONFIDENCES.flatMap((confidence) => tailsAt(together, confidence, won))
  const gap = [historicalRisk, gaussianRisk]
    .map((risk) => risk(together, { confidence: 0.99 }))
    .find(({ ok }) => !ok)
  return {
    value,
    window,
    tails,
    ...(gap && !gap.ok && { gap: gapSentence(gap.error) }),
    parts: partsOf(histories, weights, rows, won),
  }
}

function tailsAt(
  returns: Float64Array,
  confidence: number,
  won: (ratio: number) => number,
): EstimateMessage['tails'] {
  const [past, normal] = [historicalRisk(returns, { confidence }), gaussianRisk(returns, { confidence })]
  const figures = ({ valueAtRisk, expectedShortfall }: TailRisk) => ({
    confidence,
    valueAtRisk: won(valueAtRisk),
    expectedShortfall: won(expectedShortfall),
  })
  return [
    ...(past.ok
      ? [{ ...figures(past.value), method: 'historical' as const, tailDays: past.value.tailCount }]
      : []),
    ...(normal.ok ? [{ ...figures(normal.value), method: 'gaussian' as const }] : []),
  ]
}

/** Days on which every name has a return, oldest first. */
function commonDays([first, ...others]: readonly History[]): readonly TradingDay[] {
  if (!first) return []
  return [...first.returns.keys()].filter((day) => others.every(({ returns }) => returns.has(day)))
}

function partsOf(
  histories: readonly History[],
  weights: readonly number[],
  rows: readonly Float64Array[],
  won: (ratio: number) => number,
): EstimateMessage['parts'] {
  const means = rows.map((row) => row.reduce((all, each) => all + each, 0) / row.length)
  const covariance = rows.map((a, i) =>
    rows.map((b, j) => covarianceOf(a, b, means[i] as number, means[j] as number)),
  )
  const risk = rows.some(({ length }) => length < 2)
    ? undefined
    : componentRisk(weights, means, covariance, 0.99)
  if (!risk?.ok) return []
  return histories
    .map(({ held }, index) => ({
      instrument: held.instrument,
      name: held.name,
      valueAtRisk: won(risk.value.components[index] as number),
    }))
    .sort((a, b) => b.valueAtRisk - a.valueAtRisk)
}

function covarianceOf(a: Float64Array, b: Float64Array, meanA: number, meanB: number): number {
  let all = 0
  for (let i = 0; i < a.length; i++) all += ((a[i] as number) - meanA) * ((b[i] as number) - meanB)
  return all / (a.length - 1)
}
