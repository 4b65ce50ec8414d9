import type { Currency } from '../../../model/money.ts'
import type { DataSetName } from '../../../ports/catalog.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { isZone } from '../calendar/zone.ts'
import { isDated, parseInterval } from '../interval.ts'
import { isBarLike, KINDS } from '../kinds.ts'
import { checkSeries } from '../layout.ts'
import { refuse } from '../trouble.ts'

/**
 * What happens to rows that a file should not hold: refuse the whole file (nothing comes in), reject those rows (they go to
 * the rejects file), or flag them (they come in marked; what cannot be stored is rejected).
 */
export type OnBad = 'refuse' | 'reject' | 'flag'

/** What the person declared about a file. Nothing of it is guessed. */
export interface ImportJob {
  readonly set: DataSetName
  readonly currency: Currency
  readonly file: string
  /** Our column → the file's column, or `=text` for a text that is the same on every row. */
  readonly columns: Readonly<Record<string, string>>
  /** Of times that carry no offset. */
  readonly zone: string
  /** For a file of one instrument without a symbol column. */
  readonly symbol?: string
  /** Only rows whose columns hold these texts. */
  readonly only: Readonly<Record<string, string>>
  readonly encoding: 'utf-8' | 'cp949'
  /** Absent: the one that the header uses. */
  readonly delimiter?: string
  readonly source: string
  readonly onBad: OnBad
  readonly replace: boolean
  /** Now; becomes `importedAt`. */
  readonly at: EpochMs
}

/** `=stock` → `stock`; `undefined` for the name of a column. */
export const constantOf = (column: string): string | undefined =>
  column.startsWith('=') ? column.slice(1) : undefined

const TIME_COLUMNS = {
  bar: ['open_at', 'close_at', 'day', 'time'],
  instant: ['at', 'day', 'time'],
  day: ['from'],
} as const

/** The column names that `--columns` may give for a kind, required ones first. */
function mappable(kind: ImportJob['set']['kind']): readonly string[] {
  const { time, columns } = KINDS[kind]
  const names = columns.toSorted((a, b) => Number(b.required === true) - Number(a.required === true))
  return ['symbol', ...TIME_COLUMNS[time.is], ...names.map(({ name }) => name)]
}

/** Refuses a job that cannot be right before the file is opened. */
export function checkJob(job: ImportJob): void {
  const { kind, interval, market } = job.set
  checkSeries(job.set.series)
  if (isBarLike(kind)) parseInterval(interval ?? '')
  if (!isZone(job.zone))
    refuse(
      'options',
      `시간대 '${job.zone}'을(를) 모릅니다: Asia/Seoul, America/New_York, UTC 처럼 씁니다`,
      `'${job.zone}' is no time zone: write Asia/Seoul, America/New_York or UTC`,
    )
  if ((kind === 'fx') !== (market === 'FX'))
    refuse('options', '--kind fx 는 --market FX 와 함께 씁니다', '--kind fx goes with --market FX')
  checkColumns(job)
}

function checkColumns({ set, columns, symbol }: ImportJob): void {
  const known = mappable(set.kind)
  for (const name of Object.keys(columns))
    if (!known.includes(name))
      refuse(
        'options',
        `--columns 의 '${name}'은(는) ${set.kind}에 없습니다. 쓸 수 있는 이름: ${known.join(', ')}`,
        `'${name}' in --columns is no column of ${set.kind}; there are: ${known.join(', ')}`,
      )
  const missing = KINDS[set.kind].columns
    .filter(({ name, required }) => required && columns[name] === undefined)
    .map(({ name }) => name)
  if (columns.symbol === undefined && symbol === undefined) missing.push('symbol')
  if (!hasTime(set.kind, columns)) missing.push(TIME_COLUMNS[KINDS[set.kind].time.is][0])
  if (missing.length > 0)
    refuse(
      'options',
      `--columns 에 ${missing.join(', ')}이(가) 빠졌습니다: --columns ${missing.map((name) => `${name}=파일의열이름`).join(',')} (종목이 하나뿐인 파일은 --symbol)`,
      `--columns lacks ${missing.join(', ')}: add ${missing.map((name) => `${name}=name in the file`).join(',')} (a file of one instrument: --symbol)`,
    )
  if (set.interval !== undefined && isBarLike(set.kind)) checkTimeOfBars(set.interval, columns)
}

function hasTime(kind: ImportJob['set']['kind'], columns: ImportJob['columns']): boolean {
  if (kind === 'instruments') return true
  return TIME_COLUMNS[KINDS[kind].time.is].some((name) => name !== 'time' && columns[name] !== undefined)
}

function checkTimeOfBars(interval: string, columns: ImportJob['columns']): void {
  const onlyDay = columns.day !== undefined && columns.time === undefined
  if (
    onlyDay &&
    columns.open_at === undefined &&
    columns.close_at === undefined &&
    !isDated(parseInterval(interval))
  )
    refuse(
      'options',
      `${interval} 봉에는 시각이 필요합니다: open_at= 이나 day=, time= 을 주세요`,
      `bars of ${interval} need a time of day: give open_at=, or day= with time=`,
    )
}
