import type { Clock } from '../../../std/clock.ts'
import type { Fault, Faults } from '../faults.ts'
import { withExtraFields, withoutFields, withSkewedTimes } from '../spoiled-text.ts'
import { realFrame } from './frame.ts'

/** Stands between an event and the frame it leaves in. */
export interface PushFaults {
  /** What of the event (and of those held back for it) is to be queued now, in this order. */
  pass(event: string): readonly string[]
  /** Whether an event waits for the next of its type. */
  readonly holds: boolean
}

const LATE_MS = 1_000
const FILL = /"913":"체결"/

export function createPushFaults(settings: {
  readonly faults: Faults
  readonly wall: Clock
  /** Sends a text as it is, past the queue. */
  readonly send: (text: string) => void
  readonly drop: () => void
}): PushFaults {
  const { faults, wall, send, drop } = settings
  /** Events that wait for the next of their type. */
  const held = new Map<string, string>()

  const hold = (type: string, event: string, ms: number): readonly string[] => {
    held.set(type, event)
    wall.after(ms, () => {
      if (held.get(type) !== event) return
      held.delete(type)
      send(realFrame([event], false))
    })
    return []
  }

  const struck = (fault: Fault, type: string, event: string): readonly string[] => {
    const lateMs = fault.ms ?? LATE_MS
    switch (fault.kind) {
      case 'delayPush':
        wall.after(lateMs, () => send(realFrame([event], false)))
        return []
      case 'duplicatePush':
        return [event, event]
      case 'reorderPush':
        return hold(type, event, lateMs)
      case 'corruptFrame': {
        const frame = realFrame([event], false)
        send(frame.slice(0, frame.length / 2))
        return []
      }
      case 'killDuringFill':
        drop()
        return []
      case 'extraFields':
        return [rewritten(event, withExtraFields)]
      case 'missingFields':
        return [rewritten(event, (values) => (fault.fields ? withoutFields(values, fault.fields) : {}))]
      default:
        return [event]
    }
  }

  return {
    get holds() {
      return held.size > 0
    },
    pass(text) {
      const type = /"type":"([^"]*)"/.exec(text)?.[1] ?? ''
      const event = faults.skewMs === 0 ? text : rewritten(text, (all) => withSkewedTimes(all, faults.skewMs))
      const before = held.get(type)
      if (before !== undefined) {
        held.delete(type)
        return [event, before]
      }
      const fault = faults.strikePush(type, type === '00' && FILL.test(event))
      return fault ? struck(fault, type, event) : [event]
    },
  }
}

function rewritten(event: string, change: (values: unknown) => unknown): string {
  const whole = JSON.parse(event) as Record<string, unknown>
  return JSON.stringify({ ...whole, values: change(whole.values) })
}
