import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

const demo = demoSettings()
/** Limits below the market and short patience: many amends and cancels. */
const restless = {
  ...demo,
  buys: demo.buys.map((rule) => ({ ...rule, order: { kind: 'limit', from: 'bid', ticks: -1 } as const })),
  unfilled: { ...demo.unfilled, buy: { afterMs: 10_000, then: 'reprice', times: 1, finally: 'cancel' } },
} as const

export const cancelVenue: Scenario = {
  row: 30,
  title: 'amends and cancels go where their order went, and nowhere else',
  stage: { settings: restless },
  play: async (stage, expect) => {
    const changes = () => stage.sent.filter(({ api }) => api === 'kt10002' || api === 'kt10003')
    await stage.until(() => changes().length >= 6, 'six amends and cancels')
    await stage.until(trades(stage, 1), 'a fill')
    await expectUnbroken(stage, expect)
    const placed = stage.sent.filter(({ api }) => api === 'kt10000' || api === 'kt10001')
    const venueOf = new Map((await stage.orders()).map(({ ordNo, route }) => [ordNo, route]))
    for (const { body } of changes()) expect(venueOf.get(String(body.orig_ord_no))).toBe(body.dmst_stex_tp)
    expect(new Set(placed.map(({ body }) => body.dmst_stex_tp))).toEqual(new Set(['KRX']))
  },
}
