import { addDays, type TradingDay } from '../../../model/time.ts'
import type { DataSetName } from '../../../ports/catalog.ts'
import { readActions } from '../actions.ts'
import { opensOn } from '../calendar/market-days.ts'
import { type Duck, quoted, text, textIn, textList } from '../duck.ts'
import { setPath } from '../layout.ts'
import { partPaths, requireManifest } from '../manifest.ts'
import { boardOf, classOf, instrumentsSql } from '../universe.ts'
import { outOfBand } from './bands.ts'
import { gaps, missingDays } from './days.ts'
import type { Check, Found, Subject } from './finding.ts'
import { FLAG_CHECKS } from './flags-check.ts'
import { damaged, duplicates, rejected } from './integrity.ts'
import { stale, survivors, unrecordedSplit } from './shapes.ts'
import { halfTick, offTick } from './ticks.ts'
import { missingBars, partialDays, zoneShift } from './within-day.ts'
import { type CheckWords, wordsOf } from './words.ts'

/** In the order in which they are shown. */
const CHECKS: readonly Check[] = [
  rejected,
  duplicates,
  missingDays,
  gaps,
  partialDays,
  missingBars,
  zoneShift,
  ...FLAG_CHECKS,
  offTick,
  halfTick,
  outOfBand,
  unrecordedSplit,
  stale,
  survivors,
]

export interface Checked extends Found, CheckWords {
  readonly check: string
}

export interface CheckedSet {
  readonly set: string
  readonly rows: number
  readonly checks: readonly Checked[]
}

/**
 * Looks at a set for what makes backtests lie; changes nothing. Every check that concerns such a set gives one line, with a count of 0
 * when it found nothing and a reason when it could not look.
 */
export async function checkSet(duck: Duck, folder: string, set: DataSetName): Promise<CheckedSet> {
  const manifest = await requireManifest(folder, set)
  const actions = await readActions(duck, folder, set.market)
  const instruments = await instrumentsSql(folder, set.market)
  const subject: Subject = { duck, folder, set, manifest, actions }
  const checks: Checked[] = []
  const note = (id: string, found: Found) => checks.push({ check: id, ...wordsOf(id), ...found })
  const files = await damaged.run(subject)
  note(damaged.id, files)
  // What is damaged cannot be looked into; the other checks would fail on it.
  if (files.count === 0) await prepare(subject, instruments)
  for (const check of files.count === 0 ? CHECKS : [rejected]) {
    if (!check.concerns(subject)) continue
    note(check.id, await check.run(subject))
  }
  return { set: setPath(set), rows: manifest.parts.reduce((sum, { rows }) => sum + rows, 0), checks }
}

/** The rows as view `b`, the trading days as table `days`, and who was what when as table `boards`. */
async function prepare(
  { duck, folder, set, manifest }: Subject,
  instruments: string | undefined,
): Promise<void> {
  const files = textList(partPaths(folder, set, manifest.parts))
  await duck.run(`CREATE OR REPLACE TEMP VIEW b AS SELECT * FROM read_parquet(${files})`)
  await fillDays(duck, set)
  await duck.run(
    'CREATE OR REPLACE TEMP TABLE boards (symbol VARCHAR, since DATE, board VARCHAR, kind VARCHAR, leverage DOUBLE, listed DATE, delisted DATE)',
  )
  if (instruments !== undefined)
    await duck.run(
      `INSERT INTO boards SELECT symbol, day, ${await mapped(duck, instruments, 'board', boardOf)}, ${await mapped(duck, instruments, 'class', classOf)},
         leverage, listed, delisted FROM ${instruments}`,
    )
}

/** What the sources call boards and classes, in our words: SQL that knows every text that occurs. */
async function mapped(
  duck: Duck,
  from: string,
  column: string,
  meaning: (written: unknown) => string | undefined,
): Promise<string> {
  const rows = await duck.rows(`SELECT DISTINCT ${quoted(column)} AS written FROM ${from}`)
  const cases = rows.flatMap(({ written }) => {
    const means = meaning(written)
    return means === undefined
      ? []
      : [`WHEN ${quoted(column)} = ${text(String(written))} THEN ${text(means)}`]
  })
  return cases.length > 0 ? `CASE ${cases.join(' ')} END` : 'NULL'
}

/**
 * The days of the set: `place` counts them, `trading` counts the days on which the market was open, so that two of them that follow
 * each other in the set are known to be neighbours or not.
 */
async function fillDays(duck: Duck, { market }: DataSetName): Promise<void> {
  const rows = await duck.rows('SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM b ORDER BY day')
  const days = rows.map((row) => textIn(row, 'day') as TradingDay)
  const known = new Set<TradingDay>(days)
  const values: string[] = []
  let trading = 0
  const last = days.at(-1)
  for (let day = days[0]; day !== undefined && last !== undefined && day <= last; day = addDays(day, 1)) {
    const state = opensOn(market, day)
    // Where the calendar does not know, a day counts when somebody traded on it.
    if (state === 'open' || (state === 'unknown' && known.has(day))) trading++
    if (known.has(day)) values.push(`(DATE ${text(day)}, ${values.length + 1}, ${trading})`)
  }
  await duck.run('CREATE OR REPLACE TEMP TABLE days (day DATE, place INTEGER, trading INTEGER)')
  if (values.length > 0) await duck.run(`INSERT INTO days VALUES ${values.join(', ')}`)
}
