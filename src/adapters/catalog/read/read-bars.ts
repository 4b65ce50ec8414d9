import type { CorporateAction } from '../../../model/corporate-action.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import { addDays, type TradingDay, timeOfDay } from '../../../model/time.ts'
import type { BarColumns, BarQuery } from '../../../ports/catalog.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { firstFrom } from '../../../std/sorted.ts'
import { instrumentOf, readActions, symbolOf } from '../actions.ts'
import { localInstant, ZONES } from '../calendar/zone.ts'
import type { Duck } from '../duck.ts'
import { isBarLike, partitionOf } from '../kinds.ts'
import { setPath } from '../layout.ts'
import { type Part, partPaths, requireManifest } from '../manifest.ts'
import { refuse } from '../trouble.ts'
import { adjustmentsAsOf } from './adjust.ts'
import { BAR_COLUMNS, type BarColumn, type ColumnFile, openColumns } from './column-file.ts'
import { byTime } from './time-major.ts'

/** Rows of one instrument that lie in one file. */
interface Stretch {
  readonly file: ColumnFile
  readonly from: number
  readonly count: number
  /** Where they go in the result. */
  readonly to: number
}

/**
 * Reads bars into typed arrays, see `BarQuery`. Nothing is adjusted unless it was asked for, and what was done is told.
 *
 * Errors: a set that does not exist, prices that it cannot give (`raw` of an adjusted set), rows after `asOf`.
 */
export async function readBars(duck: Duck, folder: string, query: BarQuery): Promise<BarColumns> {
  checkQuery(query)
  const manifest = await requireManifest(folder, query.set)
  const parts = manifest.parts.filter((part) => concerns(part, query))
  const paths = partPaths(folder, query.set, parts)
  const files: PartFile[] = []
  for (const [at, part] of parts.entries()) {
    const file = await openColumns(duck, folder, part, paths[at] ?? '')
    await file.close()
    files.push({ ...file, part })
  }
  const { instruments, starts, stretches } = await place(files, query)
  const columns = await load(stretches, starts.at(-1) ?? 0, query)
  const adjustment = await adjust(duck, folder, query, instruments, starts, columns)
  const found = result(instruments, Uint32Array.from(starts), columns, adjustment)
  return query.order === 'time' ? byTime(found) : found
}

type PartFile = ColumnFile & { readonly part: Part }

function checkQuery({ set, prices, to }: BarQuery): void {
  const path = setPath(set)
  if (!isBarLike(set.kind)) refuse('prices', `${path} 은(는) 봉 데이터가 아닙니다`, `${path} holds no bars`)
  if (prices.as !== 'source' && set.basis !== 'none')
    refuse(
      'prices',
      `${path} 은(는) 이미 수정된 가격이라 ${prices.as} 가격을 줄 수 없습니다: 'source'로 읽거나 --adjusted none 데이터를 쓰세요`,
      `${path} came adjusted and cannot give ${prices.as} prices: read it as 'source', or use a set of basis none`,
    )
  if (prices.as === 'signal' && to !== undefined && to > prices.asOf)
    refuse(
      'prices',
      `${prices.asOf} 기준 가격으로 그 뒤(${to})를 볼 수는 없습니다: 끝 날짜를 기준일 이전으로 잡으세요`,
      `prices as of ${prices.asOf} cannot show what came after (${to}): end the range on that day`,
    )
}

/** A file of one instrument that nobody asks for, or of another time, is not opened. */
function concerns(part: Part, query: BarQuery): boolean {
  const { set, instruments, from } = query
  const last = lastDay(query)
  if (from !== undefined && part.toDay < from) return false
  if (last !== undefined && part.fromDay > last) return false
  if (instruments === undefined || !partitionOf(set).startsWith('symbol')) return true
  const symbol = part.key.slice(0, part.key.lastIndexOf('/'))
  return instruments.some((instrument) => symbolOf(instrument) === symbol)
}

