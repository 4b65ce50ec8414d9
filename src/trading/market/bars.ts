import type { Bar } from '../../model/bar.ts'
import { type Price, plusShares, price, type Quantity, quantity } from '../../model/money.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'

/**
 * One-minute bars of one instrument, made of its prints. A minute without a print has no bar. A bar closes when a print
 * of a later minute comes; a print of a minute already closed (seconds late on the wire) changes no bar.
 */
export interface Bars {
  /** True when this print closed a bar: it is then the newest of `closed`. */
  add(at: EpochMs, last: Price, shares: Quantity): boolean
  /** Closes the bar under way when its time is over by `at`; true when it did. */
  closeBy(at: EpochMs): boolean
  /** Oldest first. */
  readonly closed: readonly Bar[]
  snapshot(): BarsState
  restore(state: BarsState): void
}

/**
 * Closed bars as text, one a line: openAt, open, high, low, close, volume. The text grows as bars close, so that a
 * snapshot of a whole day costs no walk over its bars. `open` is the bar still under way.
 */
export interface BarsState {
  readonly closed: string
  readonly open: string
}

const MINUTE_MS = 60_000

/** A venue's longest day (08:30–20:00) has 690 minutes; older bars than this many are forgotten. */
const MAX_BARS = 720

const FIELDS = 6

interface OpenBar {
  openAt: EpochMs
  open: Price
  high: Price
  low: Price
  close: Price
  volume: Quantity
}

export function createBars(lengthMs: number = MINUTE_MS): Bars {
  const closed: Bar[] = []
  let text = ''
  let open: OpenBar | undefined

  const begin = (at: EpochMs, first: Price, volume: Quantity) => {
    open = { openAt: at - (at % lengthMs), open: first, high: first, low: first, close: first, volume }
  }

  const finish = (bar: OpenBar) => {
    closed.push(toBar(bar, lengthMs))
    text += toLine(bar)
    if (closed.length <= MAX_BARS) return
    closed.shift()
    text = text.slice(text.indexOf('\n') + 1)
  }

  return {
    add: (at, last, shares) => {
      if (open === undefined) {
        begin(at, last, shares)
        return false
      }
      if (at < open.openAt) return false
      if (at < open.openAt + lengthMs) {
        extend(open, last, shares)
        return false
      }
      finish(open)
      begin(at, last, shares)
      return true
    },
    closeBy: (at) => {
      if (open === undefined || at < open.openAt + lengthMs) return false
      finish(open)
      open = undefined
      return true
    },
    closed,
    snapshot: () => ({ closed: text, open: open ? toLine(open) : '' }),
    restore: (state) => {
      text = state.closed
      closed.splice(0, closed.length, ...linesOf(text).map((line) => toBar(fromLine(line), lengthMs)))
      open = linesOf(state.open).map(fromLine)[0]
    },
  }
}

function extend(bar: OpenBar, last: Price, shares: Quantity): void {
  if (last > bar.high) bar.high = last
  if (last < bar.low) bar.low = last
  bar.close = last
  bar.volume = plusShares(bar.volume, shares)
}

const toBar = (bar: OpenBar, lengthMs: number): Bar => ({
  openAt: bar.openAt,
  closeAt: bar.openAt + lengthMs,
  open: bar.open,
  high: bar.high,
  low: bar.low,
  close: bar.close,
  volume: bar.volume,
})

const toLine = (bar: OpenBar): string =>
  `${bar.openAt},${bar.open},${bar.high},${bar.low},${bar.close},${bar.volume}\n`

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

function fromLine(line: string): OpenBar {
  const numbers = line.split(',').map(Number)
  invariant(numbers.length === FIELDS, `a saved bar has ${FIELDS} numbers: ${line}`)
  const [openAt, open, high, low, close, volume] = numbers as [number, number, number, number, number, number]
  return {
    openAt,
    open: price(open),
    high: price(high),
    low: price(low),
    close: price(close),
    volume: quantity(volume),
  }
}
