import { type CorporateAction, priceFactor } from '../../model/corporate-action.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import { price } from '../../model/money.ts'
import { type TradingDay, tradingDay } from '../../model/time.ts'
import type { CatalogMarket } from '../../ports/catalog.ts'
import { InvariantError } from '../../std/invariant.ts'
import { type Duck, type Row, textIn, textList } from './duck.ts'
import { partPaths, readManifest } from './manifest.ts'

/** Recorded corporate actions are stored as the source gave them; this is the one place that reads them. */

/** KRX names an instrument by its code alone, other markets carry a prefix. */
export const instrumentOf = (market: CatalogMarket, symbol: string): InstrumentId =>
  instrumentId(market === 'US' ? `US:${symbol}` : symbol)

export const symbolOf = (instrument: InstrumentId): string => instrument.replace(/^US:/, '')

/** Every recorded event of a market in order of instrument and day; none when none was imported. */
export async function readActions(
  duck: Duck,
  folder: string,
  market: CatalogMarket,
): Promise<readonly CorporateAction[]> {
  const set = { kind: 'actions', market, basis: 'none' } as const
  const manifest = await readManifest(folder, set)
  if (manifest === undefined || manifest.parts.length === 0) return []
  const rows = await duck.rows(
    actionRowsSql(`read_parquet(${textList(partPaths(folder, set, manifest.parts))})`),
  )
  return rows.flatMap((row) => actionOf(market, row) ?? [])
}

/** SQL that reads stored actions in the form that `actionOf` takes. */
export const actionRowsSql = (from: string): string =>
  `SELECT * REPLACE (CAST(day AS VARCHAR) AS day, CAST(shares_from AS VARCHAR) AS shares_from) FROM ${from} ORDER BY symbol, day, row`

/** A stored row as the model's event; `undefined` when its kind or its numbers make none. */
export function actionOf(market: CatalogMarket, row: Row): CorporateAction | undefined {
  try {
    const action = read(market, row)
    // Asking for the factor checks the numbers by the model's own rules.
    if (action) priceFactor(action)
    return action
  } catch (error) {
    if (error instanceof InvariantError) return undefined
    throw error
  }
}

function read(market: CatalogMarket, row: Row): CorporateAction | undefined {
  const known = {
    instrument: instrumentOf(market, textIn(row, 'symbol')),
    from: tradingDay(textIn(row, 'day')),
    ...(row.shares_from === null ? {} : { sharesFrom: textIn(row, 'shares_from') as TradingDay }),
  }
  const kind = textIn(row, 'action')
  const ratio = { numerator: Number(row.ratio_numerator), denominator: Number(row.ratio_denominator) }
  switch (kind) {
    case 'split':
      return { ...known, kind, into: Number(row.into) }
    case 'reverseSplit':
      return { ...known, kind, of: Number(row.of) }
    case 'bonusIssue':
    case 'stockDividend':
      return { ...known, kind, ratio }
    case 'rightsIssue':
      return {
        ...known,
        kind,
        ratio,
        issuePrice: price(Number(row.issue_price)),
        closeBefore: price(Number(row.close_before)),
      }
    case 'cashDividend':
    case 'spinOff':
      return { ...known, kind }
    case 'delisting':
      return { ...known, kind, ...(row.amount === null ? {} : { paid: price(Number(row.amount)) }) }
    default:
      return undefined
  }
}
