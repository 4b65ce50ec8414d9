import type { BrokerEnvironment } from '../../model/broker.ts'
import { brokerOffers } from '../../model/broker-offers.ts'
import type { InstrumentClass, KoreanRoute } from '../../model/instrument.ts'
import { EVERY_ORDER_TYPE, EVERY_TIME_IN_FORCE, type OrderType, type TimeInForce } from '../../model/order.ts'
import { exchangeAccepts, type RuleSource } from '../../model/order-rules.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Phase } from '../../model/session.ts'
import { ORDER_TYPES, PHASES } from '../../trading/notify/words.ts'
import { type Column, table } from '../screen/table.ts'

interface Offer {
  readonly offered: boolean
  /** An official page or a measured answer stands behind it. */
  readonly verified: boolean
  readonly source: RuleSource
}

/** One cell: an order type at a route in a session, for all environments. */
export interface OrderTypeRow {
  readonly venue: KoreanRoute
  readonly phase: Phase
  /** The instrument is in a call auction of its own (VI, resumption, single price). */
  readonly inCallAuction: boolean
  readonly class: InstrumentClass
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly exchange: boolean
  readonly environments: Readonly<Record<BrokerEnvironment, Offer>>
}

interface Session {
  readonly phase: Phase
  readonly inCallAuction: boolean
}

const session = (phase: Phase, inCallAuction = false): Session => ({ phase, inCallAuction })
const AUCTION = true

/** Every session in which a route is open at all, in order of the day. */
const SESSIONS: Readonly<Record<KoreanRoute, readonly Session[]>> = {
  KRX: [
    session('preClose'),
    session('openingCall'),
    session('continuous'),
    session('continuous', AUCTION),
    session('closingCall'),
    session('postCloseEntry'),
    session('postClose'),
    session('afterMarket'),
    session('afterMarket', AUCTION),
  ],
  NXT: [
    session('preMarket'),
    session('preMarket', AUCTION),
    session('continuous'),
    session('continuous', AUCTION),
    session('afterMarketEntry'),
    session('postClose'),
    session('afterMarket'),
    session('afterMarket', AUCTION),
  ],
  SOR: [
    session('preMarket'),
    session('openingCall'),
    session('continuous'),
    session('continuous', AUCTION),
    session('closingCall'),
    session('afterMarketEntry'),
    session('afterMarket'),
    session('afterMarket', AUCTION),
  ],
}

const ROUTES: readonly KoreanRoute[] = ['KRX', 'NXT', 'SOR']
const ENVIRONMENTS: readonly BrokerEnvironment[] = ['simulated', 'paper', 'live']

/** Every cell of the table, made from the same rules that refuse an order. */
export function orderTypeRows(instrumentClass: InstrumentClass): readonly OrderTypeRow[] {
  const rows: OrderTypeRow[] = []
  for (const venue of ROUTES)
    for (const { phase, inCallAuction } of SESSIONS[venue])
      for (const type of EVERY_ORDER_TYPE)
        for (const timeInForce of EVERY_TIME_IN_FORCE) {
          const cell = { venue, phase, inCallAuction, type, timeInForce, class: instrumentClass }
          rows.push({ ...cell, exchange: exchangeAccepts(cell), environments: offersOf(cell) })
        }
  return rows
}

function offersOf(cell: Omit<OrderTypeRow, 'exchange' | 'environments'>): OrderTypeRow['environments'] {
  const at = (environment: BrokerEnvironment) => brokerOffers({ ...cell, broker: 'kiwoom', environment })
  return { simulated: at('simulated'), paper: at('paper'), live: at('live') }
}

