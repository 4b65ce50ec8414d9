import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type {
  BarMessage,
  BarsMessage,
  ChartInterval,
  IndicatorName,
  IndicatorsMessage,
  InstrumentMessage,
  NamedInstrument,
} from '../../../contract/chart.ts'
import type { OrderMessage, PositionMessage, TripMessage } from '../../../contract/live.ts'
import type { FillsPage } from '../../../contract/records.ts'
import { get, isNotFound } from '../../api/client.ts'
import { daysQuery } from '../../api/records.ts'
import { followTicks, useLive } from '../../state/live.ts'
import { afterTicks, NO_TICKS, type Ticker } from './ladder-view.ts'
import { barsOf, type FillMark, formBar, OWN_BARS, runningAfter, withOwn } from './view.ts'

/** Bars are fetched again so long after one has closed: the broker's chart needs a moment to have it. */
const FETCH_AFTER_MS = 4_000
/** Without prints nothing closes here, while the broker's chart may still go on. */
const FETCH_IDLE_MS = 60_000

/** Without its limits nothing of it can be ordered: what was not answered is asked again. */
const ASK_AGAIN_MS = 5_000

export const useInstrument = (instrument: string) =>
  useQuery({
    queryKey: ['instrument', instrument],
    queryFn: ({ signal }) => get<InstrumentMessage>(`/instruments/${instrument}`, signal),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.error && !isNotFound(state.error) ? ASK_AGAIN_MS : false),
  })

export const useInstruments = (text: string) =>
  useQuery({
    queryKey: ['instruments', text],
    queryFn: ({ signal }) =>
      get<readonly NamedInstrument[]>(`/instruments?q=${encodeURIComponent(text)}`, signal),
    placeholderData: keepPreviousData,
  })

export interface Bars {
  readonly closed: readonly BarMessage[]
  readonly sessions: BarsMessage['sessions']
  /** The forming bar when `closed` came; from then on prints form it. */
  readonly running: BarMessage | undefined
  readonly error: unknown
  readonly isLoading: boolean
  readonly again: () => void
}

/** What prints have made on this screen, of one instrument and length. */
interface Formed {
  readonly key: string
  readonly running: BarMessage | undefined
  readonly closed: readonly BarMessage[]
}

/** Closed bars, and the one that forms: `onBar` hears every change of it. */
export function useBars(instrument: string, interval: ChartInterval, onBar: (bar: BarMessage) => void): Bars {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['bars', instrument, interval],
    queryFn: ({ signal }) => get<BarsMessage>(`/bars/${instrument}?interval=${interval}`, signal),
    refetchInterval: ({ state }) => (isNotFound(state.error) ? false : FETCH_IDLE_MS),
  })
  const key = `${instrument} ${interval}`
  const formed = useRef<Formed>({ key, running: undefined, closed: [] })
  if (formed.current.key !== key) formed.current = { key, running: undefined, closed: [] }
  const hear = useRef(onBar)
  hear.current = onBar
  const closed = useMemo(
    () => withOwn(query.data ? barsOf(query.data, interval) : [], formed.current.closed),
    [query.data, interval],
  )
  const running = useMemo(() => {
    const { current } = formed
    formed.current = { ...current, running: runningAfter(closed, query.data?.running, current.running) }
    return formed.current.running
  }, [closed, query.data])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const fetchSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void queries.invalidateQueries({ queryKey: ['bars', instrument, interval] })
        void queries.invalidateQueries({ queryKey: ['indicators', instrument, interval] })
      }, FETCH_AFTER_MS)
    }
    const stop = followTicks(instrument, (ticks) => {
      const before = formed.current.running
      for (const tick of ticks) {
        if (tick.kind !== 'trade') continue
        const { running: was, closed: own } = formed.current
        const now = formBar(was, tick, interval)
        const isNext = was !== undefined && now !== undefined && now.at > was.at
        formed.current = { key, running: now, closed: isNext ? [...own, was].slice(-OWN_BARS) : own }
        if (isNext) fetchSoon()
      }
      const { running: now } = formed.current
      if (now && now !== before) hear.current(now)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [key, instrument, interval, queries])

  return {
    closed,
    running,
    sessions: query.data?.sessions ?? [],
    error: query.data ? undefined : query.error,
    isLoading: query.isPending,
    again: () => void query.refetch(),
  }
}

export const useIndicators = (
  instrument: string,
  interval: ChartInterval,
  names: readonly IndicatorName[],
): IndicatorsMessage | undefined =>
  useQuery({
    queryKey: ['indicators', instrument, interval, names.join(',')],
    queryFn: ({ signal }) =>
      get<IndicatorsMessage>(
        `/indicators/${instrument}?interval=${interval}&names=${names.join(',')}`,
        signal,
      ),
    enabled: names.length > 0,
    refetchInterval: FETCH_IDLE_MS,
  }).data

/** The day's fills where a record of them is kept. */
export function useFills(instrument: string): readonly FillMark[] | undefined {
  const fillCount = useLive(({ state }) => state?.desk.counts.fills)
  const isKept = (useQuery(daysQuery).data?.days.length ?? 0) > 0
  return useQuery({
    queryKey: ['fills', instrument, fillCount],
    queryFn: ({ signal }) => get<FillsPage>(`/fills?instrument=${instrument}&limit=200`, signal),
    retry: false,
    enabled: isKept,
    placeholderData: keepPreviousData,
  }).data?.fills.filter((fill) => fill.instrument === instrument)
}

/** Prints and quotes of an instrument, drawn at most once a frame. */
export function useTicker(instrument: string): Ticker {
  const [shown, setShown] = useState({ instrument, ticker: NO_TICKS })
  useEffect(() => {
    let ticker = NO_TICKS
    let frame = 0
    const draw = () => {
      frame = 0
      setShown({ instrument, ticker })
    }
    const stop = followTicks(instrument, (ticks) => {
      ticker = afterTicks(ticker, ticks)
      if (frame === 0) frame = requestAnimationFrame(draw)
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [instrument])
  return shown.instrument === instrument ? shown.ticker : NO_TICKS
}

const NONE: Readonly<Record<string, never>> = {}

export interface Own {
  readonly position: PositionMessage | undefined
  readonly orders: readonly OrderMessage[]
  readonly trips: readonly TripMessage[]
}

/** What is ours in an instrument. */
export function useOwn(instrument: string): Own {
  const position = useLive(({ state }) => state?.positions[instrument])
  const orders = useLive(({ state }) => state?.orders ?? NONE)
  const trips = useLive(({ state }) => state?.trips ?? NONE)
  return useMemo(
    () => ({
      position,
      orders: Object.values(orders).filter((order) => order.instrument === instrument),
      trips: Object.values(trips).filter((trip) => trip.instrument === instrument),
    }),
    [instrument, position, orders, trips],
  )
}