interface Placed {
  readonly instruments: readonly InstrumentId[]
  readonly starts: readonly number[]
  readonly stretches: readonly Stretch[]
}

/** Which rows of which file belong where: instrument after instrument, each in the order of time. */
async function place(files: readonly PartFile[], query: BarQuery): Promise<Placed> {
  const { market } = query.set
  const instruments = query.instruments ?? allIn(files, market)
  const wanted = new Map(instruments.map((instrument, at) => [symbolOf(instrument), at]))
  const found: { file: ColumnFile; from: number; count: number; instrument: number }[] = []
  for (const file of files) {
    const limits = limitsOf(file.part, query)
    const times = limits ? new Float64Array(file.rows) : undefined
    if (times) await file.read('open_at', 0, times)
    for (let run = 0; run < file.symbols.length; run++) {
      const instrument = wanted.get(file.symbols[run] ?? '')
      if (instrument === undefined) continue
      const whole = [file.starts[run] ?? 0, file.starts[run + 1] ?? 0] as const
      const [from, end] = limits && times ? cut(times, whole, limits) : whole
      if (end > from) found.push({ file, from, count: end - from, instrument })
    }
    await file.close()
  }
  const counts = new Array<number>(instruments.length + 1).fill(0)
  for (const { instrument, count } of found) counts[instrument + 1] = (counts[instrument + 1] ?? 0) + count
  const starts = [...counts]
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  const next = [...starts]
  const stretches = found.map(({ file, from, count, instrument }) => {
    const to = next[instrument] ?? 0
    next[instrument] = to + count
    return { file, from, count, to }
  })
  return { instruments, starts, stretches }
}

const allIn = (files: readonly ColumnFile[], market: BarQuery['set']['market']): readonly InstrumentId[] =>
  [...new Set(files.flatMap(({ symbols }) => symbols))].sort().map((symbol) => instrumentOf(market, symbol))

type Limits = readonly [first: EpochMs, end: EpochMs]

/** The instants between which rows of a file are wanted; `undefined` when all of it lies inside. */
function limitsOf(part: Part, query: BarQuery): Limits | undefined {
  const { from } = query
  const last = lastDay(query)
  const isInside = (from === undefined || part.fromDay >= from) && (last === undefined || part.toDay <= last)
  if (isInside) return undefined
  const zone = ZONES[query.set.market]
  const midnight = timeOfDay('00:00')
  return [
    from === undefined ? Number.NEGATIVE_INFINITY : localInstant(zone, from, midnight),
    last === undefined ? Number.POSITIVE_INFINITY : localInstant(zone, addDays(last, 1), midnight),
  ]
}

/** Nothing after `asOf` is shown in its terms. */
const lastDay = ({ to, prices }: BarQuery): TradingDay | undefined =>
  prices.as === 'signal' ? (to ?? prices.asOf) : to

/** The rows of a run that lie inside the limits, by their opening times, which rise. */
function cut(
  times: Float64Array,
  [from, end]: readonly [number, number],
  limits: Limits,
): readonly [number, number] {
  const own = times.subarray(from, end)
  return [from + firstFrom(own, limits[0]), from + firstFrom(own, limits[1])]
}

type Columns = Readonly<Record<Exclude<BarColumn, 'flags'>, Float64Array>> & { readonly flags: Uint16Array }

/** When more than this share of a file is wanted, reading it at once beats reading its pieces. */
const WHOLE_SHARE = 0.25

