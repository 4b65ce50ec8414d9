/** Of one process and one day. */
export interface DayMemory {
  /** The run of the process it belongs to: a killed one starts anew, and is measured anew. */
  readonly life: number
  readonly day: number
  /** Wall hours since the run began. */
  readonly atHours: number
  /** Reachable heap at the day's end, after a full collection, bytes. */
  readonly settledHeap: number
  /** What the process holds of the machine at that moment, buffers and code with it, bytes. */
  readonly settledRss: number
  /** Medians of the samples of the day, bytes. */
  readonly heap: number
  readonly rss: number
  readonly peakRss: number
}

export interface MemoryVerdict {
  readonly what: string
  /** Bytes that a day adds: the median over all pairs of days of one life. */
  readonly perDay: number
  readonly allowedPerDay: number
  readonly pairs: number
}

const MB = 1_048_576
/** Of each life: code is compiled, pools and caches fill. */
const WARM_UP_DAYS = 1
/** Below it, lines cannot be told from noise. */
const FEWEST_PAIRS = 3
/**
 * A leak of this much per day would show in a month: 20 trading days × 1 MB. RSS breathes with the collector by a hundred MB
 * within a day, so that its median says little: its peak is what the machine must have, and what is left of it after a
 * collection holds what no heap shows.
 */
const ALLOWED_PER_DAY = { settledHeap: MB, settledRss: 4 * MB, peakRss: 4 * MB } as const

/**
 * Theil–Sen: the median slope of all pairs of days, within lives only and after each one's first day. One wild day does
 * not move it. `undefined` while there are too few days to judge.
 */
function slopePerDay(
  days: readonly DayMemory[],
  of: (day: DayMemory) => number,
): { readonly perDay: number; readonly pairs: number } | undefined {
  const slopes: number[] = []
  for (const late of judged(days))
    for (const early of judged(days))
      if (late.life === early.life && late.day > early.day)
        slopes.push((of(late) - of(early)) / (late.day - early.day))
  return slopes.length < FEWEST_PAIRS ? undefined : { perDay: median(slopes), pairs: slopes.length }
}

const judged = (days: readonly DayMemory[]): readonly DayMemory[] =>
  days.filter(({ life, day }) => day - firstDay(days, life) >= WARM_UP_DAYS)

const firstDay = (days: readonly DayMemory[], life: number): number =>
  Math.min(...days.filter((day) => day.life === life).map(({ day }) => day))

export function judgeMemory(process: string, days: readonly DayMemory[]): readonly MemoryVerdict[] {
  return (['settledHeap', 'settledRss', 'peakRss'] as const).flatMap((key) => {
    const slope = slopePerDay(days, (day) => day[key])
    return slope ? [{ what: `${process} ${key}`, ...slope, allowedPerDay: ALLOWED_PER_DAY[key] }] : []
  })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}

export const inMb = (bytes: number): string => (bytes / MB).toFixed(1)
