/** A bar of the golden series, in won and shares. */
export interface SeriesBar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

const LENGTH = 140
const TICK = 50
/** Bars without a trade: every price is the close before, the volume 0. Long enough that windows of 14 become flat. */
const HALT = { from: 96, until: 114 }
const SEED = 20_261_121

/**
 * 140 daily bars around 70,000 won that nobody ever traded: a seeded walk in ticks on a slow wave, with gaps, ties, bars of
 * no range and a halt. The golden figures were printed by TA-Lib from exactly these numbers.
 *
 * The draws are Park and Miller's generator, `s = 48271 s mod (2^31 - 1)` (Communications of the ACM 36 (7), 1993):
 * exact in doubles everywhere.
 */
export const BARS: readonly SeriesBar[] = walk()

export const HIGH = column('high')
export const LOW = column('low')
export const CLOSE = column('close')
export const VOLUME = column('volume')

function walk(): SeriesBar[] {
  let state = SEED
  const draw = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  const bars: SeriesBar[] = []
  let last = 1_400
  for (let i = 0; i < LENGTH; i++) {
    const price = last * TICK
    if (i >= HALT.from && i < HALT.until) {
      bars.push({ open: price, high: price, low: price, close: price, volume: 0 })
      continue
    }
    // A triangle of 64 bars: 6 ticks a bar up, then down.
    const wave = i % 64 < 32 ? 6 : -6
    const open = last + draw(13) - 6
    const close = i % 17 === 5 ? open : open + wave + draw(41) - 20
    const above = i % 17 === 5 ? 0 : draw(12)
    const below = i % 17 === 5 ? 0 : draw(12)
    bars.push({
      open: open * TICK,
      high: (Math.max(open, close) + above) * TICK,
      low: (Math.min(open, close) - below) * TICK,
      close: close * TICK,
      volume: 1_000 + draw(900_000),
    })
    last = close
  }
  return bars
}

function column(name: keyof SeriesBar): Float64Array {
  return Float64Array.from(BARS, (bar) => bar[name])
}
