import { type BarRow, type BarTable, barTable } from '../../src/lab/backtest/bar-table.ts'
import { isTradingDay } from '../../src/model/calendar.ts'
import { addDays, kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../src/model/time.ts'
import type { Random } from '../../src/std/random.ts'

const [OPEN, CLOSE] = [timeOfDay('09:00'), timeOfDay('15:30')]
const FREEDOM = 4
const DAY_DEVIATION = 0.018
/** Inside the price limits. */
const MOVE_MAX = 0.25

function tradingDays(count: number): readonly TradingDay[] {
  const found: TradingDay[] = []
  for (let day = tradingDay('2018-01-02'); found.length < count; day = addDays(day, 1))
    if (isTradingDay(day)) found.push(day)
  return found
}

/** Student's t with four degrees of freedom, scaled to the deviation of a day. */
function fatTail(random: Random): number {
  let squares = 0
  for (let i = 0; i < FREEDOM; i++) squares += random.normal() ** 2
  const t = random.normal() / Math.sqrt(squares / FREEDOM)
  const move = (t / Math.sqrt(FREEDOM / (FREEDOM - 2))) * DAY_DEVIATION
  return Math.max(-MOVE_MAX, Math.min(MOVE_MAX, move))
}

/** What the next days are going to do, decided on a day that everybody can see by its volume. */
export interface Plant {
  /** Share of the days that give the sign. */
  readonly chance: number
  /** What each of the following days gains beside chance. */
  readonly gain: number
  readonly days: number
}

const USUAL_VOLUME = 1_000_000
export const LOUD = 4

/**
 * Daily bars of one stock: a random walk without drift and with fat tails, half of each day's move before the opening. With
 * a plant, days of four times the usual volume come before a rise.
 */
export function randomMarket(random: Random, days: number, plant?: Plant): BarTable {
  let last = 50_000
  let rising = 0
  const rows = tradingDays(days).map((day): BarRow => {
    const drift = rising > 0 && plant ? plant.gain : 0
    rising--
    const price = (before: number, move: number) => Math.max(2_000, Math.round(before * Math.exp(move)))
    // The sign is known at the close, so that the gain comes after the opening at which one buys.
    const open = price(last, fatTail(random) * 0.5)
    const close = price(open, fatTail(random) * 0.87 + drift)
    const [high, low] = [Math.max(open, close), Math.min(open, close)]
    const isLoud = plant !== undefined && random.next() < plant.chance
    if (isLoud && plant) rising = plant.days
    last = close
    return {
      index: 0,
      openAt: kstInstant(day, OPEN),
      closeAt: kstInstant(day, CLOSE),
      open,
      high: price(high, Math.abs(random.normal()) * 0.004),
      low: price(low, -Math.abs(random.normal()) * 0.004),
      close,
      volume: Math.round(USUAL_VOLUME * (0.5 + random.next()) * (isLoud ? LOUD : 1)),
    }
  })
  return barTable(rows)
}
