import type { ExpectStatic } from 'vitest'
import { demoSettings } from '../../../src/apps/demo-settings.ts'
import type { InstrumentId } from '../../../src/model/ids.ts'
import type { Instrument, Route } from '../../../src/model/instrument.ts'
import type { Description, Quote, Trade } from '../../../src/model/market-event.ts'
import type { Price } from '../../../src/model/money.ts'
import type { Side } from '../../../src/model/order.ts'
import type { TradingSettings } from '../../../src/model/settings.ts'
import { stepTicks } from '../../../src/model/tick-size.ts'
import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const demo = demoSettings()

/** Limits below the market and short patience: many amends and cancels. */
const restless = (route: Route): TradingSettings => ({
  ...demo,
  buys: demo.buys.map((rule) => ({ ...rule, order: { kind: 'limit', from: 'bid', ticks: -1 } as const })),
  unfilled: { ...demo.unfilled, buy: { afterMs: 10_000, then: 'reprice', times: 1, finally: 'cancel' } },
  orders: { route, hours: 'regular', extendedEntries: false },
})

const isChange = ({ api }: { readonly api: string }) => api === 'kt10002' || api === 'kt10003'

/** Every amend and cancel so far named the exchange that its order had named; gives those names. */
async function venuesOfChanges(stage: Stage, expect: ExpectStatic): Promise<readonly unknown[]> {
  const routeOf = new Map((await stage.orders()).map(({ ordNo, route }) => [ordNo, route]))
  const changes = stage.sent.filter(isChange)
  for (const { body } of changes) expect(routeOf.get(String(body.orig_ord_no))).toBe(body.dmst_stex_tp)
  return changes.map(({ body }) => body.dmst_stex_tp)
}

const venuesOfOrders = (stage: Stage): ReadonlySet<unknown> =>
  new Set(
    stage.sent
      .filter(({ api }) => api === 'kt10000' || api === 'kt10001')
      .map(({ body }) => body.dmst_stex_tp),
  )

export const cancelVenue: Scenario = {
  row: 30,
  title: 'amends and cancels go where their order went, and nowhere else',
  stage: { settings: restless('KRX') },
  play: async (stage, expect) => {
    await stage.until(() => stage.sent.filter(isChange).length >= 6, 'six amends and cancels')
    await stage.until(trades(stage, 1), 'a fill')
    await expectUnbroken(stage, expect)
    await venuesOfChanges(stage, expect)
    expect(venuesOfOrders(stage)).toEqual(new Set(['KRX']))
  },
}

/** The same with two venues: some names trade at KRX alone, the others go to NXT, or to whichever the broker chooses. */
const betweenVenues = (route: 'NXT' | 'SOR'): Scenario => ({
  row: 30,
  title: `orders by ${route} are priced, amended and cancelled by ${route}, and what only KRX trades at KRX`,
  stage: { settings: restless(route), nxt: 0.5 },
  play: async (stage, expect) => {
    const sentBy = (api: string, venue: Route) => () =>
      stage.sent.filter((sent) => sent.api === api && sent.body.dmst_stex_tp === venue).length >= 2
    await stage.until(sentBy('kt10002', route), `two amends by ${route}`)
    await stage.until(sentBy('kt10003', route), `two cancels by ${route}`)
    await stage.until(sentBy('kt10003', 'KRX'), 'two cancels at KRX')
    await stage.until(trades(stage, 1), 'a fill')
    await expectUnbroken(stage, expect)
    await venuesOfChanges(stage, expect)
    expect(venuesOfOrders(stage)).toEqual(new Set([route, 'KRX']))
    expect(await ownPrices(stage, expect)).toBeGreaterThanOrEqual(2)
  },
})

export const cancelVenueNxt = betweenVenues('NXT')
export const cancelVenueSor = betweenVenues('SOR')

interface Sent {
  readonly instrument: InstrumentId
  readonly venue: Route
  readonly side: Side
  readonly limit?: Price
}
type Body = (Trade | Quote | Description) & {
  readonly effects: readonly { readonly do: string; readonly order?: Sent }[]
}

/**
 * Each buy stands one tick below the bid that its own board told last. A board that told nothing yet says nothing of the
 * price: the order counts from what is known of KRX. Gives how many were priced by a board other than KRX.
 */
async function ownPrices(stage: Stage, expect: ExpectStatic): Promise<number> {
  const listings = new Map<InstrumentId, Instrument>()
  const told = new Map<string, Trade | Quote>()
  let elsewhere = 0
  for await (const { kind, body } of stage.record()) {
    const heard = body as Body
    if (kind === 'event' && heard.kind === 'description') listings.set(heard.instrument, heard.listing)
    if (
      kind === 'event' &&
      (heard.kind === 'quote' || heard.kind === 'trade') &&
      listings.has(heard.instrument)
    )
      told.set(`${heard.instrument} ${heard.venue}`, heard)
    if (kind !== 'effects') continue
    for (const { do: act, order } of heard.effects) {
      const listing = order && listings.get(order.instrument)
      const own = order && told.get(`${order.instrument} ${order.venue}`)
      if ((act !== 'place' && act !== 'amend') || !listing || !own?.bid) continue
      if (order.side !== 'buy' || order.venue === 'KRX') continue
      expect(order.limit, JSON.stringify({ order, own })).toBe(stepTicks(listing, stage.day, own.bid, -1))
      elsewhere++
    }
  }
  return elsewhere
}
