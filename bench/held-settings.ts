import { demoSettings } from '../src/apps/demo-settings.ts'
import { conditionId } from '../src/model/ids.ts'
import type { TradingSettings } from '../src/model/settings.ts'

/** Through the stop loss of a position bought at 10,000, inside the day's band. */
export const STOP_PRICE = 7_500

/** Twenty conditions, and a stop loss for every position that the line's account holds. */
export const heldSettings = (): TradingSettings => {
  const demo = demoSettings()
  const rule = demo.buys[0]
  if (!rule) throw new Error('the demo has buy conditions')
  const buys = Array.from({ length: 20 }, (_, i) => ({
    ...rule,
    condition: conditionId(String(i)),
    name: `조건${i}`,
  }))
  const exits = { stopLossRatio: 0.2, trailing: [{ activateRatio: 0.1, giveBackRatio: 0.01 }] }
  return {
    ...demo,
    buys,
    sells: [],
    exits: { ...exits, order: { kind: 'market' }, protectiveOrder: { kind: 'market' } },
  }
}
