import { adjustedBase } from '../../../model/corporate-action.ts'
import type { Designation, Instrument } from '../../../model/instrument.ts'
import { type Price, price } from '../../../model/money.ts'
import { priceBand } from '../../../model/price-band.ts'
import { addDays, type TradingDay } from '../../../model/time.ts'
import { InvariantError } from '../../../std/invariant.ts'
import { instrumentOf } from '../actions.ts'
import { numberIn, type Row, text, textIn } from '../duck.ts'
import { boardOf, classOf } from '../universe.ts'
import { isDaily } from './days.ts'
import { type Check, type Example, exampleOf, foundAmong, type Subject, skipped } from './finding.ts'
import { TICKS_FROM } from './ladders.ts'

/** 정리매매 lasts seven trading days before the delisting. */
const LIQUIDATION_DAYS = 12

/**
 * Highs and lows outside 상하한가, by the dated bands of the model, against the close of the trading day before. An event of that day
 * moves the base; first days and liquidation are excused where the instruments say so.
 */
export const outOfBand: Check = {
  id: 'outOfBand',
  concerns: (subject) => isDaily(subject) && subject.set.market === 'KRX' && subject.set.kind === 'bars',
  run: async (subject) => {
    if (subject.set.basis !== 'none')
      return skipped(
        '수정된 가격에는 그날의 상하한가가 없습니다',
        'adjusted prices have no band of their day',
      )
    const rows = await subject.duck.rows(candidatesSql)
    const found: Example[] = []
    for (const row of rows) {
      const detail = violation(subject, row)
      if (detail !== undefined) found.push({ ...exampleOf(subject, row), detail })
    }
    return foundAmong(found)
  },
}

/** Rows that may lie outside: the narrowest band of their time is passed, which few are, so the rest is done one by one. */
const candidatesSql = `SELECT symbol, CAST(day AS VARCHAR) AS day, row, "import", high, low, before, board, kind, leverage,
    CAST(listed AS VARCHAR) AS listed, CAST(delisted AS VARCHAR) AS delisted FROM (
  SELECT n.*, i.board, i.kind, i.leverage, i.listed, i.delisted FROM (
    SELECT b.*, d.trading - lag(d.trading) OVER w AS passed, lag(b.close) OVER w AS before
    FROM b JOIN days d ON b.day = d.day WINDOW w AS (PARTITION BY symbol ORDER BY b.day)
  ) n ASOF LEFT JOIN boards i ON n.symbol = i.symbol AND n.day >= i.since)
  WHERE day >= DATE ${text(TICKS_FROM)} AND passed = 1 AND before > 0 AND low > 0 AND high > 0
    AND (high > before * (CASE WHEN day < DATE '2015-06-15' OR board = 'KONEX' THEN 1.13 ELSE 1.28 END)
      OR low < before * (CASE WHEN day < DATE '2015-06-15' OR board = 'KONEX' THEN 0.87 ELSE 0.72 END))
  ORDER BY day, symbol`

function violation(subject: Subject, row: Row): string | undefined {
  const day = textIn(row, 'day') as TradingDay
  const listing = listingOf(subject, row)
  const before = price(Math.round(numberIn(row, 'before')))
  const action = subject.actions.find(({ instrument, from }) => instrument === listing.id && from === day)
  try {
    const base: Price | undefined = action ? adjustedBase(action, before, listing) : before
    // Nobody knows the base after a spin-off.
    if (base === undefined || base <= 0) return undefined
    const band = priceBand(listing, day, { basePrice: base, designations: designationsOf(row, day) })
    if (band === undefined) return undefined
    const [high, low] = [numberIn(row, 'high'), numberIn(row, 'low')]
    if (high <= band.upper && low >= band.lower) return undefined
    return `${low}–${high}, band ${band.lower}–${band.upper} of ${base}`
  } catch (error) {
    // A price of a few won has no band on its own grid.
    if (error instanceof InvariantError) return undefined
    throw error
  }
}

/** What is not known is taken as an ordinary share of KOSPI: its band is the widest but for leveraged funds. */
function listingOf({ set }: Subject, row: Row): Instrument {
  return {
    id: instrumentOf(set.market, textIn(row, 'symbol')),
    name: textIn(row, 'symbol'),
    market: boardOf(row.board) ?? 'KOSPI',
    class: classOf(row.kind) ?? 'stock',
    viGroup: 'wide',
    ...(row.leverage === null ? {} : { leverage: Math.max(1, Math.abs(Number(row.leverage))) }),
  }
}

/** On a first day the base is the offering price, which a list of closes does not hold: it is excused like a liquidation. */
function designationsOf({ listed, delisted }: Row, day: TradingDay): readonly Designation[] {
  const isFirst = listed === day
  const isLast =
    typeof delisted === 'string' &&
    day < delisted &&
    day >= addDays(delisted as TradingDay, -LIQUIDATION_DAYS)
  return isFirst || isLast ? ['liquidation'] : []
}
