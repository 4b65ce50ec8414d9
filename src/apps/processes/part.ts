import type { Bus } from '../../ports/bus.ts'
import type { Network } from '../../ports/network.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { Clock } from '../../std/clock.ts'
import type { ProbePoint } from '../../trading/engine/runner.ts'
import type { ProcessSetup } from './setup.ts'

/** What every process of a split system stands on. */
export interface PartContext {
  readonly bus: Bus
  readonly setup: ProcessSetup
  readonly clock: Clock
  readonly wall: Clock
  readonly network: Network
  /** Goes to the person at the supervisor, or to our own error output when nobody is there any more. */
  readonly notifier: Notifier
  readonly log: (line: string) => void
  readonly exit: (code: number) => void
  /** Crash drills only. */
  readonly probe?: (point: ProbePoint) => void
}

/** A process that runs. */
export interface Part {
  stop(): Promise<void>
}
