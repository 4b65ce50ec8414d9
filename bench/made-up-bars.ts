import { type BarRow, type BarTable, barTable } from '../src/lab/backtest/bar-table.ts'
import { isTradingDay } from '../src/model/calendar.ts'
import { instrumentId } from '../src/model/ids.ts'
import type { Instrument } from '../src/model/instrument.ts'
import { addDays, kstInstant, type TradingDay, timeOfDay, tradingDay } from '../src/model/time.ts'
import { createRandom } from '../src/std/random.ts'

const MINUTE_MS = 60_000
const MINUTES_A_DAY = 380

export const madeUpShares = (count: number): readonly Instrument[] =>
  Array.from({ length: count }, (_, i) => ({
    id: instrumentId(String(i).padStart(6, '0')),
    name: `종목${i}`,
    market: 'KOSPI',
    class: 'stock',
    viGroup: 'wide',
  }))

function* tradingDays(): Iterable<TradingDay> {
  for (let day = tradingDay('2015-01-05'); ; day = addDays(day, 1)) if (isTradingDay(day)) yield day
}

/** One-minute bars of one share, 380 a day from 2015 on. */
export function minutes(count: number): BarTable {
  const rows: BarRow[] = []
  const walk = walker(1)
  for (const day of tradingDays()) {
    const open = kstInstant(day, timeOfDay('09:00'))
    for (let i = 0; i < MINUTES_A_DAY && rows.length < count; i++)
      rows.push(walk(0, open + i * MINUTE_MS, open + (i + 1) * MINUTE_MS))
    if (rows.length >= count) break
  }
  return barTable(rows)
}

/** Daily bars of many shares side by side. */
export function days(count: number, names: number): BarTable {
  const rows: BarRow[] = []
  const walks = Array.from({ length: names }, (_, i) => walker(i + 1))
  let done = 0
  for (const day of tradingDays()) {
    const [open, close] = [kstInstant(day, timeOfDay('09:00')), kstInstant(day, timeOfDay('15:30'))]
    for (const [index, walk] of walks.entries()) rows.push(walk(index, open, close))
    if (++done >= count) break
  }
  return barTable(rows)
}

/** Prices between 10,000 and 90,000 on a grid that every date's table has. */
function walker(seed: number) {
  const random = createRandom(seed)
  let last = 40_000
  return (index: number, openAt: number, closeAt: number): BarRow => {
    const open = last
    last = Math.max(10_000, Math.min(90_000, last + 100 * Math.round((random.next() - 0.5) * 6)))
    const [high, low] = [Math.max(open, last) + 100, Math.min(open, last) - 100]
    return { index, openAt, closeAt, open, high, low, close: last, volume: 1_000_000 }
  }
}
