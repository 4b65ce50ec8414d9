import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { OrderLife, OrdersPage } from '../../../contract/records.ts'
import { get } from '../../api/client.ts'
import { againAfter, daysQuery, searchText } from '../../api/records.ts'
import { useLive } from '../../state/live.ts'
import type { OrderFilter } from './view.ts'

const NO_DAYS: readonly string[] = []

/** The days there are, with the one that runs among them even before its record begins. */
export function useDays(): {
  readonly days: readonly string[]
  readonly recorded: readonly string[]
  readonly today: string | undefined
  readonly isLoading: boolean
  readonly error: unknown
} {
  const today = useLive(({ state }) => state?.clock.day)
  const { data, isLoading, error } = useQuery(daysQuery)
  const recorded = data?.days.map(({ day }) => day) ?? NO_DAYS
  const days = today === undefined || recorded.includes(today) ? recorded : [today, ...recorded]
  return { days: [...days].sort().reverse(), recorded, today, isLoading, error }
}

/** A day's orders page by page; nothing is asked about a day without a record. */
export function useOrders(day: string | undefined, isToday: boolean, { group, instrument }: OrderFilter) {
  const query = useInfiniteQuery({
    queryKey: ['records', 'orders', day, group, instrument],
    queryFn: ({ signal, pageParam }) =>
      get<OrdersPage>(
        `/orders${searchText({ day, status: group, instrument, cursor: pageParam, limit: 60 })}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    enabled: day !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      againAfter(state.data?.pages[0]?.record, isToday, state.data?.pages.length),
  })
  const [first] = query.data?.pages ?? []
  return {
    ...query,
    first,
    orders: query.data?.pages.flatMap(({ orders }) => orders) ?? [],
  }
}

/** One order's life; `day` decides which record it is read from. */
export const useOrderLife = (id: string, day: string | undefined, isToday: boolean) =>
  useQuery({
    queryKey: ['records', 'order', day, id],
    queryFn: ({ signal }) =>
      get<OrderLife>(`/orders/${encodeURIComponent(id)}${searchText({ day })}`, signal),
    enabled: day !== undefined,
    retry: false,
    refetchInterval: ({ state }) => againAfter(state.data?.record, isToday),
  })
