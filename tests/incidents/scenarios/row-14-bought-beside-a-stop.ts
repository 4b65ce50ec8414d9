import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { isUrgent } from '../laws.ts'
import { ownShares } from '../looks.ts'
import type { Scenario } from '../scenario.ts'
import type { BrokerOrder, Stage } from '../stage.ts'

const demo = demoSettings()
/** A stop-limit rests at NXT for all that is held, and nothing but a stop sells. */
const guarded = {
  ...demo,
  sells: [],
  exits: {
    stopLossRatio: 0.08,
    trailing: [],
    order: demo.exits.order,
    protectiveOrder: demo.exits.protectiveOrder,
    atBroker: true,
  },
  orders: { route: 'NXT', hours: 'regular', extendedEntries: false },
} as const

const stopsOf = async (stage: Stage, instrument?: string): Promise<readonly BrokerOrder[]> =>
  (await stage.orders()).filter(
    (order) =>
      order.side === 'sell' &&
      order.open > 0 &&
      (instrument === undefined || order.instrument === instrument),
  )

const BOUGHT = 3

export const boughtBesideAStop: Scenario = {
  row: 14,
  title: 'shares bought elsewhere beside a stop of ours come into the books and under the stop',
  stage: { settings: guarded, nxt: 1 },
  play: async (stage, expect) => {
    await stage.until(async () => (await stopsOf(stage)).length > 0, 'a stop at the venue')
    stage.trader.command({ do: 'pauseBuying' })
    await stage.until(
      () => stage.trader.view().orders.every(({ type }) => type === 'stopLimit'),
      'nothing open but stops',
    )
    const before = ownShares(stage)
    const [stop] = await stopsOf(stage)
    const instrument = stop?.instrument
    const order = {
      dmst_stex_tp: 'KRX',
      stk_cd: instrument,
      ord_qty: String(BOUGHT),
      ord_uv: '',
      trde_tp: '3',
    }
    expect((await stage.elsewhere('kt10000', { ...order, cond_uv: '' })).return_code).toBe(0)
    await stage.until(() => ownShares(stage) === before + BOUGHT, 'the shares in the books')
    const held = stage.trader
      .view()
      .positions.find((position) => position.instrument === instrument)?.quantity
    expect(isUrgent(stage, /원장을 정정했습니다/)).toBe(true)
    await stage.until(
      async () => (await stopsOf(stage, instrument)).reduce((sum, { open }) => sum + open, 0) === held,
      'a stop for all of them',
    )
    const { difference } = await stage.settle()
    expect(difference).toMatchObject({ cash: 0, positions: 0 })
  },
}
