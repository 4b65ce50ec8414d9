import { expect } from 'vitest'
import { demoSettings } from '../../src/apps/demo-settings.ts'
import type { TradingSettings } from '../../src/model/settings.ts'
import { expectUnbroken, isUrgent, toldFills } from './laws.ts'
import { ENDLESS, type Stage, type StageSettings } from './stage.ts'

/** One thing that happened to somebody, at Kiwoom or elsewhere, played against the whole trader. */
export interface Scenario {
  /** Row of the list of complaints. */
  readonly row: number
  readonly title: string
  readonly stage?: Partial<StageSettings>
  readonly play: (stage: Stage) => Promise<void>
}

const holds = (stage: Stage) => () => stage.trader.view().positions.length > 0
const trades = (stage: Stage, more = 3) => {
  const before = stage.trader.view().counts.fills
  return () => stage.trader.view().counts.fills >= before + more
}
const isLive = (stage: Stage) => () => stage.trader.health().feed.state === 'live'
const patientStops = { ...demoSettings().exits, maxHoldMs: 30 * 60_000 }

const sharesOf = (fills: readonly { readonly side: string; readonly quantity: number }[]): number =>
  fills.reduce((sum, { side, quantity }) => sum + (side === 'buy' ? quantity : -quantity), 0)
const ownShares = (stage: Stage): number =>
  stage.trader.view().positions.reduce((sum, { quantity }) => sum + quantity, 0)

const quickToCancel: TradingSettings['unfilled'] = {
  ...demoSettings().unfilled,
  buy: { afterMs: 10_000, then: 'cancel', times: 0, finally: 'cancel' },
}

