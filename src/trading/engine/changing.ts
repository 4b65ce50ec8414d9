import type { OperatorCommand } from '../../model/operator.ts'
import { type Order, openQuantity } from '../../model/order.ts'
import { isOpen } from '../../model/order-table.ts'
import type { Sentence } from '../../model/sentence.ts'
import { cancelOrder, type Desk, nameOf, refuse, tell, wish } from './desk.ts'
import { STOPS } from './leaving.ts'
import { amendedIntent, isAmended } from './unfilled.ts'

/** What a person has priced stays as it was priced: no wait reaches so far. */
const NEVER = Number.MAX_SAFE_INTEGER

/** One order has to go. What it was to sell is not wished any more either, unless a stop asks for it. */
export function cancelByHand(desk: Desk, { order: id, by }: OperatorCommand & { do: 'cancelOrder' }): void {
  const order = desk.orders.get(id)
  if (!order || !isOpen(order.status))
    return no(desk, by, {
      ko: `주문 ${id}은 미체결이 아니라 취소할 것이 없습니다`,
      en: `order ${id} is not open: there is nothing to cancel`,
    })
  const { instrument, purpose } = order
  if (purpose.to === 'exit' && desk.exitWishes.get(instrument)?.kind === purpose.kind)
    desk.exitWishes.delete(instrument)
  cancelOrder(desk, order, { then: 'nothing' })
  const name = nameOf(desk, instrument)
  if (order.status !== 'inDoubt')
    return tell(desk, 'info', `[${by}] ${name} 주문 ${id} 취소`, `[${by}] ${name}: cancelling order ${id}`)
  tell(
    desk,
    'warning',
    `[${by}] ${name} 주문 ${id}은 아직 확인되지 않았습니다: 살아 있으면 확인되는 대로 취소합니다`,
    `[${by}] ${name}: order ${id} is in doubt; should it live, it is cancelled once that is known`,
  )
}

/** A new price for all that is open of an order: the venue gives it a new number, as it does when an unfilled one is re-priced. */
export function amendByHand(desk: Desk, command: OperatorCommand & { do: 'amendOrder' }): void {
  const { order: id, limit, by } = command
  const order = desk.orders.get(id)
  if (!order || !isOpen(order.status))
    return no(desk, by, {
      ko: `주문 ${id}은 미체결이 아니라 정정할 수 없습니다`,
      en: `order ${id} is not open and cannot be amended`,
    })
  if (order.status === 'inDoubt')
    return refuse(desk, order.instrument, order.side, `amend ${by}`, { code: 'orderInDoubt', orderId: id })
  const hindrance = hindranceTo(desk, order, command)
  if (hindrance) return no(desk, by, hindrance)
  const made = wish(desk, amendedIntent(order, limit))
  if (!made.ok) return refuse(desk, order.instrument, order.side, `amend ${by}`, made.error)
  const times = desk.chased.get(id)?.times ?? 0
  desk.chased.set(made.value.id, { times, at: isProtective(order) ? desk.notes.now : NEVER })
  const name = nameOf(desk, order.instrument)
  tell(
    desk,
    'info',
    `[${by}] ${name} 정정 ${order.limit} → ${limit}`,
    `[${by}] ${name}: amended ${order.limit} → ${limit}`,
  )
}

/** A stop that does not fill goes on to be chased, whoever priced it last. */
const isProtective = ({ purpose }: Order): boolean => purpose.to === 'exit' && STOPS.has(purpose.kind)

function hindranceTo(
  desk: Desk,
  order: Order,
  { limit, quantity }: OperatorCommand & { do: 'amendOrder' },
): Sentence | undefined {
  const { id } = order
  const open = openQuantity(order)
  if (order.type !== 'limit' || order.insteadOfMarket)
    return {
      ko: `주문 ${id}은 사람이 정한 가격의 지정가가 아니라 정정할 수 없습니다: 취소하고 다시 주문하세요`,
      en: `order ${id} is not a limit order that waits at its price: cancel it and order anew`,
    }
  if (order.status !== 'working' || order.venueOrderId === undefined || desk.afterCancel.has(id))
    return {
      ko: `주문 ${id}은 접수나 취소가 진행 중이라 아직 정정할 수 없습니다`,
      en: `order ${id} is being placed or cancelled and cannot be amended now`,
    }
  if (isAmended(desk, order))
    return { ko: `주문 ${id}은 이미 정정 중입니다`, en: `order ${id} is being amended already` }
  if (limit === order.limit)
    return { ko: `주문 ${id}은 이미 ${limit}원입니다`, en: `order ${id} is at ${limit} already` }
  // The venue would move only so many and leave the rest working at the old price under the old number.
  if (quantity !== undefined && quantity !== open)
    return {
      ko: `주문 ${id}의 미체결은 ${open}주입니다: 정정은 그 전량만 됩니다 (수량을 바꾸려면 취소하고 다시 주문하세요)`,
      en: `${open} shares of order ${id} are open, and only all of them can be amended: to change how many, cancel it and order anew`,
    }
  return undefined
}

const no = (desk: Desk, by: string, { ko, en }: Sentence): void =>
  tell(desk, 'warning', `[${by}] ${ko}`, `[${by}] ${en}`)
