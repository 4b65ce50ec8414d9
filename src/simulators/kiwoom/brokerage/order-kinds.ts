import type { KoreanRoute } from '../../../model/instrument.ts'
import type { OrderType, TimeInForce } from '../../../model/order.ts'

export interface OrderKind {
  /** `trde_tp` */
  readonly code: string
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  /** As answers and stream `00` spell it. */
  readonly name: string
  readonly priced: boolean
}

const kind = (
  code: string,
  type: OrderType,
  timeInForce: TimeInForce,
  name: string,
  priced = false,
): OrderKind => ({ code, type, timeInForce, name, priced })

/**
 * `trde_tp` of a domestic order. 62 (off-hours single price, abolished 2026-09-14) exists on the wire but has no place on the
 * simulated exchange: it is refused like any type that is not allowed (407022).
 * Source: Kiwoom REST API guide, order types and the vendor's order-policy table.
 */
const KINDS: readonly OrderKind[] = [
  kind('0', 'limit', 'day', '보통', true),
  kind('3', 'market', 'day', '시장가'),
  kind('5', 'conditional', 'day', '조건부지정가', true),
  kind('6', 'best', 'day', '최유리지정가'),
  kind('7', 'priority', 'day', '최우선지정가'),
  kind('10', 'limit', 'ioc', '보통(IOC)', true),
  kind('13', 'market', 'ioc', '시장가(IOC)'),
  kind('16', 'best', 'ioc', '최유리(IOC)'),
  kind('20', 'limit', 'fok', '보통(FOK)', true),
  kind('23', 'market', 'fok', '시장가(FOK)'),
  kind('26', 'best', 'fok', '최유리(FOK)'),
  kind('28', 'stopLimit', 'day', '스톱지정가', true),
  kind('29', 'mid', 'day', '중간가'),
  kind('30', 'mid', 'ioc', '중간가(IOC)'),
  kind('31', 'mid', 'fok', '중간가(FOK)'),
  kind('61', 'preClose', 'day', '장전시간외'),
  kind('81', 'postClose', 'day', '장후시간외'),
]

export const ORDER_KINDS: ReadonlyMap<string, OrderKind> = new Map(KINDS.map((each) => [each.code, each]))

const KRX_ONLY: ReadonlySet<string> = new Set(['5', '61', '81'])
const NXT_ONLY: ReadonlySet<string> = new Set(['28'])

/**
 * Whether the broker passes this type on by this route at all; what the venue takes at the time is the venue's to say.
 * Source: Kiwoom REST API guide, order types by exchange (its columns are assumed).
 */
export function isRouted({ code }: OrderKind, route: KoreanRoute): boolean {
  if (route === 'KRX') return !NXT_ONLY.has(code)
  return !KRX_ONLY.has(code) && (route === 'NXT' || !NXT_ONLY.has(code))
}

/** kt00007 and kt00009 spell a plain limit order `지정가`. */
export const ledgerName = (each: OrderKind): string => (each.code === '0' ? '지정가' : each.name)
