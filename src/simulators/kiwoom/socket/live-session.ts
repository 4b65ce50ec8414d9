import type { SimulatorSession } from '../wire.ts'
import type { RealEvent } from './frame.ts'
import type { Registrations } from './registrations.ts'

/** One connection seen from the inside. */
export interface LiveSession extends SimulatorSession {
  readonly appKey: string | undefined
  readonly registrations: Registrations
  /** Realtime conditions this connection follows. */
  readonly conditions: Set<string>
  listed: boolean
  /** Which key order the next event is written in. */
  valuesFirst(): boolean
  queue(event: RealEvent): void
  /** Sends what is queued. */
  flush(): void
  say(message: Readonly<Record<string, unknown>>): void
  /** SYSTEM frame, then close. */
  end(code: keyof typeof SYSTEM): void
  drop(): void
  /** The line stays open, and nothing passes it any more. */
  freeze(): void
}

/** SYSTEM frames before a close. Source: recorded. */
export const SYSTEM = {
  R10001: '동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다',
  R10002: '사용자 프로그램으로부터 Heartbeat(연결유지) 메시지가 오지않아서 접속을 종료합니다',
  R10004: '로그인 전에 요청을 할 수 없습니다. 로그인 후 이용하시기 바랍니다',
} as const
