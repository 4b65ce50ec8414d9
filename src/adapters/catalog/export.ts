import { stat } from 'node:fs/promises'
import type { InstrumentId } from '../../model/ids.ts'
import type { TradingDay } from '../../model/time.ts'
import type { BarQuery, DataSetName } from '../../ports/catalog.ts'
import { readActions, symbolOf } from './actions.ts'
import { type Duck, numberIn, quoted, text, textList } from './duck.ts'
import { publish, remove } from './durable.ts'
import { isBarLike, KINDS } from './kinds.ts'
import { setPath } from './layout.ts'
import { partPaths, requireManifest } from './manifest.ts'
import { adjustmentsAsOf } from './read/adjust.ts'
import { refuse } from './trouble.ts'

export interface ExportJob {
  readonly set: DataSetName
  readonly out: string
  readonly instruments?: readonly InstrumentId[]
  readonly from?: TradingDay
  readonly to?: TradingDay
  /** For bars; see `BarQuery`. */
  readonly prices: BarQuery['prices']
  readonly overwrite: boolean
}

type Format = 'csv' | 'csv.gz' | 'parquet'

/**
 * Writes rows of a set to a CSV, CSV.gz or Parquet file, by the ending of its name, in the currency's own unit. The file appears when it
 * is whole. Gives the number of rows.
 */
export async function exportSet(duck: Duck, folder: string, job: ExportJob): Promise<number> {
  const format = formatOf(job.out)
  await refuseExisting(job)
  const manifest = await requireManifest(folder, job.set)
  const from = `read_parquet(${textList(partPaths(folder, job.set, manifest.parts))}, union_by_name = true)`
  const rows = await rowsSql(duck, folder, job, from, manifest.priceScale)
  const temporary = `${job.out}.tmp`
  try {
    await duck.run(`COPY (${rows}) TO ${text(temporary)} (${FORMATS[format]})`)
    const [count] = await duck.rows(
      `SELECT count(*) AS rows FROM ${format === 'parquet' ? 'read_parquet' : 'read_csv'}(${text(temporary)}${format === 'csv.gz' ? ", compression = 'gzip'" : ''}${format === 'parquet' ? '' : ', all_varchar = true, header = true'})`,
    )
    await publish(temporary, job.out)
    return numberIn(count, 'rows')
  } catch (error) {
    await remove(temporary)
    throw error
  }
}

const FORMATS: Readonly<Record<Format, string>> = {
  csv: 'FORMAT csv, HEADER true',
  'csv.gz': 'FORMAT csv, HEADER true, COMPRESSION gzip',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
}

function formatOf(out: string): Format {
  if (out.endsWith('.csv.gz')) return 'csv.gz'
  if (out.endsWith('.csv')) return 'csv'
  if (out.endsWith('.parquet')) return 'parquet'
  return refuse(
    'options',
    `내보낼 파일 이름은 .csv, .csv.gz, .parquet 중 하나로 끝나야 합니다: ${out}`,
    `a file to export to ends in .csv, .csv.gz or .parquet: ${out}`,
  )
}

async function refuseExisting({ out, overwrite }: ExportJob): Promise<void> {
  if (!overwrite && (await stat(out).catch(() => undefined)))
    refuse(
      'options',
      `${out} 이(가) 이미 있습니다: 다른 이름을 주거나 --force 로 덮어쓰세요`,
      `${out} exists: choose another name, or overwrite it with --force`,
    )
}

async function rowsSql(
  duck: Duck,
  folder: string,
  job: ExportJob,
  from: string,
  scale: number,
): Promise<string> {
  const kind = KINDS[job.set.kind]
  const factor = isBarLike(job.set.kind) ? await factorSql(duck, folder, job) : undefined
  const columns = kind.columns.map(({ name, type }) => {
    const value =
      factor && (type === 'price' || name === 'volume') ? moved(name, type === 'price') : quoted(name)
    const isMoney = (type === 'price' || type === 'amount') && scale !== 1
    return `${isMoney ? `${value} / ${scale}` : value} AS ${quoted(name)}`
  })
  const times = kind.time.is === 'bar' ? 'open_at, close_at' : '"at"'
  const rules = [
    ...(job.instruments
      ? [`symbol IN (${job.instruments.map((each) => text(symbolOf(each))).join(', ')})`]
      : []),
    ...(job.from ? [`day >= DATE ${text(job.from)}`] : []),
    ...(job.to ? [`day <= DATE ${text(job.to)}`] : []),
  ]
  const where = rules.length > 0 ? `WHERE ${rules.join(' AND ')}` : ''
  return `SELECT symbol, CAST(day AS VARCHAR) AS day, ${times}, ${columns.join(', ')}, flags
    FROM ${from} b ${factor ?? ''} ${where} ORDER BY symbol, ${quoted(kind.time.column)}, row`
}

const moved = (name: string, isPrice: boolean): string =>
  `${quoted(name)} ${isPrice ? '*' : '/'} coalesce(s.factor, 1)`

/** A join with the factor that holds on each day, or nothing when the prices are wanted as they are. */
async function factorSql(
  duck: Duck,
  folder: string,
  { set, prices, to }: ExportJob,
): Promise<string | undefined> {
  if (prices.as === 'source' || (prices.as === 'raw' && set.basis === 'none')) return undefined
  if (set.basis !== 'none')
    refuse(
      'prices',
      `${setPath(set)} 은(는) 이미 수정된 가격입니다: --prices source 로 내보내세요`,
      `${setPath(set)} came adjusted: export it with --prices source`,
    )
  if (prices.as !== 'signal') return undefined
  if (to === undefined || to > prices.asOf)
    refuse(
      'prices',
      `수정주가는 기준일까지만 내보냅니다: --to 를 ${prices.asOf} 이전으로 주세요`,
      `adjusted prices end on the day of their terms: give --to of ${prices.asOf} or earlier`,
    )
  const { steps } = adjustmentsAsOf(await readActions(duck, folder, set.market), prices.asOf)
  const values = [...steps].flatMap(([instrument, own]) =>
    own.map(({ before, factor }, at) => {
      const from = own[at - 1]?.before ?? '0001-01-01'
      return `(${text(symbolOf(instrument))}, DATE ${text(from)}, DATE ${text(before)}, CAST(${factor} AS DOUBLE))`
    }),
  )
  if (values.length === 0) return undefined
  return `LEFT JOIN (VALUES ${values.join(', ')}) s(code, since, until, factor) ON s.code = b.symbol AND b.day >= s.since AND b.day < s.until`
}
