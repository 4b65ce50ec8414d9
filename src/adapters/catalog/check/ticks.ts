import type { TradingDay } from '../../../model/time.ts'
import { quoted, textIn } from '../duck.ts'
import { KINDS } from '../kinds.ts'
import { type Check, type Found, foundBy, type Subject, shown, skipped } from './finding.ts'
import { tickSql } from './ladders.ts'

/** Mid-price orders began to print at half a tick in 2025; the earliest one in our recordings is of 2025-09-24. */
const HALF_TICKS_FROM = '2025-09-01'

const concerns = ({ set }: Subject): boolean =>
  set.market !== 'FX' && (set.kind === 'bars' || set.kind === 'trades' || set.kind === 'quotes')

/** Prices that no order could carry: adjusted ones among raw ones, a wrong currency, a slip. */
export const offTick: Check = { id: 'offTick', concerns, run: (subject) => look(subject, 'off') }

/** Prints between two prices of the grid, which are real: of two mid-price orders. */
export const halfTick: Check = {
  id: 'halfTick',
  concerns: (subject) => concerns(subject) && subject.set.market === 'KRX',
  run: (subject) => look(subject, 'half'),
}

async function look(subject: Subject, which: 'off' | 'half'): Promise<Found> {
  if (subject.set.basis !== 'none')
    return skipped(
      '수정된 가격은 호가단위에 맞지 않는 것이 정상입니다',
      'adjusted prices are off the grid by nature',
    )
  const rows = await subject.duck.rows('SELECT CAST(day AS VARCHAR) AS day FROM days ORDER BY day')
  const days = rows.map((row) => textIn(row, 'day') as TradingDay)
  const prices = KINDS[subject.set.kind].columns
    .filter(({ type }) => type === 'price')
    .map(({ name }) => name)
  const kinds = prices.map((name) => {
    const at = `b."${name}"`
    const tick =
      subject.set.market === 'US'
        ? `(CASE WHEN ${at} >= 10000 THEN 100 ELSE 1 END)`
        : tickSql(days, { price: at, kind: 'i.kind', board: 'i.board', day: 'b.day' })
    return `${placeSql(at, tick, subject.set.market === 'KRX')} AS "${name}"`
  })
  const isSo = prices.map((name) => `"p_${name}" = '${which}'`).join(' OR ')
  const detail = prices
    .map(
      (name) => `CASE WHEN "p_${name}" = '${which}' THEN '${name} ' || ${shown(subject, quoted(name))} END`,
    )
    .join(', ')
  return foundBy(
    subject,
    `SELECT symbol, day, row, "import", concat_ws(' ', ${detail}) AS detail FROM (
      SELECT b.symbol, b.day, b.row, b."import", ${prices.map((name) => `b."${name}"`).join(', ')},
        ${kinds.map((sql) => sql.replace(/AS "(\w+)"$/, 'AS "p_$1"')).join(', ')}
      FROM b ASOF LEFT JOIN boards i ON b.symbol = i.symbol AND b.day >= i.since) WHERE ${isSo}`,
  )
}

/** `on`, `half` (a won is sometimes cut off: half of 5 prints as 2 or 2.5) or `off`; NULL for no price or no table. */
const placeSql = (at: string, tick: string, hasHalves: boolean): string =>
  `(CASE WHEN ${at} > 0 THEN CASE WHEN ${at} % ${tick} = 0 THEN 'on'
    ${hasHalves ? `WHEN b.day >= DATE '${HALF_TICKS_FROM}' AND (${at} % ${tick} = ${tick} / 2 OR ${at} % ${tick} = floor(${tick} / 2)) THEN 'half'` : ''}
    WHEN ${tick} IS NULL THEN NULL ELSE 'off' END END)`
