import type { InstrumentClass, Market } from '../../../model/instrument.ts'
import { price } from '../../../model/money.ts'
import { tickSize } from '../../../model/tick-size.ts'
import { type TradingDay, tradingDay } from '../../../model/time.ts'
import { text } from '../duck.ts'

/** The first day of the oldest tick table in `model/tick-size.ts`. */
export const TICKS_FROM = tradingDay('2010-10-04')

const CLASSES: readonly InstrumentClass[] = ['stock', 'etf', 'etn', 'elw']
const BOARDS: readonly Market[] = ['KOSPI', 'KOSDAQ', 'KONEX']

/** Every boundary of every ladder is one of these; the test compares the result with the model at random prices. */
const STEPS = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]

/** One ladder over a stretch of days: the tick from each of `STEPS` on. */
interface Regime {
  readonly from: TradingDay
  readonly ticks: readonly number[]
}

/**
 * SQL of the tick (won) of a price, by the dated tables of the model. `kind` and `board` are SQL of texts that may be NULL: what is not
 * known is given the finest tick it could have, so that nothing is called off the grid that might be on it. NULL before
 * the first table.
 */
export function tickSql(
  days: readonly TradingDay[],
  { price: at, kind, board, day }: Readonly<Record<'price' | 'kind' | 'board' | 'day', string>>,
): string {
  const known = days.filter((each) => each >= TICKS_FROM)
  if (known.length === 0) return 'CAST(NULL AS DOUBLE)'
  const cases: string[] = []
  for (const one of [...CLASSES, undefined])
    for (const other of [...BOARDS, undefined]) {
      const rule = regimesOf(known, one ? [one] : CLASSES, other ? [other] : BOARDS)
      cases.push(`WHEN ${is(kind, one)} AND ${is(board, other)} THEN ${regimeSql(rule, at, day)}`)
    }
  return `(CASE WHEN ${day} < DATE ${text(TICKS_FROM)} THEN NULL ${cases.join(' ')} END)`
}

const is = (sql: string, value: string | undefined): string =>
  value === undefined ? `${sql} IS NULL` : `${sql} = ${text(value)}`

function regimesOf(
  days: readonly TradingDay[],
  classes: readonly InstrumentClass[],
  boards: readonly Market[],
): readonly Regime[] {
  const found: Regime[] = []
  for (const day of days) {
    const ticks = STEPS.map((step) =>
      Math.min(
        ...classes.flatMap((kind) =>
          boards.map((market) => tickSize({ class: kind, market }, day, price(step))),
        ),
      ),
    )
    if (found.at(-1)?.ticks.join() !== ticks.join()) found.push({ from: day, ticks })
  }
  return found
}

function regimeSql(regimes: readonly Regime[], at: string, day: string): string {
  const newestFirst = regimes.toReversed()
  return `CASE ${newestFirst.map(({ from, ticks }) => `WHEN ${day} >= DATE ${text(from)} THEN ${ladderSql(ticks, at)}`).join(' ')} END`
}

function ladderSql(ticks: readonly number[], at: string): string {
  const steps = ticks.flatMap((tick, place) =>
    place > 0 && tick === ticks[place - 1] ? [] : [{ from: STEPS[place] ?? 0, tick }],
  )
  return `CASE ${steps
    .toReversed()
    .map(({ from, tick }) => `WHEN ${at} >= ${from} THEN ${tick}`)
    .join(' ')} END`
}
