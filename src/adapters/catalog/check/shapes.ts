import { priceFactor } from '../../../model/corporate-action.ts'
import { symbolOf } from '../actions.ts'
import { numberIn, text } from '../duck.ts'
import { isBarLike } from '../kinds.ts'
import { isDaily, isIntraday } from './days.ts'
import { type Check, foundBy, NOTHING, type Subject, shown, skipped } from './finding.ts'

/** By what a price moves when shares are split, merged or given: the usual ratios. */
const RATIOS: readonly number[] = [
  1.25,
  4 / 3,
  1.5,
  2,
  2.5,
  3,
  4,
  5,
  6,
  7,
  8,
  10,
  15,
  20,
  25,
  30,
  40,
  50,
  100,
]
/** Shares are exchanged within a halt of some weeks; after a longer silence any move is possible. */
const HALT_DAYS = 40
/** How near the opening and the close must lie to it. */
const OPEN_SLACK = 0.04
const CLOSE_SLACK = 0.12

/**
 * An opening that is a simple fraction of the close before, held to the close, without an event on record. In Korea only moves beyond
 * the daily limit count, since smaller ones can be traded; elsewhere moves of a third and more.
 */
export const unrecordedSplit: Check = {
  id: 'unrecordedSplit',
  concerns: (subject) => isDaily(subject) && subject.set.kind === 'bars',
  run: async (subject) => {
    const least = subject.set.market === 'KRX' ? 1.31 : 1.45
    const ratios = RATIOS.filter((ratio) => ratio >= least)
    const near = (value: string, slack: number) =>
      `least(${ratios
        .flatMap((ratio) => [ratio, 1 / ratio])
        .map((ratio) => `abs(${value} / ${ratio} - 1)`)
        .join(', ')}) < ${slack}`
    return foundBy(
      subject,
      `SELECT j.symbol, j.day, j.row, j."import", concat(${shown(subject, 'before')}, ' → ', ${shown(subject, 'open')}, ' (× ', CASE WHEN jump > 1 THEN concat('1/', ${shown(subject, 'round(jump, 2)', false)}) ELSE ${shown(subject, 'round(1 / jump, 2)', false)} END,
          CASE WHEN a.code IS NULL THEN ')' ELSE concat('), recorded ', round(a.factor, 4)) END) AS detail
       FROM (SELECT *, before / open AS jump FROM (
         SELECT b.*, lag(close) OVER w AS before, d.trading - lag(d.trading) OVER w AS passed
           FROM b JOIN days d ON b.day = d.day WINDOW w AS (PARTITION BY symbol ORDER BY b.day)) WHERE open > 0 AND before > 0 AND passed <= ${HALT_DAYS}) j
       LEFT JOIN ${recordedSql(subject)} ON a.code = j.symbol AND a.since = j.day
       WHERE (jump > ${least} OR jump < ${1 / least}) AND ${near('jump', OPEN_SLACK)} AND ${near('before / close', CLOSE_SLACK)}
         AND (a.code IS NULL OR abs(a.factor * jump - 1) > ${CLOSE_SLACK})`,
    )
  },
}

function recordedSql({ actions }: Subject): string {
  const rows = actions.flatMap((action) => {
    const factor = priceFactor(action)
    return factor
      ? [
          `(${text(symbolOf(action.instrument))}, DATE ${text(action.from)}, ${factor.numerator / factor.denominator})`,
        ]
      : []
  })
  const values = rows.length > 0 ? rows.join(', ') : `('', DATE '0001-01-01', 1.0)`
  return `(VALUES ${values}) a(code, since, factor)`
}

/** So many equal bars in a row: with the same volume nobody traded twice, without one nothing moved for a week. */
const STALE_WITH_VOLUME = 3
const STALE_DAYS = 5
const STALE_BARS = 30

/** Runs of bars with the same prices (and volume). One run is one finding. */
export const stale: Check = {
  id: 'stale',
  concerns: ({ set }) => isBarLike(set.kind),
  run: (subject) => {
    const bare = isIntraday(subject) ? STALE_BARS : STALE_DAYS
    return foundBy(
      subject,
      `SELECT symbol, min(day) AS day, arg_min(row, open_at) AS row, arg_min("import", open_at) AS "import",
         concat(count(*), ' bars of ', ${shown(subject, 'any_value(close)')}, coalesce(', volume ' || ${shown(subject, 'any_value(volume)', false)}, '')) AS detail
       FROM (SELECT *, sum(CASE WHEN same THEN 0 ELSE 1 END) OVER (PARTITION BY symbol ORDER BY open_at) AS run
         FROM (SELECT *, coalesce(close = lag(close) OVER w AND coalesce(open = lag(open) OVER w AND high = lag(high) OVER w AND low = lag(low) OVER w, true)
             AND volume IS NOT DISTINCT FROM lag(volume) OVER w, false) AS same
           FROM b WHERE flags & 1 = 0 AND coalesce(volume, 1) > 0 WINDOW w AS (PARTITION BY symbol ORDER BY open_at)))
       GROUP BY symbol, run
       HAVING count(*) >= (CASE WHEN any_value(volume) IS NULL THEN ${bare} ELSE ${STALE_WITH_VOLUME} END)`,
    )
  },
}

const SURVIVORS_SYMBOLS = 20
const SURVIVORS_DAYS = 400
/** A name whose rows end so many trading days before the set does has left it. */
const LEFT_DAYS = 20

/** Over years some names must have gone; a set where every name reaches the end was picked by who lived. */
export const survivors: Check = {
  id: 'survivors',
  concerns: (subject) => isDaily(subject) && subject.set.kind === 'bars',
  run: async ({ duck }) => {
    const [row] = await duck.rows(
      `SELECT count(*) AS symbols, count(*) FILTER (last < (SELECT max(place) FROM days) - ${LEFT_DAYS}) AS gone, (SELECT count(*) FROM days) AS days
       FROM (SELECT symbol, max(d.place) AS last FROM b JOIN days d ON b.day = d.day GROUP BY symbol)`,
    )
    const [symbols, gone, days] = [numberIn(row, 'symbols'), numberIn(row, 'gone'), numberIn(row, 'days')]
    if (symbols < SURVIVORS_SYMBOLS || days < SURVIVORS_DAYS)
      return skipped('종목이나 기간이 적어 알 수 없습니다', 'too few names or days to tell')
    if (gone > 0) return NOTHING
    return { count: symbols, symbols, examples: [] }
  },
}
