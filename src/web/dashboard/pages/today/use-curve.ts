import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { get } from '../../api/client.ts'
import { useLive } from '../../state/live.ts'
import { type EquityPoint, withLive } from './curve-shape.ts'

interface CurveAnswer {
  readonly startEquity?: number
  readonly points: readonly EquityPoint[]
}

const NONE: readonly EquityPoint[] = []

/** The day's equity: what the server remembers of it, once, and from then on what the live line says. */
export function useCurve(): { readonly points: readonly EquityPoint[]; readonly error: unknown } {
  const day = useLive(({ state }) => state?.clock.day)
  const { data, error } = useQuery({
    queryKey: ['curve', day],
    queryFn: ({ signal }) => get<CurveAnswer>('/curve', signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: day !== undefined,
  })
  const [points, setPoints] = useState(NONE)
  useEffect(() => setPoints(data?.points ?? NONE), [data])
  useEffect(
    () =>
      useLive.subscribe(({ state }, before) => {
        if (!state?.desk.accountKnown || state === before.state) return
        setPoints((known) => withLive(known, { at: state.clock.now, equity: state.desk.equity }))
      }),
    [],
  )
  return { points, error }
}
