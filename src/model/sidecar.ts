import type { EpochMs } from '../std/clock.ts'
import type { Side } from './order.ts'
import { sessionsOf } from './sessions.ts'
import type { TradingDay } from './time.ts'

/** How far the futures on a market's index stand from their close of yesterday, in hundredths of a percent (500 is 5 %). */
export interface FuturesMove {
  readonly futures: number
  /** The same of the index they are written on; only KOSDAQ's rule asks for it. */
  readonly spot: number
}

interface SidecarRule {
  readonly futures: number
  /** Absent: the spot index is not asked. */
  readonly spot?: number
}

/** KOSPI200 futures 5 %; KOSDAQ150 futures 6 % and KOSDAQ150 itself 3 %. Source: rule book §1.8. */
const RULES: Readonly<Record<'KOSPI' | 'KOSDAQ', SidecarRule>> = {
  KOSPI: { futures: 500 },
  KOSDAQ: { futures: 600, spot: 300 },
}

/** The move has to last so long. Source: rule book §1.8. */
export const SIDECAR_SUSTAINED_MS = 60_000
/** Program orders of one side wait so long. Source: rule book §1.8. */
export const SIDECAR_LASTS_MS = 300_000

const FIRST_MS = 300_000
const LAST_MS = 2_400_000

/**
 * Which side of the program orders a move would stop: buys when the futures rose, sells when they fell; `undefined` when
 * it is not large enough. That it lasts a minute, and once a day, is the caller's to watch. Source: rule book §1.8.
 */
export function sidecarSide(market: 'KOSPI' | 'KOSDAQ', { futures, spot }: FuturesMove): Side | undefined {
  const rule = RULES[market]
  const reaches = (direction: 1 | -1) =>
    direction * futures >= rule.futures && (rule.spot === undefined || direction * spot >= rule.spot)
  if (reaches(1)) return 'buy'
  return reaches(-1) ? 'sell' : undefined
}

/**
 * When it may go off: not in the first five minutes of the regular session and not in its last forty; both ends are inside.
 * `undefined` on a closed day. Source: rule book §1.8.
 */
export function sidecarWindow(day: TradingDay): { readonly from: EpochMs; readonly to: EpochMs } | undefined {
  const windows = sessionsOf('KRX', day)
  const open = windows.find(({ phase }) => phase === 'continuous')?.from
  const close = windows.find(({ phase }) => phase === 'closingCall')?.to
  return open === undefined || close === undefined
    ? undefined
    : { from: open + FIRST_MS, to: close - LAST_MS }
}
