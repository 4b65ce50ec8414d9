import type { BrokerEnvironment } from '../../model/broker.ts'
import type { InstrumentClass, Venue } from '../../model/instrument.ts'
import type { OrderType, TimeInForce } from '../../model/order.ts'
import { brokerOffers, exchangeAccepts } from '../../model/order-rules.ts'
import type { Phase } from '../../model/session.ts'
import { type Column, table } from '../screen/table.ts'

export interface OrderTypeRow {
  readonly venue: Venue
  readonly phase: Phase
  readonly class: InstrumentClass
  readonly kind: string
  readonly exchange: boolean
  readonly environments: Readonly<
    Record<BrokerEnvironment, { readonly offered: boolean; readonly verified: boolean }>
  >
}

const VENUES: readonly Venue[] = ['KRX', 'NXT']
const PHASES: readonly Phase[] = [
  'preClose',
  'preMarket',
  'openingCall',
  'continuous',
  'closingCall',
  'postCloseEntry',
  'postClose',
  'afterMarketEntry',
  'afterMarket',
  'offHoursSingle',
]
const TYPES: readonly OrderType[] = [
  'limit',
  'market',
  'conditional',
  'best',
  'priority',
  'mid',
  'stopLimit',
  'preClose',
  'postClose',
]
const TIMES_IN_FORCE: readonly TimeInForce[] = ['day', 'ioc', 'fok']
const ENVIRONMENTS: readonly BrokerEnvironment[] = ['simulated', 'paper', 'live']

/** Every combination that the exchange takes, and who passes it on. Made from the same rules that refuse an order. */
export function orderTypeRows(instrumentClass: InstrumentClass): readonly OrderTypeRow[] {
  const rows: OrderTypeRow[] = []
  for (const venue of VENUES)
    for (const phase of PHASES)
      for (const type of TYPES)
        for (const timeInForce of TIMES_IN_FORCE) {
          const query = { venue, phase, type, timeInForce, class: instrumentClass }
          if (!exchangeAccepts(query)) continue
          const offers = ENVIRONMENTS.map((environment) => [
            environment,
            brokerOffers({ ...query, broker: 'kiwoom', environment }),
          ])
          rows.push({
            venue,
            phase,
            class: instrumentClass,
            kind: timeInForce === 'day' ? type : `${type}/${timeInForce}`,
            exchange: true,
            environments: Object.fromEntries(offers) as OrderTypeRow['environments'],
          })
        }
  return rows
}

const COLUMNS: readonly Column[] = [
  { head: '거래소', cells: 6, align: 'left' },
  { head: '장 phase', cells: 16, align: 'left' },
  { head: '주문 유형 type', cells: 16, align: 'left' },
  { head: '시뮬', cells: 6, align: 'left' },
  { head: '모의', cells: 6, align: 'left' },
  { head: '실전', cells: 6, align: 'left' },
]

const mark = ({ offered, verified }: { readonly offered: boolean; readonly verified: boolean }): string =>
  `${offered ? 'O' : 'X'}${verified ? '' : '?'}`

/** The table for people. `?` marks what no official page or measured answer confirms yet. */
export const orderTypeTable = (rows: readonly OrderTypeRow[]): readonly string[] => [
  '거래소가 받는 주문과 키움이 전달하는 주문 · what the exchange takes and Kiwoom passes on',
  'O 가능 · X 불가 · ? 공식 문서나 실측으로 확인되지 않음 (not confirmed)',
  '',
  ...table(
    COLUMNS,
    rows.map(({ venue, phase, kind, environments }) => [
      venue,
      phase,
      kind,
      mark(environments.simulated),
      mark(environments.paper),
      mark(environments.live),
    ]),
  ),
]
