import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BarQuery, CatalogMarket, DataSetName } from '../../../ports/catalog.ts'
import { ZONES } from '../calendar/zone.ts'
import { type Duck, openDuck, type Row, textList } from '../duck.ts'
import { type Imported, importFile } from '../import/import-file.ts'
import type { ImportJob } from '../import/job.ts'
import type { ImportRun } from '../import/progress.ts'
import { partPaths, requireManifest } from '../manifest.ts'
import { readBars } from '../read/read-bars.ts'
import { CatalogTrouble } from '../trouble.ts'

/** A catalog of its own for one test, and files to import into it. */
export interface TestCatalog {
  readonly folder: string
  readonly duck: Duck
  /** Writes a file beside the catalog and gives its path. */
  file(name: string, content: string | Uint8Array): Promise<string>
  bring(content: string | Uint8Array, job?: Partial<ImportJob>, run?: ImportRun): Promise<Imported>
  /** The trouble that an import ends in; fails when it ends well. */
  trouble(content: string | Uint8Array, job?: Partial<ImportJob>, run?: ImportRun): Promise<CatalogTrouble>
  /** Rows of a set in the order of the files, with days as text. */
  rows(set?: DataSetName, columns?: string): Promise<readonly Row[]>
  bars(query: Partial<BarQuery>): ReturnType<typeof readBars>
}

export const DAILY: DataSetName = { kind: 'bars', interval: '1d', market: 'KRX', basis: 'none' }
export const MINUTES: DataSetName = { kind: 'bars', interval: '1m', market: 'KRX', basis: 'none' }

const OHLC = { open: 'open', high: 'high', low: 'low', close: 'close' }
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  daily: { symbol: 'symbol', day: 'day', ...OHLC, volume: 'volume' },
  within: { symbol: 'symbol', open_at: 'open_at', ...OHLC, volume: 'volume' },
}

/** What tests import unless they say otherwise: bars whose columns have our own names. */
export const jobFor = (file: string, job: Partial<ImportJob> = {}): ImportJob => {
  const set = job.set ?? DAILY
  const market: CatalogMarket = set.market
  return {
    set,
    currency: market === 'US' ? 'USD' : 'KRW',
    file,
    columns: NAMES[set.interval === '1d' ? 'daily' : 'within'] ?? {},
    zone: ZONES[market],
    only: {},
    encoding: 'utf-8',
    source: 'test',
    onBad: 'refuse',
    replace: false,
    at: 1_700_000_000_000,
    ...job,
  }
}

export async function inCatalog<T>(use: (catalog: TestCatalog) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'garam-catalog-'))
  const folder = join(place, 'catalog')
  const duck = await openDuck()
  let files = 0
  const file = async (name: string, content: string | Uint8Array) => {
    const path = join(place, name)
    await writeFile(path, content)
    return path
  }
  const bring: TestCatalog['bring'] = async (content, job = {}, run = {}) =>
    importFile(folder, jobFor(await file(`file${files++}`, content), job), run)
  try {
    return await use({
      folder,
      duck,
      file,
      bring,
      trouble: async (content, job, run) => {
        const ended = await bring(content, job, run).catch((error: unknown) => error)
        if (ended instanceof CatalogTrouble) return ended
        throw ended instanceof Error ? ended : new Error(`no trouble: ${JSON.stringify(ended)}`)
      },
      rows: async (set = DAILY, columns = '* REPLACE (CAST(day AS VARCHAR) AS day)') => {
        const { parts } = await requireManifest(folder, set)
        const files = textList(partPaths(folder, set, parts))
        return duck.rows(`SELECT ${columns} FROM read_parquet(${files})`)
      },
      bars: (query) =>
        readBars(duck, folder, { set: DAILY, prices: { as: 'raw' }, order: 'symbol', ...query }),
    })
  } finally {
    duck.close()
    await rm(place, { recursive: true, force: true })
  }
}

/** A CSV of daily bars from short rows: symbol, day, then open, high, low, close and volume. */
export const dailyCsv = (...rows: readonly string[]): string =>
  ['symbol,day,open,high,low,close,volume', ...rows, ''].join('\n')

export const minutesCsv = (...rows: readonly string[]): string =>
  ['symbol,open_at,open,high,low,close,volume', ...rows, ''].join('\n')
