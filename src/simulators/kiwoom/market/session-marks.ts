import type { Phase } from '../../../model/session.ts'
import { closePriceSessionsOf, sessionsOf } from '../../../model/sessions.ts'
import type { TradingDay } from '../../../model/time.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { compactTime } from '../format.ts'

const MINUTE_MS = 60_000
/** The countdown to the opening starts twenty minutes before it. */
const OPENING_COUNTDOWN_MINUTES = 20

/** One `0s` frame of the day. */
export interface SessionMark {
  readonly at: EpochMs
  /** FID 215 */
  readonly code: string
  /** FID 20 */
  readonly time: string
  /** FID 214, `HHmmss` */
  readonly remaining: string
}

const span = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join('')
}

/**
 * P and Q 프리마켓, R and S 메인마켓, T and U 애프터마켓, V end of the closing-price board, W end of the day. Source: Kiwoom REST
 * API guide, FID 215 (of V the vendor's SDK says otherwise).
 */
function nxtMarks(day: TradingDay): readonly Pick<SessionMark, 'at' | 'code'>[] {
  const of = (phase: Phase) => sessionsOf('NXT', day).find((window) => window.phase === phase)
  const [pre, main, after] = [of('preMarket'), of('continuous'), of('afterMarket')]
  const marks: readonly (readonly [at: EpochMs | undefined, code: string])[] = [
    [pre?.from, 'P'],
    [pre?.to, 'Q'],
    [main?.from, 'R'],
    [main?.to, 'S'],
    [of('afterMarketEntry')?.from, 'T'],
    [after?.from, 'U'],
    [closePriceSessionsOf('NXT', day).at(-1)?.to, 'V'],
    [after?.to, 'W'],
  ]
  return marks.flatMap(([at, code]) => (at === undefined ? [] : [{ at, code }]))
}

/**
 * The session events of a KRX day, and where wanted those of NXT, in order of time: 0 countdown, 3 open, 2 countdown to the close, 4 and 8 close, a and b
 * after-hours at the closing price, 9 end of everything. Source: Kiwoom REST API guide, FID 215.
 */
export function sessionMarks(day: TradingDay, withNxt: boolean): readonly SessionMark[] {
  const windows = sessionsOf('KRX', day)
  const of = (phase: Phase) => windows.find((window) => window.phase === phase)
  const open = of('continuous')?.from
  const closing = of('closingCall')
  if (open === undefined || !closing) return []
  const marks: SessionMark[] = []
  const mark = (at: EpochMs, code: string, remaining = 0, time = compactTime(at)) =>
    marks.push({ at, code, time, remaining: span(remaining) })
  for (let minutes = OPENING_COUNTDOWN_MINUTES; minutes > 0; minutes--)
    mark(open - minutes * MINUTE_MS, '0', minutes * MINUTE_MS)
  mark(open, '3')
  for (let at = closing.from; at < closing.to; at += MINUTE_MS) mark(at, '2', closing.to - at)
  mark(closing.to, '4')
  mark(closing.to, '8', 0, '888888')
  const afterClose = of('postClose')
  if (afterClose) {
    mark(afterClose.from, 'a')
    mark(afterClose.to, 'b')
  }
  if (withNxt) for (const { at, code } of nxtMarks(day)) mark(at, code)
  const last = windows.at(-1)
  if (last) mark(last.to, '9', 0, '999999')
  return marks.sort((a, b) => a.at - b.at)
}
