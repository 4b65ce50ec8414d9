import { currencyOf } from '../../model/home-venue.ts'
import type { Currency } from '../../model/money.ts'
import { moneyWords } from '../../model/money-words.ts'
import type { Fill, Order } from '../../model/order.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { VenueError } from '../../model/venue-error.ts'
import { never } from '../../std/invariant.ts'
import { sentenceOfVenueError } from './sentences.ts'
import { EXITS, percent, SIDES, shares } from './words.ts'

/** A line for people, without its time. `urgent` wakes them up. */
export interface Told extends Sentence {
  readonly level: 'info' | 'warning' | 'urgent'
}

/** A piece of an order traded. `order` is the order AFTER this fill; `name` the instrument's. */
export function noticeOfFill(name: string, order: Order, fill: Fill): Told {
  const [side, count, each] = [
    SIDES[fill.side],
    shares(fill.quantity),
    moneyWords(currencyOf(fill.venue), fill.price),
  ]
  const progress = `${order.filled}/${order.quantity}`
  return {
    level: 'info',
    ko: `${name} ${side.ko} 체결 ${count.ko} @ ${each.ko} (${progress}) — ${order.reason}`,
    en: `${name}: ${side.en} of ${count.en} filled at ${each.en} (${progress})`,
  }
}

/** A position is gone: what it brought, net of all costs, and why it was left. */
export function noticeOfExit(name: string, trip: RoundTrip, currency: Currency = 'KRW'): Told {
  const paid = trip.buyValue + trip.buyFees
  const ratio = paid === 0 ? 0 : trip.realizedPnl / paid
  const [exit, pnl] = [EXITS[trip.exit], moneyWords(currency, trip.realizedPnl)]
  return {
    level: 'info',
    ko: `${name} 청산 ${shares(trip.quantity).ko}: 실현손익 ${pnl.ko} (${percent(ratio)}) — ${trip.exitReason}`,
    en: `${name} closed, ${shares(trip.quantity).en}: ${pnl.en} (${percent(ratio)}), ${exit.en}`,
  }
}

/** What a person should know although nothing asked for it. */
export type Alert =
  | { readonly of: 'feedDown'; readonly detail: string }
  | { readonly of: 'feedLive' }
  | { readonly of: 'orderRefused'; readonly name: string; readonly order: Order; readonly error: VenueError }
  | { readonly of: 'orderInDoubt'; readonly name: string; readonly order: Order; readonly error: VenueError }
  | { readonly of: 'ledgerDiffers'; readonly what: string; readonly ours: number; readonly theirs: number }
  | { readonly of: 'unexpected'; readonly what: string }

const orderText = (name: string, order: Order): Sentence => ({
  ko: `${name} ${SIDES[order.side].ko} ${shares(order.quantity).ko} (${order.id})`,
  en: `${SIDES[order.side].en} of ${shares(order.quantity).en} of ${name} (${order.id})`,
})

export function noticeOf(alert: Alert): Told {
  switch (alert.of) {
    case 'feedDown':
      return {
        level: 'urgent',
        ko: `시세 연결이 끊겼습니다: ${alert.detail}`,
        en: `The market feed is down: ${alert.detail}`,
      }
    case 'feedLive':
      return { level: 'info', ko: '시세가 연결되었습니다', en: 'The market feed is live' }
    case 'orderRefused':
    case 'orderInDoubt': {
      const [order, error] = [orderText(alert.name, alert.order), sentenceOfVenueError(alert.error)]
      return { level: 'warning', ko: `${order.ko}: ${error.ko}`, en: `${order.en}: ${error.en}` }
    }
    case 'ledgerDiffers':
      return {
        level: 'urgent',
        ko: `원장이 증권사와 다릅니다: ${alert.what} 우리 ${alert.ours}, 증권사 ${alert.theirs}`,
        en: `The ledger differs from the broker: ${alert.what}, ours ${alert.ours}, theirs ${alert.theirs}`,
      }
    case 'unexpected':
      return {
        level: 'urgent',
        ko: `예상하지 못한 일이 일어났습니다: ${alert.what}`,
        en: `Something happened that no table foresees: ${alert.what}`,
      }
    default:
      return never(alert)
  }
}
