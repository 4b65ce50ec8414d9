import { useQuery } from '@tanstack/react-query'
import type { EstimateMessage, ReadingMessage, RiskMessage } from '../../../contract/risk.ts'
import { get } from '../../api/client.ts'

export const useRisk = () =>
  useQuery({
    queryKey: ['risk'],
    queryFn: ({ signal }) => get<RiskMessage>('/risk', signal),
    refetchInterval: 2_000,
  })

/** Made once a minute at most, so asking more often brings nothing; while the charts for it are read, how far that is. */
export const useEstimate = () =>
  useQuery({
    queryKey: ['risk', 'estimate'],
    queryFn: ({ signal }) => get<EstimateMessage | ReadingMessage>('/risk/estimate', signal),
    refetchInterval: ({ state: { data } }) => (data && 'reading' in data ? 1_000 : 60_000),
    staleTime: 30_000,
  })
