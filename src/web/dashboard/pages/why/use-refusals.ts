import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RefusalMessage } from '../../../contract/live.ts'
import type { RefusalsPage } from '../../../contract/records.ts'
import { get } from '../../api/client.ts'
import { daysQuery, searchText } from '../../api/records.ts'
import { useLive } from '../../state/live.ts'
import { mergedRefusals, type RefusalRow } from './view.ts'

/** The live line carries so many of the newest, and a page of the record has as many. */
const LIVE_ROWS = 200
/** Between the pages of the record and the live rows no gap may open: so often they are read again, browser ms. */
const AGAIN_MS = 10_000

export interface Refusals {
  /** Newest first; `undefined` until the trader has shown itself. */
  readonly rows: readonly RefusalRow[] | undefined
  /** Of the whole day, as far as they are in its record. */
  readonly ofDay: number
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly error: unknown
  readonly more: () => void
}

const NONE: readonly RefusalMessage[] = []

/** Every refusal of the day: the newest as they happen, the others page by page from the record of the day. */
export function useRefusals(): Refusals {
  const live = useLive(({ state }) => state?.refusals)
  const day = useLive(({ state }) => state?.clock.day)
  const isFull = Object.keys(live ?? {}).length >= LIVE_ROWS
  const isKept = useQuery(daysQuery).data?.days.some((each) => each.day === day) === true
  const query = useInfiniteQuery({
    queryKey: ['records', 'refusals', day],
    queryFn: ({ signal, pageParam }) =>
      get<RefusalsPage>(`/refusals${searchText({ day, cursor: pageParam, limit: LIVE_ROWS })}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    enabled: isFull && isKept,
    refetchInterval: AGAIN_MS,
  })
  const pages = query.data?.pages
  const earlier = useMemo(() => pages?.flatMap(({ refusals }) => refusals) ?? NONE, [pages])
  const rows = useMemo(() => live && mergedRefusals(earlier, live), [earlier, live])
  const counted = Object.values(pages?.[0]?.byCode ?? {}).reduce((sum, times) => sum + times, 0)
  return {
    rows,
    ofDay: Math.max(counted, rows?.length ?? 0),
    hasMore: query.hasNextPage,
    isLoading: query.isFetchingNextPage,
    error: query.error,
    more: () => void query.fetchNextPage(),
  }
}
