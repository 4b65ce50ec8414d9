import type { BarColumns } from '../../../ports/catalog.ts'
import { firstFrom } from '../../../std/sorted.ts'

const COLUMNS = ['openAt', 'closeAt', 'open', 'high', 'low', 'close', 'last', 'volume', 'value'] as const

/**
 * The same rows with all instruments of an instant side by side, in the order of the instruments: what an engine walks through
 * with one account. Each row is moved once; nothing is compared or sorted but the distinct instants.
 */
export function byTime(bars: BarColumns): BarColumns {
  const times = distinct(bars)
  const places = placesOf(bars, times)
  const starts = new Uint32Array(times.length + 1)
  for (const place of places) starts[place + 1] = (starts[place + 1] ?? 0) + 1
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  const next = starts.slice()
  const target = new Uint32Array(bars.rows)
  for (let row = 0; row < bars.rows; row++) {
    const place = places[row] ?? 0
    const to = next[place] ?? 0
    target[row] = to
    next[place] = to + 1
  }
  const instrumentIndex = new Uint32Array(bars.rows)
  for (let row = 0; row < bars.rows; row++) instrumentIndex[target[row] ?? 0] = bars.instrumentIndex[row] ?? 0
  const moved = Object.fromEntries(COLUMNS.map((name) => [name, scattered(bars[name], target)])) as Record<
    (typeof COLUMNS)[number],
    Float64Array
  >
  const flags = new Uint16Array(bars.rows)
  for (let row = 0; row < bars.rows; row++) flags[target[row] ?? 0] = bars.flags[row] ?? 0
  return { ...bars, ...moved, flags, times, starts, instrumentIndex }
}

function scattered(values: Float64Array, target: Uint32Array): Float64Array {
  const moved = new Float64Array(values.length)
  for (let row = 0; row < values.length; row++) moved[target[row] ?? 0] = values[row] ?? Number.NaN
  return moved
}

/**
 * All instants, in order. Most instruments share theirs, so each is walked beside those known so far, and only strangers are
 * collected; sorting millions of instants, or hashing them, would take longer than reading them.
 */
function distinct({ openAt, starts }: BarColumns): Float64Array {
  let known = new Float64Array(0)
  let strangers: number[] = []
  for (let run = 0; run + 1 < starts.length; run++) {
    let at = 0
    for (let row = starts[run] ?? 0; row < (starts[run + 1] ?? 0); row++) {
      const time = openAt[row] ?? 0
      if (known[at] !== time) at = firstFrom(known, time)
      if (known[at] === time) at++
      else strangers.push(time)
    }
    if (strangers.length > known.length / 4) {
      known = together(known, strangers)
      strangers = []
    }
  }
  return together(known, strangers)
}

function together(known: Float64Array, strangers: readonly number[]): Float64Array<ArrayBuffer> {
  const all = new Float64Array(known.length + strangers.length)
  all.set(known)
  all.set(strangers, known.length)
  all.sort()
  let kept = 0
  for (let at = 0; at < all.length; at++)
    if (kept === 0 || all[at] !== all[kept - 1]) all[kept++] = all[at] ?? 0
  return all.slice(0, kept)
}

/** Which instant each row belongs to: nearly always the one after that of the row before. */
function placesOf({ openAt, rows }: BarColumns, times: Float64Array): Uint32Array {
  const places = new Uint32Array(rows)
  let at = 0
  for (let row = 0; row < rows; row++) {
    const time = openAt[row] ?? 0
    if (times[at] !== time) at = firstFrom(times, time)
    places[row] = at++
  }
  return places
}
