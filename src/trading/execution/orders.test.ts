import { describe, expect, it } from 'vitest'
import { instrumentId, orderId, venueOrderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { ApprovedOrder, OrderIntent } from '../../model/order.ts'
import type { OrderReport } from '../../model/order-report.ts'
import { createOrders } from './orders.ts'

const ID = orderId('20261120-000001')
const NUMBER = venueOrderId('0000123')

const intent: OrderIntent = {
  instrument: instrumentId('005930'),
  venue: 'KRX',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  limit: price(71_400),
  quantity: quantity(5),
  purpose: { to: 'enter' },
  reason: '시험',
}

// Only risk makes approved orders; a test of execution stands in for it here.
const approved = (over: Partial<OrderIntent> = {}, id = ID) =>
  ({ ...intent, ...over, id }) as unknown as ApprovedOrder

const stamp = { at: 1_000, receivedAt: 1_001 }
const accepted: OrderReport = { ...stamp, kind: 'accepted', orderId: ID, venueOrderId: NUMBER }
const fill = (shares: number, cumulative: number, at = 71_400): OrderReport => ({
  ...stamp,
  kind: 'fill',
  orderId: ID,
  venueOrderId: NUMBER,
  price: price(at),
  quantity: quantity(shares),
  cumulative: quantity(cumulative),
})
const closed = (why: 'cancelled' | 'replaced' | 'expired'): OrderReport => ({
  ...stamp,
  kind: 'closed',
  orderId: ID,
  why,
})
const doubt = { kind: 'inDoubt', code: 'timeout', text: '' } as const
const lost: OrderReport = { ...stamp, kind: 'lost', orderId: ID, error: doubt }

const begin = () => {
  const orders = createOrders()
  orders.add(approved(), 900)
  return orders
}

describe('orders', () => {
  it('follows an order through acceptance and two fills to its end', () => {
    const orders = begin()
    expect(orders.apply(accepted)).toMatchObject({ did: 'accepted', order: { status: 'working' } })
    expect(orders.apply(fill(2, 2))).toMatchObject({ did: 'filled', order: { status: 'working', filled: 2 } })
    expect(orders.apply(fill(3, 5, 71_300))).toMatchObject({
      did: 'filled',
      before: { filled: 2, filledValue: 142_800 },
      order: { status: 'filled', filled: 5, filledValue: 356_700 },
      fill: { price: 71_300, quantity: 3, cumulative: 5 },
    })
    expect(orders.open()).toEqual([])
  })

  it('counts a repeated fill once', () => {
    const orders = begin()
    orders.apply(accepted)
    orders.apply(fill(2, 2))
    expect(orders.apply(fill(2, 2))).toMatchObject({ did: 'repeated' })
    expect(orders.get(ID)?.filled).toBe(2)
  })

  it('asks when a fill before this one is missing, and does not take it', () => {
    const orders = begin()
    orders.apply(accepted)
    expect(orders.apply(fill(1, 3))).toMatchObject({ did: 'gap', order: { filled: 0 } })
    expect(orders.get(ID)?.filled).toBe(0)
  })

  it('takes a fill that arrives before the acceptance', () => {
    const orders = begin()
    expect(orders.apply(fill(2, 2))).toMatchObject({ did: 'filled', order: { status: 'working' } })
    expect(orders.apply(accepted)).toMatchObject({ did: 'repeated' })
  })

  it('keeps an order in doubt until the venue has spoken', () => {
    const orders = begin()
    expect(orders.apply(lost)).toMatchObject({ did: 'doubted', order: { status: 'inDoubt' } })
    expect(orders.openOf(intent.instrument)).toHaveLength(1)
    expect(orders.apply({ ...stamp, kind: 'absent', orderId: ID })).toMatchObject({
      did: 'ended',
      order: { status: 'unsent' },
    })
  })

  it('does not doubt a working order because a late time-out arrives', () => {
    const orders = begin()
    orders.apply(accepted)
    expect(orders.apply(lost)).toMatchObject({ did: 'repeated', order: { status: 'working' } })
  })

  it('posts a fill that crossed our cancel', () => {
    const orders = begin()
    orders.apply(accepted)
    orders.askCancel(ID, 1_002)
    orders.apply(closed('cancelled'))
    expect(orders.apply(fill(1, 1))).toMatchObject({
      did: 'filled',
      order: { status: 'cancelled', filled: 1 },
    })
  })

  it('returns to working when the cancel is refused', () => {
    const orders = begin()
    orders.apply(accepted)
    orders.askCancel(ID, 1_002)
    const error = { kind: 'rejected', code: '000000', text: '' } as const
    expect(orders.apply({ ...stamp, kind: 'cancelRefused', orderId: ID, error })).toMatchObject({
      did: 'cancelRefused',
      order: { status: 'working' },
    })
  })

  it('takes the open quantity of an amend from the venue', () => {
    const orders = begin()
    orders.apply(accepted)
    orders.apply(fill(2, 2))
    const next = orderId('20261120-000002')
    orders.add(approved({ replaces: ID, quantity: quantity(3) }, next), 1_003)
    orders.apply(fill(1, 3))
    orders.apply({
      ...accepted,
      orderId: next,
      venueOrderId: venueOrderId('0000125'),
      quantity: quantity(2),
    } as OrderReport)
    expect(orders.get(next)).toMatchObject({ status: 'working', quantity: 2 })
    expect(orders.apply(closed('replaced'))).toMatchObject({
      did: 'ended',
      order: { status: 'replaced', filled: 3 },
    })
  })

  it('says so when the table has no such cell', () => {
    const orders = begin()
    const error = { kind: 'rejected', code: '571557', text: '' } as const
    orders.apply({ ...stamp, kind: 'rejected', orderId: ID, error })
    expect(orders.apply(fill(1, 1))).toMatchObject({ did: 'unexpected' })
    expect(orders.apply({ ...accepted, orderId: orderId('unknown') } as OrderReport)).toMatchObject({
      did: 'unexpected',
    })
  })

  it('puts in doubt after a restart what had no answer, and asks about everything open', () => {
    const orders = begin()
    const second = orderId('20261120-000002')
    orders.add(approved({}, second), 950)
    orders.apply(accepted)
    const asked = orders.doubtUnanswered(2_000)
    expect(asked.map((order) => [order.id, order.status])).toEqual([
      [ID, 'working'],
      [second, 'inDoubt'],
    ])
  })

  it('is the same after its snapshot went through JSON', () => {
    const orders = begin()
    orders.apply(accepted)
    orders.apply(fill(2, 2))
    const copy = createOrders()
    copy.restore(JSON.parse(JSON.stringify(orders.snapshot())))
    expect([...copy.all()]).toEqual([...orders.all()])
    expect(copy.open()).toEqual(orders.open())
  })
})