const SOURCES: Readonly<Record<RuleSource, Sentence>> = {
  krxOrderTypes: { ko: 'KRX 업무규정, 호가 종류', en: 'KRX order types and periods (official)' },
  krxAfterMarket: { ko: 'KRX 애프터마켓 안내', en: 'KRX after-market notice (official)' },
  nxtRules: { ko: 'NXT 업무규정, 일부 추정', en: 'NXT trading rules, some cells assumed' },
  sorCodes: { ko: 'SOR 주문유형 코드표, 일부 추정', en: 'list of SOR order codes, some cells assumed' },
  kiwoomExamples: {
    ko: '키움 REST 안내의 예제와 모의투자 실측',
    en: 'examples of the Kiwoom REST guide and measured mock answers',
  },
  kiwoomCodeTable: {
    ko: '키움 매매구분 코드표 (거래소별 칸은 추정)',
    en: 'Kiwoom code table (its columns by venue are assumed)',
  },
  kiwoomMock: { ko: '키움 모의투자 실측 (RC4058)', en: 'measured at the Kiwoom mock (RC4058)' },
  mockVenueDispute: {
    ko: '모의투자의 NXT는 두 안내가 서로 다름',
    en: 'two guides disagree on NXT in mock investing',
  },
  usOrderTypes: { ko: '미국 정규장 주문', en: 'orders of the US regular session (official)' },
  kisCodeTable: { ko: '한국투자 해외주식 주문구분표', en: 'KIS code table for overseas orders' },
  collaredLimit: {
    ko: '시장가 대신 호가를 넘긴 지정가 (추정)',
    en: 'a limit through the book stands for a market order (assumed)',
  },
  noCode: { ko: '증권사의 코드가 알려지지 않음', en: 'no code of the broker is known' },
}

/** `O` sent, `X` not, `·` refused by the exchange itself; `o`, `x`, `-` where nothing official or measured confirms it. */
const mark = (exchange: boolean, { offered, verified }: Offer): string => {
  if (!exchange) return verified ? '·' : '-'
  const letter = offered ? 'O' : 'X'
  return verified ? letter : letter.toLowerCase()
}

const kindText = ({ type, timeInForce }: OrderTypeRow): string =>
  `${ORDER_TYPES[type].ko}${timeInForce === 'day' ? '' : ` ${timeInForce.toUpperCase()}`}`

const LEGEND: readonly string[] = [
  '주문 유형 표: 거래소가 받는 주문과 키움이 전달하는 주문 · what the exchange takes and Kiwoom passes on',
  '칸마다 세 글자: 시뮬레이션, 모의, 실전 · three letters a cell: simulated, paper, live',
  'O 가능, X 불가, · 거래소가 받지 않음; o x - 는 공식 문서나 실측으로 확인되지 않음 (실전에서는 보내지 않음)',
  'O sent, X not, · refused by the exchange; o, x and - are not confirmed: never sent with real money',
]

/** The whole table for people: a block for each route, sessions side by side, and what each block rests on. */
export const orderTypeTable = (rows: readonly OrderTypeRow[]): readonly string[] => [
  ...LEGEND,
  ...ROUTES.flatMap((route) =>
    blockOf(
      route,
      rows.filter(({ venue }) => venue === route),
    ),
  ),
]

function blockOf(route: KoreanRoute, rows: readonly OrderTypeRow[]): string[] {
  const sessions = SESSIONS[route]
  const columns: readonly Column[] = [
    { head: `${route} 주문 유형`, cells: 18, align: 'left' },
    ...sessions.map((_, i) => ({ head: String(i + 1), cells: 4, align: 'left' }) as const),
  ]
  const kinds = [...new Set(rows.map(kindText))]
  const lines = kinds.flatMap((kind) => {
    const cells = rows.filter((row) => kindText(row) === kind)
    return cells.some(({ exchange }) => exchange) ? [[kind, ...cells.map(cellText)]] : []
  })
  const never = kinds.filter((kind) => rows.every((row) => kindText(row) !== kind || !row.exchange))
  return [
    '',
    ...sessions.map((each, i) => `${route} ${i + 1}: ${sessionText(each)}`),
    ...table(columns, lines),
    `어느 장에서도 받지 않음 · never taken: ${never.join(', ')}`,
    ...sourceLines(rows),
  ]
}

const cellText = ({ exchange, environments }: OrderTypeRow): string =>
  ENVIRONMENTS.map((environment) => mark(exchange, environments[environment])).join('')

const sessionText = ({ phase, inCallAuction }: Session): string => {
  const { ko, en } = PHASES[phase]
  return inCallAuction ? `${ko} 중 단일가(VI 등) · ${en}, own call auction` : `${ko} · ${en}`
}

function sourceLines(rows: readonly OrderTypeRow[]): string[] {
  const used = new Set(rows.flatMap((row) => ENVIRONMENTS.map((each) => row.environments[each].source)))
  return [...used].map((source) => `근거 · source: ${SOURCES[source].ko} · ${SOURCES[source].en}`)
}
