import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type {
  BarInterval,
  ConditionChecked,
  ConditionTodayReply,
  InstrumentToday,
  VocabularyEntry,
} from '../../../contract/conditions.ts'
import type { StrategyKind } from '../../../contract/strategies.ts'
import { api, get } from '../../api/client.ts'
import { resting } from '../settings/use-settings.ts'

const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: async ({ signal }) =>
    (await get<{ readonly entries: readonly VocabularyEntry[] }>('/conditions/vocabulary', signal)).entries,
  staleTime: Number.POSITIVE_INFINITY,
})
export const useVocabulary = (): readonly VocabularyEntry[] => useQuery(vocabularyQuery).data ?? []

const kindsQuery = queryOptions({
  queryKey: ['strategy-kinds'],
  queryFn: async ({ signal }) =>
    (await get<{ readonly kinds: readonly StrategyKind[] }>('/strategies/kinds', signal)).kinds,
  staleTime: Number.POSITIVE_INFINITY,
})
export const useKinds = (): readonly StrategyKind[] => useQuery(kindsQuery).data ?? []

/** A text as the server reads it, asked when the fingers rest. `of`: the text that the answer is of. */
export function useChecked(text: string, interval: BarInterval) {
  const { data, isFetching } = useQuery({
    queryKey: ['condition', text, interval],
    queryFn: async ({ signal }) => {
      await resting(signal)
      const checked = await api<ConditionChecked>('POST', '/conditions/check', { text, interval }, signal)
      return { of: text, checked }
    },
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    ...(text.trim() === '' ? { of: '', checked: undefined } : { of: '', checked: undefined, ...data }),
    isFetching,
  }
}

interface Looking {
  readonly state: 'idle' | 'looking' | 'done'
  readonly found: readonly InstrumentToday[]
  readonly asked: number
  readonly error: unknown
}

const IDLE: Looking = { state: 'idle', found: [], asked: 0, error: undefined }

/** What a condition would have found, name by name, so that each shows as soon as it is known and can be broken off. */
export function useToday() {
  const [looking, setLooking] = useState<Looking>(IDLE)
  const running = useRef<AbortController | undefined>(undefined)
  const stop = useCallback(() => {
    running.current?.abort()
    setLooking((now) => ({ ...now, state: now.state === 'looking' ? 'done' : now.state }))
  }, [])
  const look = useCallback(async (text: string, interval: BarInterval, instruments: readonly string[]) => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    setLooking({ ...IDLE, state: 'looking', asked: instruments.length })
    for (const instrument of instruments) {
      try {
        const body = { text, interval, instruments: [instrument] }
        const reply = await api<ConditionTodayReply>('POST', '/conditions/today', body, mine.signal)
        setLooking((now) => ({ ...now, found: [...now.found, ...reply.instruments] }))
      } catch (error) {
        if (mine.signal.aborted) return
        setLooking((now) => ({ ...now, state: 'done', error }))
        return
      }
    }
    setLooking((now) => ({ ...now, state: 'done' }))
  }, [])
  return { looking, look, stop }
}
