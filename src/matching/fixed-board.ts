import { fewerShares, type Price } from '../model/money.ts'
import { closeOrder, type Floor, fillOrder } from './floor.ts'
import { type InstrumentMarket, recordTurnover } from './instrument-market.ts'
import { enqueue, type LiveOrder, type OrderQueue } from './order-queue.ts'
import { byNumber } from './regular-close.ts'

/** Which fixed-price board is open: 장전 시간외 종가, or 장후 시간외 종가 (orders from 15:30, executions from 15:40). */
export type FixedBoard = 'preClose' | 'postCloseEntry' | 'postClose'

/** Orders on this board carry no price: the previous regular close in the morning, the day's own in the afternoon. */
const fixedPrice = ({ close, listing }: InstrumentMarket): Price =>
  close > 0 ? close : listing.today.basePrice

export function enterFixed(
  floor: Floor,
  market: InstrumentMarket,
  order: LiveOrder,
  board: FixedBoard,
): void {
  enqueue(order.side === 'buy' ? market.fixedBuys : market.fixedSells, order)
  if (board !== 'postCloseEntry') crossFixed(floor, market)
}

/** Time is the only priority at one price. Of two orders of one owner that meet, the newer is cancelled. */
export function crossFixed(floor: Floor, market: InstrumentMarket): void {
  // The board of NXT opens before KRX has its close, at whose price it trades.
  if (floor.venue === 'NXT' && market.close === 0) return
  const at = fixedPrice(market)
  const { fixedBuys, fixedSells } = market
  while (!market.isHalted && fixedBuys.head !== undefined && fixedSells.head !== undefined) {
    const [buy, sell] = [fixedBuys.head, fixedSells.head]
    if (buy.owner === sell.owner) {
      closeOrder(floor, market, buy.number > sell.number ? buy : sell, 'selfTrade')
      continue
    }
    const shares = fewerShares(buy.open, sell.open)
    recordTurnover(market, at, shares)
    fillOrder(floor, market, buy, at, shares)
    fillOrder(floor, market, sell, at, shares)
    floor.emit({
      kind: 'print',
      instrument: market.id,
      price: at,
      quantity: shares,
      board: 'closePrice',
      at: floor.now,
    })
  }
}

export function expireFixed(floor: Floor, market: InstrumentMarket): void {
  const left = [...ordersOf(market.fixedBuys), ...ordersOf(market.fixedSells)]
  for (const order of left.sort(byNumber)) closeOrder(floor, market, order, 'expired')
}

export const isOnFixedBoard = (order: LiveOrder): boolean =>
  order.type === 'preClose' || order.type === 'postClose'

function ordersOf(queue: OrderQueue): LiveOrder[] {
  const orders: LiveOrder[] = []
  for (let order = queue.head; order !== undefined; order = order.next) orders.push(order)
  return orders
}
