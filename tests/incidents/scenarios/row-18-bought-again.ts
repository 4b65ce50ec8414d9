import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { expectUnbroken } from '../laws.ts'
import type { Scenario } from '../scenario.ts'
import { ENDLESS } from '../stage.ts'

export const boughtAgain: Scenario = {
  row: 18,
  title: 'what was sold is not bought again straight away, however often the condition says so',
  play: async (stage, expect) => {
    await stage.fault('duplicatePush', { apiId: '02', count: ENDLESS })
    await stage.until(() => stage.trader.view().roundTrips.length >= 3, 'round trips')
    await expectUnbroken(stage, expect)
    const fills = await stage.fills()
    const orders = await stage.orders()
    const when = new Map(orders.map(({ number, updatedAt }) => [number, updatedAt]))
    const { blockMs = 0 } = demoSettings().limits.rebuy
    expect(blockMs).toBeGreaterThan(0)
    const early = orders.filter(
      ({ side, action, instrument, enteredAt }) =>
        side === 'buy' &&
        action === 'new' &&
        fills.some((fill) => {
          const soldAt = when.get(fill.order) ?? 0
          const isSale = fill.side === 'sell' && fill.instrument === instrument
          return isSale && soldAt < enteredAt && enteredAt < soldAt + blockMs
        }),
    )
    expect(early).toEqual([])
  },
}
