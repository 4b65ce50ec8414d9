import type { Delisting } from '../../model/corporate-action.ts'
import type { InstrumentClass, Market } from '../../model/instrument.ts'
import type { TradingDay } from '../../model/time.ts'
import type { CatalogMarket, ListedInstrument } from '../../ports/catalog.ts'
import { instrumentOf } from './actions.ts'
import { type Duck, type Row, text, textIn, textList } from './duck.ts'
import { type Manifest, partPaths, readManifest } from './manifest.ts'

/**
 * SQL of the instruments of a market as they stood on `day`: of every listing (a code can be given again) the newest row that
 * had begun. `undefined` when no instruments were imported.
 */
export async function instrumentsSql(folder: string, market: CatalogMarket): Promise<string | undefined> {
  const set = { kind: 'instruments', market, basis: 'none' } as const
  const manifest: Manifest | undefined = await readManifest(folder, set)
  if (manifest === undefined || manifest.parts.length === 0) return undefined
  return `read_parquet(${textList(partPaths(folder, set, manifest.parts))})`
}

/** See `Catalog.universeAt`. Nobody is a member when no instruments were imported. */
export async function universeAt(
  duck: Duck,
  folder: string,
  market: CatalogMarket,
  day: TradingDay,
): Promise<readonly ListedInstrument[]> {
  const from = await instrumentsSql(folder, market)
  if (from === undefined) return []
  const rows = await duck.rows(
    `SELECT symbol, name, board, "class", leverage, CAST(listed AS VARCHAR) AS listed, CAST(delisted AS VARCHAR) AS delisted
     FROM ${from} WHERE day <= DATE ${text(day)}
     QUALIFY row_number() OVER (PARTITION BY symbol, listed ORDER BY day DESC, "import" DESC) = 1
     ORDER BY symbol, listed`,
  )
  return rows.filter((row) => isListed(row, day)).map((row) => listedOf(market, row))
}

/** The last known day of every listing that has ended, in order of instrument and day; of a listing its newest row counts. */
export async function listingEnds(
  duck: Duck,
  folder: string,
  market: CatalogMarket,
): Promise<readonly Delisting[]> {
  const from = await instrumentsSql(folder, market)
  if (from === undefined) return []
  const rows = await duck.rows(
    `SELECT symbol, CAST(delisted AS VARCHAR) AS delisted FROM (
       SELECT symbol, listed, delisted FROM ${from}
       QUALIFY row_number() OVER (PARTITION BY symbol, listed ORDER BY day DESC, "import" DESC) = 1)
     WHERE delisted IS NOT NULL ORDER BY symbol, delisted`,
  )
  return rows.map((row) => ({
    kind: 'delisting',
    instrument: instrumentOf(market, textIn(row, 'symbol')),
    from: textIn(row, 'delisted') as TradingDay,
  }))
}

/** The day of the delisting (상장폐지일) is the first without it. */
function isListed({ listed, delisted }: Row, day: TradingDay): boolean {
  return (listed === null || String(listed) <= day) && (delisted === null || String(delisted) > day)
}

function listedOf(market: CatalogMarket, row: Row): ListedInstrument {
  const board = boardOf(row.board, market === 'US' ? US_BOARDS : BOARDS)
  const kind = classOf(row.class)
  return {
    instrument: instrumentOf(market, textIn(row, 'symbol')),
    name: textIn(row, 'name'),
    ...(board ? { board } : {}),
    ...(kind ? { class: kind } : {}),
    ...(row.leverage === null ? {} : { leverage: Number(row.leverage) }),
    ...(row.listed === null ? {} : { listed: textIn(row, 'listed') as TradingDay }),
    ...(row.delisted === null ? {} : { delisted: textIn(row, 'delisted') as TradingDay }),
  }
}

/** What sources call the boards: `KOSDAQ GLOBAL` is a segment of KOSDAQ. */
const BOARDS: readonly (readonly [RegExp, Market])[] = [
  [/^(KOSPI|유가증권|코스피|STK)/i, 'KOSPI'],
  [/^(KOSDAQ|코스닥|KSQ)/i, 'KOSDAQ'],
  [/^(KONEX|코넥스|KNX)/i, 'KONEX'],
]

/** Single letters are those of the US tape. */
export const US_BOARDS: typeof BOARDS = [
  [/^(NYSE ?(Arca|American|MKT)|Arca|AMEX|AMS|[AP]$)/i, 'AMEX'],
  [/^(NASDAQ|NAS|Q$)/i, 'NASDAQ'],
  [/^(NYSE|NYS|N$)/i, 'NYSE'],
]

/** The board of a Korean source's word for it, or of another list of words. */
export function boardOf(written: unknown, boards: typeof BOARDS = BOARDS): Market | undefined {
  const text = typeof written === 'string' ? written.trim() : ''
  return boards.find(([pattern]) => pattern.test(text))?.[1]
}

const CLASSES: readonly InstrumentClass[] = ['stock', 'etf', 'etn', 'elw']

export function classOf(written: unknown): InstrumentClass | undefined {
  const text = typeof written === 'string' ? written.trim().toLowerCase() : ''
  return CLASSES.find((one) => one === text) ?? (text === '주권' || text === 'equity' ? 'stock' : undefined)
}