async function load(stretches: readonly Stretch[], rows: number, { also }: BarQuery): Promise<Columns> {
  const wanted = BAR_COLUMNS.filter((name) => (name !== 'last' && name !== 'value') || also?.includes(name))
  const columns = emptyColumns(wanted, rows)
  const target = (name: BarColumn) => columns[name] as { set(values: Float64Array, to: number): void }
  let room = new Float64Array(0)
  for (const [file, own] of byFile(stretches)) {
    const count = own.reduce((sum, stretch) => sum + stretch.count, 0)
    if (count >= file.rows * WHOLE_SHARE) {
      if (room.length < file.rows * BAR_COLUMNS.length)
        room = new Float64Array(file.rows * BAR_COLUMNS.length)
      const whole = await file.readAll(room)
      const isMissing = wanted.some((name) => whole[name] === undefined)
      const nothing = new Float64Array(isMissing ? file.rows : 0).fill(Number.NaN)
      for (const name of wanted)
        for (const { from, count, to } of own)
          target(name).set((whole[name] ?? nothing).subarray(from, from + count), to)
    } else
      for (const { from, count, to } of own)
        for (const name of wanted) {
          const piece = new Float64Array(count)
          await file.read(name, from, piece)
          target(name).set(piece, to)
        }
    await file.close()
  }
  return columns
}

function byFile(stretches: readonly Stretch[]): ReadonlyMap<ColumnFile, readonly Stretch[]> {
  const files = new Map<ColumnFile, Stretch[]>()
  for (const stretch of stretches) {
    const own = files.get(stretch.file)
    if (own) own.push(stretch)
    else files.set(stretch.file, [stretch])
  }
  return files
}

function emptyColumns(wanted: readonly BarColumn[], rows: number): Columns {
  const room = (name: BarColumn) => new Float64Array(wanted.includes(name) ? rows : 0)
  return {
    open_at: room('open_at'),
    close_at: room('close_at'),
    open: room('open'),
    high: room('high'),
    low: room('low'),
    close: room('close'),
    last: room('last'),
    volume: room('volume'),
    value: room('value'),
    flags: new Uint16Array(rows),
  }
}

async function adjust(
  duck: Duck,
  folder: string,
  { set, prices }: BarQuery,
  instruments: readonly InstrumentId[],
  starts: readonly number[],
  columns: Columns,
): Promise<BarColumns['adjustment']> {
  if (prices.as !== 'signal') return { as: prices.as, basis: set.basis, applied: [], unadjustable: [] }
  const here = new Set(instruments)
  const isHere = ({ instrument }: { readonly instrument: InstrumentId }) => here.has(instrument)
  const actions: readonly CorporateAction[] = (await readActions(duck, folder, set.market)).filter(isHere)
  const { steps, applied, unadjustable } = adjustmentsAsOf(actions, prices.asOf)
  for (const [at, instrument] of instruments.entries()) {
    let from = starts[at] ?? 0
    const end = starts[at + 1] ?? from
    for (const { before, factor } of steps.get(instrument) ?? []) {
      const instant = localInstant(ZONES[set.market], before, timeOfDay('00:00'))
      const until = from + firstFrom(columns.open_at.subarray(from, end), instant)
      scale(columns, from, until, factor)
      from = until
    }
  }
  return { as: 'signal', basis: set.basis, asOf: prices.asOf, applied, unadjustable }
}

function scale(columns: Columns, from: number, end: number, factor: number): void {
  const prices = [columns.open, columns.high, columns.low, columns.close, columns.last]
  // `last` is empty unless it was asked for, and then has nothing to scale.
  for (const column of prices)
    for (let at = from; at < Math.min(end, column.length); at++) column[at] = (column[at] ?? 0) * factor
  for (let at = from; at < end; at++) columns.volume[at] = (columns.volume[at] ?? 0) / factor
}

function result(
  instruments: readonly InstrumentId[],
  starts: Uint32Array,
  columns: Columns,
  adjustment: BarColumns['adjustment'],
): BarColumns {
  const instrumentIndex = new Uint32Array(columns.open_at.length)
  for (let at = 0; at < instruments.length; at++) instrumentIndex.fill(at, starts[at], starts[at + 1])
  const { open_at: openAt, close_at: closeAt, ...rest } = columns
  const rows = openAt.length
  return {
    rows,
    instruments,
    starts,
    times: new Float64Array(0),
    instrumentIndex,
    openAt,
    closeAt,
    ...rest,
    adjustment,
  }
}
