import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  BacktestRun,
  CostsMessage,
  DataSetMessage,
  ListedNameMessage,
  PlayableStrategy,
  RunMessage,
  RunRequest,
  SweepRun,
  TrialLedgerMessage,
} from '../../../contract/backtest.ts'
import { api, get } from '../../api/client.ts'
import { toast, toastProblem } from '../../parts/toasts.tsx'
import { isActive } from './view.ts'

const LIVELY_MS = 1_000
const QUIET_MS = 20_000

export const catalogQuery = queryOptions({
  queryKey: ['catalog'],
  queryFn: ({ signal }) =>
    get<{ sets: readonly DataSetMessage[]; indexes: readonly string[] }>('/catalog', signal),
  staleTime: 60_000,
})

export const playableQuery = queryOptions({
  queryKey: ['playable'],
  queryFn: ({ signal }) =>
    get<{ strategies: readonly PlayableStrategy[]; files: readonly string[] }>(
      '/backtests/strategies',
      signal,
    ),
  staleTime: 60_000,
})

export const namesQuery = (set: string) =>
  queryOptions({
    queryKey: ['catalog-names', set],
    queryFn: ({ signal }) =>
      get<{ names: readonly ListedNameMessage[] }>(`/catalog/names?set=${encodeURIComponent(set)}`, signal),
    enabled: set !== '',
    staleTime: 300_000,
    retry: false,
  })

export const costsQuery = (body: object | undefined) =>
  queryOptions({
    queryKey: ['backtest-costs', body],
    queryFn: ({ signal }) => api<CostsMessage>('POST', '/backtests/costs', body, signal),
    enabled: body !== undefined,
    staleTime: 300_000,
    retry: false,
    placeholderData: (before) => before,
  })

/** Backtests and sweeps together, newest first; asked for often while one runs. */
export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: async ({ signal }) => {
    const of = (path: string) => get<{ runs: readonly RunMessage[] }>(path, signal)
    const [backtests, sweeps] = await Promise.all([of('/backtests'), of('/sweeps')])
    return [...backtests.runs, ...sweeps.runs].toSorted((a, b) => b.createdAt - a.createdAt)
  },
  refetchInterval: ({ state }) => (state.data?.some(isActive) ? LIVELY_MS : QUIET_MS),
})

export const backtestQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtest', id],
    queryFn: ({ signal }) => get<BacktestRun>(`/backtests/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && isActive(state.data.run) ? LIVELY_MS : false),
  })

export const sweepQuery = (id: string) =>
  queryOptions({
    queryKey: ['sweep', id],
    queryFn: ({ signal }) => get<SweepRun>(`/sweeps/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && isActive(state.data.run) ? LIVELY_MS : false),
  })

export const ledgerQuery = queryOptions({
  queryKey: ['trials'],
  queryFn: ({ signal }) => get<TrialLedgerMessage>('/trials', signal),
})

export const useRuns = () => useQuery(runsQuery)

const pathOf = ({ kind, id }: Pick<RunMessage, 'kind' | 'id'>): string =>
  `/${kind === 'backtest' ? 'backtests' : 'sweeps'}/${id}`

export const reportPath = (run: RunMessage): string => `/api/v1${pathOf(run)}/report`
export const tablePath = (run: RunMessage): string =>
  `/api/v1${pathOf(run)}/${run.kind === 'backtest' ? 'trades.csv' : 'trials.csv'}`

/** Starts, cancels, removes, resumes and pins; the list shows it at once. */
export function useRunActions() {
  const queries = useQueryClient()
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['runs'] })
    void queries.invalidateQueries({ queryKey: ['backtest'] })
    void queries.invalidateQueries({ queryKey: ['sweep'] })
    void queries.invalidateQueries({ queryKey: ['trials'] })
  }
  const start = useMutation({
    mutationFn: ({ kind, request }: RunRequest) =>
      api<RunMessage>('POST', kind === 'backtest' ? '/backtests' : '/sweeps', request),
    onSuccess: () => toast('good', { ko: '시작했습니다', en: 'Started' }),
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: (run: RunMessage) => api<{ outcome: string }>('DELETE', pathOf(run)),
    onSuccess: ({ outcome }) =>
      toast(
        'good',
        outcome === 'cancelled'
          ? { ko: '취소했습니다', en: 'Cancelled' }
          : { ko: '지웠습니다', en: 'Removed' },
      ),
    onError: toastProblem,
    onSettled: again,
  })
  const resume = useMutation({
    mutationFn: (run: RunMessage) => api<RunMessage>('POST', `${pathOf(run)}/resume`),
    onSuccess: () => toast('good', { ko: '다시 시작했습니다', en: 'Going on' }),
    onError: toastProblem,
    onSettled: again,
  })
  const pin = useMutation({
    mutationFn: (run: RunMessage) => api<RunMessage>('PUT', `${pathOf(run)}/pin`, { pinned: !run.pinned }),
    onError: toastProblem,
    onSettled: again,
  })
  return { start, remove, resume, pin }
}
