import { placeRequest } from '../../../src/adapters/kiwoom/map-orders.ts'
import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { brokerOffers } from '../../../src/model/broker-offers.ts'
import { instrumentId, orderId } from '../../../src/model/ids.ts'
import { price, quantity } from '../../../src/model/money.ts'
import { EVERY_ORDER_TYPE, type OrderType, type TimeInForce } from '../../../src/model/order.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const TIMES: readonly TimeInForce[] = ['day', 'ioc', 'fok']
/** Orders of one second, with room for those of the trader. */
const SPACING_MS = 50

interface Asked {
  /** By the table. */
  readonly offered: boolean
  /** By the broker. */
  readonly isTaken: boolean
  readonly words: string | undefined
}

/** The table says before each order whether the venue has it now: here the broker is asked whether the table is right. */
export const orderTypes: Scenario = {
  row: 31,
  title: 'what the table of order types offers the broker takes, and what it denies the broker would refuse',
  stage: { settings: { ...demoSettings(), buys: [] } },
  play: async (stage, expect) => {
    // By the exchange: its opening call ends at random within half a minute of 09:00.
    await stage.until(() => stage.quoted() !== undefined, 'continuous trading')
    for (const type of EVERY_ORDER_TYPE)
      for (const timeInForce of TIMES) {
        const { offered, isTaken, words } = await ask(stage, type, timeInForce)
        expect([type, timeInForce, isTaken], words).toEqual([type, timeInForce, offered])
      }
  },
}

/** What the table offers and what the broker says; once more with another name when a VI began meanwhile. */
async function ask(stage: Stage, type: OrderType, timeInForce: TimeInForce): Promise<Asked> {
  await stage.wait(SPACING_MS)
  const tape = stage.quoted()
  if (!tape) throw new Error('nothing is quoted')
  const cell = { venue: 'KRX', class: tape.listing.instrument.class, type, timeInForce } as const
  const { offered } = brokerOffers({
    ...cell,
    phase: 'continuous',
    inCallAuction: false,
    broker: 'kiwoom',
    environment: 'simulated',
  })
  const request = placeRequest({
    ...cell,
    orderId: orderId('20261120-900001'),
    instrument: instrumentId(tape.id),
    side: 'buy',
    limit: price(tape.bid),
    stop: price(tape.bid),
    quantity: quantity(1),
    createdAt: stage.trader.view().now,
  })
  const answer = request.ok ? await stage.elsewhere(request.value.api, request.value.body) : undefined
  if (tape.inVi) return ask(stage, type, timeInForce)
  return { offered, isTaken: answer?.return_code === 0, words: answer?.return_msg }
}
