import { orderId } from '../model/ids.ts'
import { price, quantity } from '../model/money.ts'
import type { SettledAs } from '../model/operator.ts'
import { isOpen } from '../model/order-table.ts'
import { handDenial, SETTLE_BY_HAND_AFTER_MS } from '../trading/engine/settling.ts'
import type { TraderView } from '../trading/engine/view.ts'
import type { ControlReply, ControlRequest } from './control.ts'
import type { Command, RunningTrader } from './trader.ts'

const COMMANDS: Readonly<
  Record<Exclude<ControlRequest['do'], 'status' | 'orders' | 'settleOrder'>, readonly Command[]>
> = {
  // The cancels leave before the switch: halted lets nothing out any more, not even a stop-loss.
  stop: [{ do: 'cancelAll' }, { do: 'setHalt', state: 'halted' }],
  flatten: [{ do: 'flatten' }],
  resume: [{ do: 'setHalt', state: 'active' }, { do: 'resumeBuying' }],
}

const SAID: Readonly<Record<keyof typeof COMMANDS, { readonly ko: string; readonly en: string }>> = {
  stop: {
    ko: '정지했습니다: 미체결을 취소했고 새 주문은 나가지 않습니다 (손절 포함). garam stop --resume 으로 풉니다',
    en: 'stopped: working orders are being cancelled and nothing new leaves, stop-losses included. garam stop --resume lifts it',
  },
  flatten: {
    ko: '청산합니다: 미체결을 취소하고 모든 보유 종목을 팝니다. 매수는 중지됩니다',
    en: 'flattening: working orders are cancelled, every position is sold, buying stays paused',
  },
  resume: { ko: '정지를 풀었습니다', en: 'the stop is lifted' },
}

/** What a request from another shell does to the trader, and the answer it gets. */
export function obey(trader: RunningTrader | undefined, request: ControlRequest): ControlReply {
  if (trader === undefined)
    return {
      ok: false,
      ko: '아직 시작하는 중입니다: 잠시 뒤에 다시',
      en: 'still starting: try again in a moment',
    }
  const view = trader.view()
  const status = {
    day: view.day,
    halt: view.halt,
    buyingPaused: view.buyingPaused,
    positions: view.positions.length,
    workingOrders: view.orders.filter((order) => isOpen(order.status)).length,
  }
  if (request.do === 'orders') return listOrders(view)
  if (request.do === 'settleOrder') return settleOrder(trader, view, request)
  if (request.do === 'status') return { ok: true, ko: '실행 중', en: 'running', status }
  for (const command of COMMANDS[request.do]) trader.command(command)
  return { ok: true, ...SAID[request.do], status }
}

/** Every open order, with what the broker's list says of those in doubt. */
function listOrders(view: TraderView): ControlReply {
  const orders = view.orders.map((order) => ({
    ...order,
    ageMs: view.now - order.createdAt,
    inDoubtMs: order.status === 'inDoubt' ? view.now - order.updatedAt : 0,
    mayBeSettled: handDenial(order, view.now) === undefined,
  }))
  return {
    ok: true,
    ko: `미체결·미확인 주문 ${orders.length}건`,
    en: `${orders.length} open orders`,
    status: { orders },
  }
}

const REASONS = {
  unknown: { ko: '그런 미체결 주문이 없습니다', en: 'there is no such open order' },
  notInDoubt: { ko: '상태가 확인된 주문입니다', en: 'the order is not in doubt' },
  tooSoon: {
    ko: `증권사 목록으로 확인하는 중입니다: ${SETTLE_BY_HAND_AFTER_MS / 1000}초 뒤부터 정리할 수 있습니다`,
    en: `the broker's list is still being asked: possible after ${SETTLE_BY_HAND_AFTER_MS / 1000} s`,
  },
} as const

function settleOrder(
  trader: RunningTrader,
  view: TraderView,
  request: ControlRequest & { readonly do: 'settleOrder' },
): ControlReply {
  const order = view.orders.find(({ id }) => id === request.order)
  const denial = handDenial(order, view.now)
  if (denial) return { ok: false, ...REASONS[denial] }
  const as: SettledAs =
    request.as === 'cancelled'
      ? { kind: 'cancelled' }
      : { kind: 'filled', quantity: quantity(request.quantity ?? 0), price: price(request.price ?? 0) }
  if (order && as.kind === 'filled' && (as.quantity <= order.filled || as.quantity > order.quantity))
    return {
      ok: false,
      ko: `체결 수량은 ${order.filled}보다 크고 ${order.quantity} 이하여야 합니다`,
      en: `the filled quantity lies above ${order.filled} and is at most ${order.quantity}`,
    }
  trader.command({ do: 'settleOrder', order: orderId(request.order), as })
  return {
    ok: true,
    ko: `주문 ${request.order}을 ${as.kind === 'filled' ? '체결' : '취소'}로 정리했습니다`,
    en: `order ${request.order} is settled as ${as.kind}`,
  }
}
