import { describe, expect, it } from 'vitest'
import { isTradingDay } from '../../model/calendar.ts'
import { addDays, kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { defineStrategy, type Strategy } from '../../trading/strategies/strategy.ts'
import { type BarRow, type BarTable, barTable } from './bar-table.ts'
import { findPeek } from './lookahead.ts'
import { runBacktest } from './run.ts'
import { planOf } from './testing/play.ts'

function wander(count: number): readonly BarRow[] {
  const random = createRandom(7)
  const rows: BarRow[] = []
  let last = 10_000
  for (let day = tradingDay('2024-01-03'); rows.length < count; day = addDays(day, 1)) {
    if (!isTradingDay(day)) continue
    const open = last
    last = Math.max(8_000, Math.min(15_000, last + 10 * Math.round((random.next() - 0.5) * 60)))
    const [high, low] = [Math.max(open, last), Math.min(open, last)]
    const [openAt, closeAt] = [kstInstant(day, timeOfDay('09:00')), kstInstant(day, timeOfDay('15:30'))]
    rows.push({ index: 0, openAt, closeAt, open, high, low, close: last, volume: 100_000 })
  }
  return rows
}

const ROWS = wander(120)
const reason = { ko: '', en: '' }
const described = {
  id: 'planned',
  title: { ko: '', en: '' },
  parameters: {},
  needs: () => ({ warmUpBars: 0 }),
}

function peekOf(strategy: Strategy) {
  const planFor = (bars: BarTable) => ({ ...planOf(strategy, ROWS.slice(0, 1)), bars })
  return findPeek(runBacktest(planFor(barTable(ROWS))), planFor, barTable(ROWS), 10)
}

describe('a look-ahead', () => {
  it('is not seen in a strategy that knows closed bars alone', () => {
    const honest = defineStrategy({
      ...described,
      each: () => {
        let before = 0
        return {
          onBar: ({ close }) => {
            const rose = close > before
            before = close
            return { want: rose ? 'long' : 'flat', reason }
          },
        }
      },
    })
    expect(peekOf(honest)).toBeUndefined()
  })

  it('is found in one that keeps what an earlier run has seen', () => {
    const closes = new Map<number, number>()
    const cheat = defineStrategy({
      ...described,
      each: () => ({
        onBar: ({ openAt, close }) => {
          closes.set(openAt, close)
          const next = [...closes].find(([at]) => at > openAt)
          if (!next) return undefined
          return { want: next[1] > close ? 'long' : 'flat', reason }
        },
      }),
    })
    const peek = peekOf(cheat)
    expect(peek).toBeDefined()
    expect(peek?.withFuture).not.toBe(peek?.without)
    expect(peek && peek.at < peek.knownUntil).toBe(true)
  })

  it('is found in one that changes its mind by how much data there is', () => {
    let most = 0
    const sly = defineStrategy({
      ...described,
      each: () => {
        let bars = 0
        return {
          onBar: () => {
            most = Math.max(most, ++bars)
            return { want: bars === most - 20 ? 'flat' : 'long', reason }
          },
        }
      },
    })
    expect(peekOf(sly)).toBeDefined()
  })
})