export const SCENARIOS: readonly Scenario[] = [
  {
    row: 11,
    title: 'a restart amid lost replies sends nothing twice',
    play: async (stage) => {
      await stage.fault('loseReplyAfterAccept', { apiId: 'kt10000', count: 2 })
      await stage.until(async () => (await stage.orders()).length >= 2, 'two orders')
      await stage.restart()
      await stage.until(async () => (await stage.fills()).length >= 3, 'trading goes on')
      await expectUnbroken(stage)
    },
  },
  {
    row: 12,
    title: 'an unknown outcome is neither taken for a rejection nor for an order',
    play: async (stage) => {
      await stage.fault('loseReplyAfterAccept', { apiId: 'kt10000', count: 2 })
      await stage.fault('loseRequestBeforeAccept', { apiId: 'kt10000', count: 2 })
      await stage.fault('serverError', { apiId: 'kt10000', mode: 'taken' })
      await stage.fault('loseReplyAfterAccept', { apiId: 'kt10001', count: 1 })
      await stage.until(trades(stage, 6), 'fills')
      await expectUnbroken(stage)
    },
  },
  {
    row: 13,
    title: 'fills that were lost with the line are found again',
    play: async (stage) => {
      await stage.fault('killDuringFill', { count: 2 })
      await stage.until(async () => (await stage.fills()).length > 0, 'a fill at the broker')
      await stage.until(isLive(stage), 'the line is back')
      await stage.until(trades(stage, 4), 'fills')
      await expectUnbroken(stage)
    },
  },
  {
    row: 14,
    title: 'a trade made elsewhere moves the cash, and is alarmed within minutes',
    stage: { settings: { ...demoSettings(), buys: [] } },
    play: async (stage) => {
      await stage.until(() => stage.trader.view().accountKnown, 'the account')
      await stage.wait(500)
      await stage.byPhone()
      await stage.until(() => isUrgent(stage, /원장이 증권사와 다릅니다/), 'the alarm')
      await stage.until(holds(stage), 'the holding taken over')
      const proof = await stage.trader.proof()
      expect(proof.difference).toMatchObject({ cash: 0, positions: 0 })
    },
  },
  {
    row: 16,
    title: 'cancels that fail are repeated a few times, never for ever',
    stage: { settings: { ...demoSettings(), unfilled: quickToCancel } },
    play: async (stage) => {
      await stage.fault('serverError', { apiId: 'kt10003', count: 2 })
      await stage.fault('loseReplyAfterAccept', { apiId: 'kt10003', count: 1 })
      await stage.until(trades(stage, 2), 'fills')
      await expectUnbroken(stage)
      const cancels = stage.requests.filter((id) => id === 'kt10003').length
      expect(cancels).toBeLessThanOrEqual(2 * stage.trader.view().counts.orders + 10)
    },
  },
  {
    row: 17,
    title: 'an order that filled behind a 429 is not sent again',
    play: async (stage) => {
      await stage.fault('throttleGhost', { apiId: 'kt10000', count: 3 })
      await stage.fault('throttle', { apiId: 'kt10000', count: 2 })
      await stage.fault('throttleGhost', { apiId: 'kt10001', count: 2 })
      await stage.until(trades(stage, 6), 'fills')
      await expectUnbroken(stage)
    },
  },
  {
    row: 18,
    title: 'what was sold is not bought again straight away, however often the condition says so',
    play: async (stage) => {
      await stage.fault('duplicatePush', { apiId: '02', count: ENDLESS })
      await stage.until(() => stage.trader.view().roundTrips.length >= 3, 'round trips')
      await expectUnbroken(stage)
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
  },
  {
    row: 20,
    title: 'an empty balance answer takes no position and no stop away',
    stage: { settings: { ...demoSettings(), exits: patientStops } },
    play: async (stage) => {
      await stage.until(holds(stage), 'a position')
      stage.trader.command({ do: 'pauseBuying' })
      await stage.wait(1_500)
      // Again and again, for minutes: said often, it is still no word on the shares.
      const looks = () => stage.requests.filter((id) => id === 'kt00018').length
      const asked = looks()
      await stage.fault('emptyBalance', { count: 10 })
      await stage.until(() => looks() >= asked + 5, 'five looks')
      expect(isUrgent(stage, /원장이 증권사와 다릅니다/)).toBe(true)
      expect(isUrgent(stage, /원장을 정정했습니다/)).toBe(false)
      // What was not sold by its stop meanwhile is held with its stop.
      await stage.until(async () => sharesOf(await stage.fills()) === ownShares(stage), 'all shares known')
      for (const { stopPrice } of stage.trader.view().positions) expect(stopPrice).toBeGreaterThan(0)
      await expectUnbroken(stage)
    },
  },
  {
    row: 21,
    title: 'a phantom holding, and one told twice, do not enter the books',
    play: async (stage) => {
      await stage.until(holds(stage), 'a position')
      await stage.fault('phantomHolding', { mode: 'twice', count: 2 })
      await stage.wait(1_200)
      await stage.fault('phantomHolding', { mode: 'stranger', count: 1 })
      await stage.wait(1_200)
      await expectUnbroken(stage)
    },
  },
  {
    row: 22,
    title: 'people hear of a sale when the broker has sold, not when we asked',
    play: async (stage) => {
      await stage.fault('loseRequestBeforeAccept', { apiId: 'kt10001', count: 3 })
      await stage.fault('serverError', { apiId: 'kt10001', mode: 'empty', count: 2 })
      await stage.until(() => stage.trader.view().roundTrips.length >= 2, 'round trips')
      await expectUnbroken(stage)
      expect(toldFills(stage)).toBe((await stage.fills()).length)
    },
  },
  {
    row: 23,
    title: "a server's failure is told with its code, not as a delay",
    play: async (stage) => {
      await stage.fault('serverError', { apiId: 'kt10000', mode: 'html', count: 2 })
      await stage.until(() => stage.notices.some(({ ko }) => ko.includes('502')), 'the code')
      await stage.until(trades(stage), 'fills')
      await expectUnbroken(stage)
    },
  },
  {
    row: 25,
    title: 'tokens that are void and a house that closes for maintenance end in trading again',
    stage: { hurry: 20 },
    play: async (stage) => {
      await stage.until(trades(stage, 1), 'fills')
      await stage.fault('expireToken')
      await stage.until(trades(stage, 1), 'fills with a new token')
      await stage.fault('revokeToken')
      await stage.until(isLive(stage), 'the line is back')
      await stage.fault('maintenance', { ms: 1_500 })
      await stage.until(() => isUrgent(stage, /시세 연결이 끊겼습니다/), 'the alarm')
      await stage.wait(1_500)
      await stage.until(isLive(stage), 'the line is back')
      await stage.until(trades(stage, 2), 'fills after maintenance')
      await expectUnbroken(stage)
    },
  },
  {
    row: 27,
    title: 'new fields disturb nobody, and missing ones are not read as nothing',
    play: async (stage) => {
      await stage.fault('missingFields', { apiId: 'kt00018', fields: ['rmnd_qty'], count: 2 })
      await stage.fault('missingFields', { apiId: 'kt00001', count: 1 })
      await stage.fault('missingFields', { apiId: '00', fields: ['911'], count: 1 })
      for (const apiId of [
        'kt10000',
        'kt10001',
        'kt00007',
        'kt00018',
        'kt00001',
        'ka10100',
        '00',
        '0B',
        '02',
      ])
        await stage.fault('extraFields', { apiId, count: ENDLESS })
      await stage.until(trades(stage, 6), 'fills')
      await expectUnbroken(stage)
    },
  },
  {
    row: 28,
    title:
      'a line that dies, goes silent or speaks in fragments is noticed, replaced, and stops are not blind',
    stage: { hurry: 20 },
    play: async (stage) => {
      await stage.until(holds(stage), 'a position')
      await stage.fault('corruptFrame', { count: 5 })
      await stage.fault('dropSocket')
      await stage.until(() => isUrgent(stage, /시세 연결이 끊겼습니다/), 'the alarm')
      await stage.until(isLive(stage), 'the line is back')
      await stage.fault('halfOpen')
      await stage.until(() => isUrgent(stage, /60초 동안 소식 없음/), 'the silence is noticed')
      await stage.until(isLive(stage), 'the line is back')
      await stage.until(trades(stage, 2), 'fills')
      await expectUnbroken(stage)
    },
  },
  {
    row: 29,
    title: 'pages that repeat, and requests that are lost, end the question and not the day',
    play: async (stage) => {
      await stage.fault('repeatPage', { apiId: 'kt00007', count: 2 })
      await stage.fault('repeatPage', { apiId: 'kt00018', count: 2 })
      await stage.fault('loseReplyAfterAccept', { apiId: 'kt10000', count: 1 })
      await stage.fault('loseRequestBeforeAccept', { apiId: 'kt00007', count: 1 })
      await stage.until(trades(stage, 5), 'fills')
      await expectUnbroken(stage)
    },
  },
]

/** Not of the list, but of the vendor's own rules: a newer login of the same key ends ours. */
export const OTHER_LOGIN: Scenario = {
  row: 0,
  title: 'another login of the key is alarmed, and not fought over',
  play: async (stage) => {
    await stage.until(isLive(stage), 'the line')
    await stage.fault('duplicateLogin')
    await stage.until(() => isUrgent(stage, /같은 앱키로 다른 곳에서 접속/), 'the alarm')
    await stage.wait(2_500)
    expect(stage.trader.health().feed.state).toBe('down')
  },
}

/** Pushes late, twice, out of order, on a line whose clock is wrong: the books know the order of things themselves. */
export const WILD_STREAM: Scenario = {
  row: 13,
  title: 'fills that come late, twice and out of order are counted once',
  play: async (stage) => {
    for (const kind of ['delayPush', 'duplicatePush', 'reorderPush'] as const)
      await stage.fault(kind, { apiId: '00', count: 5, ms: 400 })
    await stage.fault('clockSkew', { ms: -30_000 })
    await stage.until(trades(stage, 8), 'fills')
    await expectUnbroken(stage)
  },
}
