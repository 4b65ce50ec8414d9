import { useMemo } from 'react'
import type { RefusalMessage } from '../../../contract/live.ts'
import { useLive } from '../../state/live.ts'
import { mergedRefusals, type RefusalRow } from './view.ts'

/** The live line carries so many of the newest. */
const LIVE_ROWS = 200

export interface Refusals {
  /** Newest first; `undefined` until the trader has shown itself. */
  readonly rows: readonly RefusalRow[] | undefined
  /** The day had more than is here. */
  readonly hasMore: boolean
}

const NONE: readonly RefusalMessage[] = []

/** Every refusal of the day that is known here. `earlier`: what the record of the day says of it, where somebody asked. */
export function useRefusals(earlier: readonly RefusalMessage[] = NONE): Refusals {
  const live = useLive(({ state }) => state?.refusals)
  return useMemo(
    () => ({
      rows: live && mergedRefusals(earlier, live),
      hasMore: earlier.length === 0 && Object.keys(live ?? {}).length >= LIVE_ROWS,
    }),
    [earlier, live],
  )
}
