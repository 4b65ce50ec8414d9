import { previousTradingDay } from '../../../model/calendar.ts'
import { price } from '../../../model/money.ts'
import { floorToTick } from '../../../model/tick-size.ts'
import { kstInstant, type TradingDay, timeOfDay } from '../../../model/time.ts'
import type { Random } from '../../../std/random.ts'
import type { IndexTape } from './indices.ts'
import type { MinuteBar, Tape } from './tape.ts'

/** Daily bars kept before today; two pages and a half of a daily chart. */
const DAYS = 900
/** Minute bars are made up for so many days before today. */
const MINUTE_DAYS = 3
const SESSION_MINUTES = 380
const MINUTE_MS = 60_000
/** The calendar's years begin in 2015. */
const FIRST_DAY = '2015-01-08'

export interface DailyBar {
  readonly day: TradingDay
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  /** Won. */
  readonly value: number
}

/**
 * Seeded, synthetic past: a random walk that ends at today's base price. It has no corporate actions, so adjusted and raw
 * prices are the same. Oldest first; made when asked for and kept.
 */
export interface History {
  daily(tape: Tape): readonly DailyBar[]
  indexDaily(index: IndexTape): readonly DailyBar[]
  /** One-minute bars of the last days before today. */
  minutes(tape: Tape): readonly MinuteBar[]
}

export function createHistory(random: Random, today: TradingDay): History {
  const days = tradingDaysBefore(today)
  const dailies = new Map<string, readonly DailyBar[]>()
  const minutes = new Map<string, readonly MinuteBar[]>()

  const kept = <T>(store: Map<string, T>, key: string, make: () => T): T => {
    const found = store.get(key)
    if (found) return found
    const made = make()
    store.set(key, made)
    return made
  }

  const daily = (tape: Tape) =>
    kept(dailies, tape.id, () => {
      const { instrument, previousVolume } = { ...tape.listing }
      const snap = (value: number) => floorToTick(instrument, today, price(Math.max(1, Math.round(value))))
      return walkBack(random.fork(`daily/${tape.id}`), days, tape.base, previousVolume, snap, 0.022)
    })

  return {
    daily,
    indexDaily: (index) =>
      kept(dailies, `index/${index.code}`, () =>
        walkBack(random.fork(`daily/index/${index.code}`), days, index.base, 400_000_000, Math.round, 0.009),
      ),
    minutes: (tape) =>
      kept(minutes, tape.id, () => {
        const { instrument } = tape.listing
        const snap = (value: number) => floorToTick(instrument, today, price(Math.max(1, Math.round(value))))
        const stream = random.fork(`minutes/${tape.id}`)
        return daily(tape)
          .slice(-MINUTE_DAYS)
          .flatMap((bar) => minutesOf(stream, bar, snap))
      }),
  }
}

function tradingDaysBefore(today: TradingDay): readonly TradingDay[] {
  const days: TradingDay[] = []
  for (let day = today; days.length < DAYS && day > FIRST_DAY; ) {
    day = previousTradingDay(day)
    days.push(day)
  }
  return days.reverse()
}

function walkBack(
  random: Random,
  days: readonly TradingDay[],
  lastClose: number,
  lastVolume: number,
  snap: (value: number) => number,
  volatility: number,
): readonly DailyBar[] {
  const bars: DailyBar[] = []
  let close = lastClose
  for (const [back, day] of [...days].reverse().entries()) {
    const step = Math.max(-0.25, Math.min(0.25, random.normal() * volatility))
    const before = snap(close / (1 + step))
    const open = snap(before * (1 + random.normal() * volatility * 0.3))
    const reach = () => Math.abs(random.normal()) * volatility * 0.6
    const high = Math.max(open, close, snap(Math.max(open, close) * (1 + reach())))
    const low = Math.min(open, close, snap(Math.min(open, close) * (1 - reach())))
    const volume = back === 0 ? lastVolume : Math.round(lastVolume * Math.exp(random.normal() * 0.5))
    const value = Math.round(((high + low + close * 2) / 4) * volume)
    bars.push({ day, open, high, low, close, volume, value })
    close = before
  }
  return bars.reverse()
}

/** A bridge from open to close inside the day's range, 09:00 to 15:19, and the closing auction at 15:30. */
function minutesOf(random: Random, bar: DailyBar, snap: (value: number) => number): readonly MinuteBar[] {
  const start = kstInstant(bar.day, timeOfDay('09:00'))
  const inside = (value: number) => Math.min(bar.high, Math.max(bar.low, snap(value)))
  const wiggle = (bar.high - bar.low) / 12
  const peak = random.int(0, SESSION_MINUTES - 1)
  const trough = (peak + random.int(1, SESSION_MINUTES - 1)) % SESSION_MINUTES
  const bars: MinuteBar[] = []
  let dayVolume = 0
  let last = bar.open
  const push = (at: number, close: number, share: number, touch: number | undefined) => {
    const volume = Math.max(1, Math.round(bar.volume * share))
    dayVolume += volume
    const high = Math.max(last, close, touch ?? 0)
    const low = Math.min(last, close, touch ?? close)
    bars.push({ at, open: last, high, low, close, volume, value: volume * close, dayVolume })
    last = close
  }
  for (let minute = 0; minute < SESSION_MINUTES; minute++) {
    const left = SESSION_MINUTES - minute
    const close = inside(last + (bar.close - last) / left + random.normal() * wiggle)
    const position = minute / SESSION_MINUTES - 0.5
    const share = (0.4 + 7.2 * position * position) / SESSION_MINUTES
    const touch = minute === peak ? bar.high : minute === trough ? bar.low : undefined
    push(start + minute * MINUTE_MS, close, share, touch)
  }
  push(start + 390 * MINUTE_MS, bar.close, 0.02, undefined)
  return bars
}
