import { queryOptions } from '@tanstack/react-query'
import type { RunMessage } from '../../../contract/backtest.ts'
import type { DayDetail, DayList, PerformanceMessage } from '../../../contract/performance.ts'
import { get } from '../../api/client.ts'

const READING_MS = 1_500
const QUIET_MS = 60_000

const search = (values: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** Asked again soon while days are still being read, seldom afterwards. */
export const daysQuery = (source: string | undefined) =>
  queryOptions({
    queryKey: ['performance-days', source],
    queryFn: ({ signal }) => get<DayList>(`/performance/days${search({ source })}`, signal),
    refetchInterval: ({ state }) => ((state.data?.pending ?? 0) > 0 ? READING_MS : QUIET_MS),
    placeholderData: (before) => before,
  })

/** `read`: how many days are known; more of them are another answer. */
export const performanceQuery = (source: string | undefined, from: string | undefined, read: number) =>
  queryOptions({
    queryKey: ['performance', source, from, read],
    queryFn: ({ signal }) => get<PerformanceMessage>(`/performance${search({ source, from })}`, signal),
    enabled: read > 0,
    placeholderData: (before) => before,
  })

export const dayQuery = (source: string | undefined, day: string) =>
  queryOptions({
    queryKey: ['performance-day', source, day],
    queryFn: ({ signal }) => get<DayDetail>(`/performance/days/${day}${search({ source })}`, signal),
  })

/** Backtests that can be laid beside the account. */
export const doneBacktestsQuery = queryOptions({
  queryKey: ['done-backtests'],
  queryFn: async ({ signal }) => {
    const { runs } = await get<{ runs: readonly RunMessage[] }>('/backtests', signal)
    return runs.filter(({ state }) => state === 'done')
  },
  staleTime: 30_000,
  retry: false,
})

export const statementPath = (
  kind: 'csv' | 'html',
  values: {
    readonly source: string
    readonly span: string
    readonly on?: string
    readonly what?: 'days' | 'trades'
  },
): string => `/api/v1/performance/statement.${kind}${search(values)}`
