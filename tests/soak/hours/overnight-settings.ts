import { demoSettings } from '../../../src/apps/demo-settings.ts'
import type { TradingSettings } from '../../../src/model/settings.ts'
import { timeOfDay } from '../../../src/model/time.ts'

const LATE = { from: timeOfDay('09:00'), to: timeOfDay('15:20') }
const HOUR_MS = 3_600_000

/** The demo's lively day without its end: buys until the close, and what is held then is held over night. */
export function overnightSettings(): TradingSettings {
  const { buys, exits, ...rest } = demoSettings()
  const { endOfDay: _endOfDay, ...kept } = exits
  return {
    ...rest,
    buys: buys.map((rule) => ({ ...rule, window: LATE })),
    exits: { ...kept, maxHoldMs: HOUR_MS },
  }
}
