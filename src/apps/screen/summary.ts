import type { ExitKind } from '../../model/order.ts'
import type { RoundTrip } from '../../model/position.ts'
import { kstClock } from '../../model/time.ts'
import { count, percent } from '../../std/numbers.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import type { Proof } from '../trader.ts'
import { bold, bySign, dim, good, urgent } from './ansi.ts'
import { signed, span } from './numbers.ts'
import { type Cell, type Column, spread, stretch, table } from './table.ts'
import { clip, clipStyled } from './width.ts'
import { EXIT_WORDS } from './words.ts'

const EXIT_KINDS = Object.keys(EXIT_WORDS) as readonly ExitKind[]

/** How often each kind of exit ended a round trip; every kind is there, also with 0. */
export function exitCounts(trips: readonly RoundTrip[]): Readonly<Record<ExitKind, number>> {
  const counts = Object.fromEntries(EXIT_KINDS.map((kind) => [kind, 0])) as Record<ExitKind, number>
  for (const trip of trips) counts[trip.exit]++
  return counts
}

/** The result of a day for machines: the last line of `garam demo --json`. */
export const dayResult = (view: TraderView, journal: string, proof: Proof | undefined) => ({
  day: view.day,
  roundTrips: view.roundTrips.length,
  exits: exitCounts(view.roundTrips),
  orders: view.counts.orders,
  fills: view.counts.fills,
  unfilledHandled: view.counts.unfilledHandled,
  vi: view.counts.vi,
  alerts: view.counts.alerts,
  realizedPnl: view.realizedPnl,
  unrealizedPnl: view.unrealizedPnl,
  commission: view.commission,
  tax: view.tax,
  difference: proof?.difference ?? null,
  corrections: view.corrections,
  decisionHash: view.decisionHash,
  journal,
})

const COLUMNS: readonly Column[] = [
  { head: '매수 in', cells: 8, align: 'left' },
  { head: '매도 out', cells: 8, align: 'left' },
  { head: '종목 name', cells: 14, align: 'left' },
  { head: '수량', cells: 6, align: 'right' },
  { head: '수익률', cells: 8, align: 'right' },
  { head: '손익 P&L', cells: 10, align: 'right' },
  { head: '수수료+세금', cells: 11, align: 'right' },
  { head: '청산 exit', cells: 12, align: 'left' },
]

function tripRow(trip: TraderView['roundTrips'][number]): readonly Cell[] {
  const ratio = trip.buyValue > 0 ? trip.realizedPnl / trip.buyValue : 0
  return [
    kstClock(trip.openedAt),
    kstClock(trip.closedAt),
    trip.name,
    count(trip.quantity),
    { text: percent(ratio), paint: (text) => bySign(ratio, text) },
    { text: signed(trip.realizedPnl), paint: (text) => bySign(trip.realizedPnl, text) },
    count(trip.buyFees + trip.sellFees + trip.tax),
    EXIT_WORDS[trip.exit].ko,
  ]
}

/** Why it was bought and why it was sold, under its row. */
const reasonLine = (trip: RoundTrip, width: number): string =>
  dim(clip(`    ${trip.entry} → ${trip.exitReason} (${span(trip.closedAt - trip.openedAt)})`, width))

function tripLines(view: TraderView, width: number): string[] {
  if (view.roundTrips.length === 0) return ['  완결된 매매가 없습니다 · no round trips']
  const [head = '', ...rows] = table(
    stretch(COLUMNS, 2, width),
    view.roundTrips.map((trip) => tripRow(trip)),
  )
  return [head, ...rows.flatMap((row, i) => [row, ...reasonsOf(view.roundTrips[i], width)])]
}

const reasonsOf = (trip: RoundTrip | undefined, width: number): string[] =>
  trip === undefined ? [] : [reasonLine(trip, width)]

function exitLine(view: TraderView): string {
  const counts = exitCounts(view.roundTrips)
  const parts = EXIT_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) => `${EXIT_WORDS[kind].ko} ${counts[kind]}`,
  )
  return parts.length === 0 ? '-' : parts.join(' · ')
}

function moneyLines(view: TraderView, width: number): string[] {
  const costs = view.commission + view.tax
  const won = (value: number) => `${signed(value)}원`
  return [
    spread('실현손익 (비용 차감 후) realised, net of costs', won(view.realizedPnl), width),
    spread(`  보유 ${view.positions.length}종목 평가손익 unrealised`, won(view.unrealizedPnl), width),
    spread(
      `  비용 costs: 수수료 commission ${count(view.commission)} + 거래세 tax ${count(view.tax)}`,
      `${count(costs)}원`,
      width,
    ),
    spread('평가자산 equity', `${count(view.equity)}원`, width),
  ]
}

/** The proof: our ledger against the account as the broker keeps it. Exactly 0, or the differences by name. */
export function proofLines(proof: Proof | undefined): string[] {
  if (proof === undefined)
    return [
      urgent(
        '계좌를 확인하지 못했습니다: 증권사가 답하지 않았습니다 · not proven: the broker gave no answer',
      ),
    ]
  const { cash, positions, commission, tax } = proof.difference
  if (proof.corrections !== 0)
    return [
      urgent(
        `원장이 증권사 잔고로 정정되었습니다: ${signed(proof.corrections)}원 · our books were corrected to the broker's`,
      ),
    ]
  if ([cash, positions, commission, tax].every((difference) => difference === 0))
    return [
      good('원장과 시뮬레이터 계좌의 차이 0원 · ledger and broker account differ by 0 won'),
      dim(
        `  현금 ${count(proof.broker.cash)} · 수수료 ${count(proof.broker.commission)} · 세금 ${count(proof.broker.tax)} · 보유 ${proof.broker.positions.length}종목`,
      ),
    ]
  return [
    urgent('원장과 시뮬레이터 계좌가 다릅니다 · ledger and broker account differ:'),
    `  현금 cash ${signed(cash)}원 · 수수료 commission ${signed(commission)}원 · 세금 tax ${signed(tax)}원 · 주식 shares ${count(positions)}주`,
  ]
}

export interface SummaryOptions {
  readonly width: number
  readonly journal: string
  /** Left out where no broker was asked (a report made from the journal). */
  readonly proof?: readonly string[]
}

/** The day on one page: trades with entry and exit reason, costs, result, and the proof line. */
export function summary(view: TraderView, options: SummaryOptions): string[] {
  const { width } = options
  const { counts } = view
  return [
    bold(`가람 하루 요약 · day summary  ${view.day} (${kstClock(view.now)} 까지)`),
    ...tripLines(view, width),
    '',
    `왕복 ${view.roundTrips.length} round trips: ${exitLine(view)}`,
    `주문 ${counts.orders} orders · 체결 ${counts.fills} fills · 미체결 처리 ${counts.unfilledHandled} unfilled · VI ${counts.vi} · 경고 ${counts.alerts} alerts`,
    '',
    ...moneyLines(view, width),
    '',
    ...(options.proof ?? []),
    dim(`결정 해시 decisions ${view.decisionHash}`),
    dim(`기록 journal ${options.journal}   garam replay ${options.journal} --verify`),
  ].map((line) => (line.includes('journal ') ? line : clipStyled(line, width)))
}
