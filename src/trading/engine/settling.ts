import type { OperatorCommand } from '../../model/operator.ts'
import type { Order } from '../../model/order.ts'
import type { EpochMs } from '../../std/clock.ts'
import { type Desk, nameOf, tell } from './desk.ts'
import { onOutcome } from './reporting.ts'

/** The broker's list is given so long to settle a doubt before a person may. */
export const SETTLE_BY_HAND_AFTER_MS = 60_000

/** Why a person may not settle this order, `undefined` when it may: only a doubt that has stood for a while, never a live order. */
export function handDenial(
  order: Order | undefined,
  now: EpochMs,
): 'unknown' | 'notInDoubt' | 'tooSoon' | undefined {
  if (!order) return 'unknown'
  if (order.status !== 'inDoubt') return 'notInDoubt'
  return now - order.updatedAt < SETTLE_BY_HAND_AFTER_MS ? 'tooSoon' : undefined
}

/** A person has seen at the broker what became of an order, and says so. Should the venue speak later, its fills still count. */
export function settleByHand(desk: Desk, command: OperatorCommand & { do: 'settleOrder' }): void {
  const { order: id, as, by } = command
  const order = desk.orders.get(id)
  const denial = handDenial(order, desk.notes.now)
  const outcomes = denial ? [] : desk.orders.settleByHand(id, as, desk.notes.now)
  if (!order || outcomes.length === 0)
    return tell(
      desk,
      'warning',
      `[${by}] 주문 ${id}을 정리하지 않았습니다: ${denial ?? '수량이 맞지 않습니다'}`,
      `[${by}] order ${id} was not settled: ${denial ?? 'the quantity does not fit'}`,
    )
  const name = nameOf(desk, order.instrument)
  tell(
    desk,
    'urgent',
    `[${by}] ${name} 주문 ${id}을 사람이 정리했습니다: ${as.kind === 'filled' ? `체결 ${as.quantity}주 @ ${as.price}` : '취소'}`,
    `[${by}] ${name}: order ${id} settled by hand as ${as.kind === 'filled' ? `filled, ${as.quantity} at ${as.price}` : 'cancelled'}`,
  )
  for (const outcome of outcomes) onOutcome(desk, outcome)
}
