import { INDEX_CLOSES } from '../../../matching/indexes.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createRing, type Ring } from '../../../std/ring.ts'
import { shownPrice, type Tape } from './tape.ts'

const ROW_EVERY_MS = 10_000
const ROWS_KEPT = 20
/** For ka20004. */
const TICKS_KEPT = 1_000
const MINUTE_MS = 60_000

export interface IndexMinute {
  readonly at: EpochMs
  readonly open: number
  high: number
  low: number
  close: number
  volume: number
}

export interface IndexRow {
  readonly at: EpochMs
  readonly value: number
  readonly volume: number
  readonly dayVolume: number
}

/** One index. Values are × 100 (3120.55 is 312055). */
export interface IndexTape {
  readonly code: string
  readonly name: string
  readonly marketCode: '0' | '1' | '2'
  readonly base: number
  readonly members: readonly Tape[]
  last: number
  open: number
  high: number
  low: number
  volume: number
  value: number
  lastVolume: number
  rising: number
  falling: number
  unchanged: number
  upper: number
  lower: number
  traded: number
  at: EpochMs
  readonly minutes: IndexMinute[]
  /** Every ten seconds, newest last. */
  readonly rows: IndexRow[]
  /** Every second in which it moved, the last ones. */
  readonly ticks: Ring<Pick<IndexRow, 'at' | 'value' | 'volume'>>
}

const createIndex = (
  code: string,
  name: string,
  marketCode: IndexTape['marketCode'],
  base: number,
  members: readonly Tape[],
): IndexTape => ({
  code,
  name,
  marketCode,
  base,
  members,
  last: 0,
  open: 0,
  high: 0,
  low: 0,
  volume: 0,
  value: 0,
  lastVolume: 0,
  rising: 0,
  falling: 0,
  unchanged: 0,
  upper: 0,
  lower: 0,
  traded: 0,
  at: 0,
  minutes: [],
  rows: [],
  ticks: createRing(TICKS_KEPT),
})

/**
 * The three indices with members: KOSPI 001, KOSDAQ 101, KOSPI200 201 (the names in the narrow VI group). Yesterday's
 * closes are constants of the simulator; today's value is weighted by market capitalisation.
 */
export function createIndices(tapes: readonly Tape[]): readonly IndexTape[] {
  const stocks = tapes.filter(({ listing }) => listing.instrument.class === 'stock')
  const kospi = stocks.filter(({ listing }) => listing.instrument.market === 'KOSPI')
  const large = kospi.filter(({ listing }) => listing.instrument.viGroup === 'narrow')
  const kosdaq = stocks.filter(({ listing }) => listing.instrument.market === 'KOSDAQ')
  return [
    createIndex('001', '종합(KOSPI)', '0', INDEX_CLOSES.KOSPI, kospi),
    createIndex('101', '종합(KOSDAQ)', '1', INDEX_CLOSES.KOSDAQ, kosdaq),
    createIndex('201', 'KOSPI200', '2', 42_118, large),
  ]
}

/** Recounts the index; true when its value or its volume moved. */
export function refreshIndex(index: IndexTape, at: EpochMs): boolean {
  let [now, before, volume, value, traded] = [0, 0, 0, 0, 0]
  let [rising, falling, unchanged, upper, lower] = [0, 0, 0, 0, 0]
  for (const tape of index.members) {
    const price = shownPrice(tape)
    now += price * tape.shares
    before += tape.base * tape.shares
    volume += tape.volume
    value += tape.value
    if (tape.volume > 0) traded++
    if (price > tape.base) rising++
    else if (price < tape.base) falling++
    else unchanged++
    if (tape.band && price >= tape.band.upper) upper++
    if (tape.band && price <= tape.band.lower) lower++
  }
  if (traded === 0) return false
  const last = before === 0 ? index.base : Math.round((index.base * now) / before)
  const moved = last !== index.last || volume !== index.volume
  Object.assign(index, { last, lastVolume: volume - index.volume, volume, value, traded, at })
  Object.assign(index, { rising, falling, unchanged, upper, lower })
  if (index.open === 0) index.open = last
  index.high = Math.max(index.high, last)
  index.low = index.low === 0 ? last : Math.min(index.low, last)
  enterMinute(index, at)
  if (moved) index.ticks.push({ at, value: last, volume: index.lastVolume })
  if (at % ROW_EVERY_MS === 0) enterRow(index, at)
  return moved
}

function enterMinute(index: IndexTape, at: EpochMs): void {
  const start = Math.floor(at / MINUTE_MS) * MINUTE_MS
  const bar = index.minutes.at(-1)
  const { last, lastVolume } = index
  if (!bar || bar.at !== start)
    index.minutes.push({ at: start, open: last, high: last, low: last, close: last, volume: lastVolume })
  else {
    bar.high = Math.max(bar.high, last)
    bar.low = Math.min(bar.low, last)
    bar.close = last
    bar.volume += lastVolume
  }
}

function enterRow(index: IndexTape, at: EpochMs): void {
  const before = index.rows.at(-1)?.dayVolume ?? 0
  index.rows.push({ at, value: index.last, volume: index.volume - before, dayVolume: index.volume })
  if (index.rows.length > ROWS_KEPT) index.rows.shift()
}
