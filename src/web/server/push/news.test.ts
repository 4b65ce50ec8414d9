import { describe, expect, it } from 'vitest'
import { price, quantity } from '../../../model/money.ts'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import { noticeOfFill } from '../../../trading/notify/notice.ts'
import type { HappeningMessage, LiveState, TripMessage } from '../../contract/live.ts'
import { liveStateOf } from '../live/live-state.ts'
import { cannedView } from '../testing/canned-desk.ts'
import { createCannedLine } from '../testing/canned-line.ts'
import { newsBetween } from './news.ts'

const shown = createCannedLine(createVirtualClock(0)).shown()
if (!shown) throw new Error('the canned line shows itself at once')
const quiet: LiveState = { ...liveStateOf(shown, 'up'), happenings: {}, trips: {} }

const said = (level: HappeningMessage['level'], en: string, at = 1): HappeningMessage => ({
  at,
  level,
  ko: en,
  en,
})
const withSaid = (...rows: HappeningMessage[]): LiveState => ({
  ...quiet,
  happenings: Object.fromEntries(rows.map((row, index) => [`${row.at}.${index}`, row])),
})

const trip: TripMessage = {
  instrument: '005930',
  name: '삼성전자',
  quantity: 40,
  buyValue: 2_836_000,
  sellValue: 2_756_000,
  costs: 5_000,
  realizedPnl: -85_000,
  openedAt: 1,
  closedAt: 2,
  entry: '1',
  exit: 'stopLoss',
  exitReason: '평균가 대비 −3.0%',
}

describe('news', () => {
  it('is nothing at the first look, because then all of it would be new', () => {
    expect(newsBetween(undefined, { ...withSaid(said('urgent', 'a')), trips: { 0: trip } })).toEqual([])
  })

  it('is an alarm once, and not again while it stays in the list', () => {
    const after = withSaid(said('urgent', 'The market feed is down'))
    expect(newsBetween(quiet, after)).toMatchObject([
      { kind: 'alarm', title: { en: 'Garam alarm' }, body: { en: 'The market feed is down' }, url: '/' },
    ])
    expect(newsBetween(after, after)).toEqual([])
  })

  it('is a stop that sold, with what it brought', () => {
    expect(newsBetween(quiet, { ...quiet, trips: { 0: trip } })).toMatchObject([
      {
        kind: 'stop',
        title: { ko: '삼성전자 손절', en: 'Stop-loss: 삼성전자' },
        body: { ko: '40주 매도, 실현손익 −85,000원. 평균가 대비 −3.0%' },
        url: '/chart/005930',
      },
    ])
  })

  it('is not a sale that took its profit', () => {
    expect(newsBetween(quiet, { ...quiet, trips: { 0: { ...trip, exit: 'takeProfit' } } })).toEqual([])
  })

  it('is the first stop of a day whose numbers begin anew', () => {
    const yesterday = { ...quiet, trips: { 0: trip } }
    const today = { ...quiet, trips: { 0: { ...trip, closedAt: 99 } } }
    expect(newsBetween(yesterday, today)).toHaveLength(1)
  })

  it('is a fill in the words of the one place that writes them', () => {
    const order = cannedView(0).orders[0]
    if (!order) throw new Error('the canned desk has orders')
    const fill = {
      orderId: order.id,
      instrument: order.instrument,
      venue: order.venue,
      side: order.side,
      quantity: quantity(3),
      price: price(238_000),
      at: 1,
    } as Parameters<typeof noticeOfFill>[2]
    const { level, ko, en } = noticeOfFill('현대차', order, fill)
    expect(newsBetween(quiet, withSaid({ at: 1, level, ko, en }))).toMatchObject([
      { kind: 'fill', body: { ko }, url: '/orders' },
    ])
  })

  it('is not what is merely told', () => {
    expect(newsBetween(quiet, withSaid(said('info', 'feed is live'), said('warning', 'VI')))).toEqual([])
  })

  it('of a storm is one message that says how many', () => {
    const storm = withSaid(
      ...Array.from({ length: 12 }, (_, index) => said('urgent', `trouble ${index}`, index)),
    )
    expect(newsBetween(quiet, storm)).toMatchObject([
      { kind: 'alarm', title: { ko: '경보 12건' }, body: { en: 'trouble 11 and 11 more' } },
    ])
  })
})
