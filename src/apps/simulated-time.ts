import type { Clock } from '../std/clock.ts'
import { refuse } from './io.ts'
import type { TimePlan } from './market-clock.ts'

/** A simulator that runs fast on a slow machine is late with everything, its answers too. */
const PATIENCE_MS = 20_000

/**
 * The market time of a running simulator: its day, time and speed are not ours, so it is asked. Refuses when no
 * simulator answers there.
 */
export async function simulatedTime(restUrl: string, wall: Clock): Promise<TimePlan> {
  const status = await ask(`${new URL(restUrl).origin}/control/status`)
  return { kind: 'scaled', startAt: status.now, speed: status.speed, wallOrigin: wall.now() }
}

async function ask(url: string): Promise<{ readonly now: number; readonly speed: number }> {
  const noSimulator = () =>
    refuse(
      `${url} 에서 시뮬레이터가 답하지 않습니다: garam simulate kiwoom 을 먼저 켜고 broker.hosts를 확인하세요`,
      `no simulator answers at ${url}: start garam simulate kiwoom and look at broker.hosts`,
    )
  const reply = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(noSimulator)
  const status: unknown = await reply.json().catch(noSimulator)
  const { now, speed } = (status ?? {}) as { readonly now?: unknown; readonly speed?: unknown }
  return typeof now === 'number' && typeof speed === 'number' ? { now, speed } : noSimulator()
}
