import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type {
  DayCurveMessage,
  ReplayMessage,
  TrailKind,
  TrailPage,
  VerificationMessage,
} from '../../../contract/records.ts'
import { api, get } from '../../api/client.ts'
import { againAfter, searchText } from '../../api/records.ts'
import { toastProblem } from '../../parts/toasts.tsx'

/** The audit trail page by page. */
export function useTrail(day: string | undefined, isToday: boolean, kind: TrailKind | '', q: string) {
  const query = useInfiniteQuery({
    queryKey: ['records', 'trail', day, kind, q],
    queryFn: ({ signal, pageParam }) =>
      get<TrailPage>(`/journal${searchText({ day, kind, q, cursor: pageParam, limit: 100 })}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    enabled: day !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      againAfter(state.data?.pages[0]?.record, isToday, state.data?.pages.length),
  })
  return {
    ...query,
    first: query.data?.pages[0],
    entries: query.data?.pages.flatMap(({ entries }) => entries) ?? [],
  }
}

/** What was typed, once nothing was typed for a moment. */
export function useSettled(text: string, ms = 300): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}

/** The check of one day, followed while it runs. */
export function useVerification(day: string) {
  const queries = useQueryClient()
  const key = ['records', 'verify', day]
  const path = `/journal/verify${searchText({ day })}`
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<VerificationMessage>(path, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 700 : false),
  })
  const { mutate, isPending } = useMutation({
    mutationFn: (method: 'POST' | 'DELETE') => api<VerificationMessage>(method, path),
    onSuccess: (answer) => queries.setQueryData(key, answer),
    onError: toastProblem,
  })
  return { check: data, begin: () => mutate('POST'), cancel: () => mutate('DELETE'), isPending }
}

export const useDayCurve = (day: string | undefined, isToday: boolean) =>
  useQuery({
    queryKey: ['records', 'curve', day],
    queryFn: ({ signal }) => get<DayCurveMessage>(`/records/curve${searchText({ day })}`, signal),
    enabled: day !== undefined,
    refetchInterval: ({ state }) => {
      const again = againAfter(state.data?.record, isToday)
      return again === 3_000 ? 10_000 : again
    },
  })

/** The desk at an instant; the one before stays in sight while the next is fetched. */
export const useReplay = (day: string | undefined, at: number | undefined) =>
  useQuery({
    queryKey: ['records', 'replay', day, at],
    queryFn: ({ signal }) => get<ReplayMessage>(`/journal/replay${searchText({ day, at })}`, signal),
    enabled: day !== undefined && at !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    refetchInterval: ({ state }) =>
      state.data && !state.data.record.isWhole && !state.data.state ? 1_000 : false,
  })
