import { useQuery } from '@tanstack/react-query'
import type { EstimateMessage, RiskMessage } from '../../../contract/risk.ts'
import { get } from '../../api/client.ts'

export const useRisk = () =>
  useQuery({
    queryKey: ['risk'],
    queryFn: ({ signal }) => get<RiskMessage>('/risk', signal),
    refetchInterval: 2_000,
  })

/** Made once a minute at most, so asking more often brings nothing. */
export const useEstimate = () =>
  useQuery({
    queryKey: ['risk', 'estimate'],
    queryFn: ({ signal }) => get<EstimateMessage>('/risk/estimate', signal),
    refetchInterval: 60_000,
    staleTime: 30_000,
  })
