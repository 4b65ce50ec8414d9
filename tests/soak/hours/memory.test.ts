import { describe, expect, it } from 'vitest'
import { type DayMemory, judgeMemory } from './memory.ts'

const MB = 1_048_576
const day = (day: number, settled: number, life = 1): DayMemory => ({
  life,
  day,
  atHours: day,
  settledHeap: settled * MB,
  heap: settled * MB,
  settledRss: 150 * MB,
  rss: 200 * MB,
  peakRss: 250 * MB,
})
const heapOf = (days: readonly DayMemory[]) =>
  judgeMemory('trader', days).find(({ what }) => what.includes('settledHeap'))

describe('the slope of memory', () => {
  it('is that of the days, whatever one wild day does', () => {
    const verdict = heapOf([18, 20, 22, 90, 26, 28, 30].map((settled, index) => day(index + 1, settled)))
    expect(verdict?.perDay).toBe(2 * MB)
    expect(verdict && verdict.perDay > verdict.allowedPerDay).toBe(true)
  })

  it('is flat where memory breathes', () => {
    const verdict = heapOf([10, 20, 21, 20, 22, 20, 21].map((settled, index) => day(index + 1, settled)))
    expect(verdict && verdict.perDay <= verdict.allowedPerDay).toBe(true)
  })

  it('compares no days of different lives', () => {
    const days = [20, 20, 20, 20].map((settled, index) => day(index + 1, settled, 1))
    const more = [50, 50, 50, 50].map((settled, index) => day(index + 5, settled, 2))
    expect(heapOf([...days, ...more])?.perDay).toBe(0)
  })

  it('is not judged from too few days', () => expect(heapOf([day(1, 10), day(2, 90)])).toBeUndefined())
})
