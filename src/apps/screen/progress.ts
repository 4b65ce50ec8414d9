import { isOpen } from '../../model/order-table.ts'
import { kstClock } from '../../model/time.ts'
import { count, percent } from '../../std/numbers.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import type { Health } from '../trader.ts'
import { indexValue, signed } from './numbers.ts'
import { PHASE_WORDS } from './words.ts'

/** One line that says where the day stands, for logs and machines without a screen. */
export function progressLine(view: TraderView, health: Health): string {
  const working = view.orders.filter((order) => isOpen(order.status)).length
  const indexes = view.indexes.map((index) => {
    const before = index.value - index.change
    return `${index.name} ${indexValue(index.value)} ${percent(before > 0 ? index.change / before : 0)}`
  })
  return [
    `${kstClock(view.now)} ${PHASE_WORDS[view.phase].ko}`,
    ...indexes,
    `보유 ${view.positions.length}`,
    `미체결 ${working}`,
    `주문 ${count(view.counts.orders)}`,
    `체결 ${count(view.counts.fills)}`,
    `왕복 ${view.roundTrips.length}`,
    `실현 ${signed(view.realizedPnl)}`,
    `평가 ${signed(view.unrealizedPnl)}`,
    `슬롯 ${health.feed.registered}+${health.feed.polled}`,
    ...(view.feedUp ? [] : ['시세 끊김 feed down']),
    ...(view.accountKnown ? [] : ['계좌 확인 중']),
  ].join(' | ')
}
