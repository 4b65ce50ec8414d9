import { brokerOffers } from '../../../src/model/broker-offers.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const mockServer: Scenario = {
  row: 33,
  title:
    'on the mock server, with a query a second and half of the APIs, the day goes well; what it lacks is a table',
  stage: { profile: 'mock' },
  play: async (stage, expect) => {
    const cell = {
      broker: 'kiwoom',
      venue: 'NXT',
      phase: 'continuous',
      inCallAuction: false,
      class: 'stock',
      type: 'limit',
      timeInForce: 'day',
    } as const
    expect(brokerOffers({ ...cell, environment: 'paper' }).offered).toBe(false)
    await stage.until(trades(stage, 4), 'fills', 60_000)
    const { difference } = await stage.settle()
    expect(difference).toMatchObject({ positions: 0, tax: 0 })
    // The mock takes 0.35 % where the house takes 0.015 %, which `environment: paper` knows and this stage's does not.
    expect(difference.commission).toBeLessThan(0)
    expect(difference.cash).toBe(-difference.commission)
    expect(await stage.strangers()).toEqual([])
    expect((await stage.orders()).filter(({ open }) => open > 0)).toEqual([])
  },
}
