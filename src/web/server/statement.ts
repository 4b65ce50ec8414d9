import { whole } from '../../lab/reports/format.ts'
import { statementPage } from '../../lab/reports/statement-page.ts'
import { kstClock, kstDay } from '../../model/time.ts'
import { csvLine, disarmed } from '../../std/csv.ts'
import { percent } from '../../std/numbers.ts'
import type { DayResultMessage, PerformanceSource } from '../contract/performance.ts'
import type { RecordedDay, TripOfDay } from './performance.ts'

/** What is written of some days of one account. */
export interface Statement {
  readonly source: PerformanceSource
  readonly results: readonly DayResultMessage[]
  readonly recorded: readonly RecordedDay[]
}

const DAY_HEAD =
  'day,pnl,return,realized_pnl,unrealized_pnl,commission,tax,equity,round_trips,wins,orders,fills,corrections'
const TRADE_HEAD =
  'day,instrument,name,strategy,quantity,opened_at,closed_at,buy_value,sell_value,buy_fees,sell_fees,tax,realized_pnl,entry,exit,exit_reason'

/** With a mark that tells spreadsheets it is UTF-8. Money in won. */
const asFile = (lines: readonly string[]): string => `\uFEFF${[...lines, ''].join('\r\n')}`

export const daysCsv = ({ results }: Statement): string =>
  asFile([
    DAY_HEAD,
    ...results.map((each) =>
      csvLine([
        each.day,
        each.pnl,
        each.ratio,
        each.realizedPnl,
        each.unrealizedPnl,
        each.commission,
        each.tax,
        each.equity,
        each.trips,
        each.wins,
        each.orders,
        each.fills,
        each.corrections,
      ]),
    ),
  ])

export const tradesOfDaysCsv = ({ recorded }: Statement): string =>
  asFile([TRADE_HEAD, ...recorded.flatMap(({ day, trips }) => trips.map((trip) => tradeLine(day, trip)))])

const moment = (at: number): string => `${kstDay(at)} ${kstClock(at)}`

const tradeLine = (day: string, trip: TripOfDay): string =>
  csvLine(
    [
      day,
      trip.instrument,
      trip.name,
      trip.strategy,
      trip.quantity,
      moment(trip.openedAt),
      moment(trip.closedAt),
      trip.buyValue,
      trip.sellValue,
      trip.buyFees,
      trip.sellFees,
      trip.tax,
      trip.realizedPnl,
      trip.entry,
      trip.exit,
      trip.exitReason,
    ].map(disarmed),
  )

/** The statement as one page, to print or to keep. */
export function statementHtml({ source, results, recorded }: Statement): string {
  const sum = (of: (day: DayResultMessage) => number) => results.reduce((total, day) => total + of(day), 0)
  const won = (value: number) => `${whole(value)}원`
  const span = `${results[0]?.day ?? '–'} – ${results.at(-1)?.day ?? '–'}`
  return statementPage({
    title: { ko: `${source.title.ko} 매매 내역`, en: `Statement of ${source.title.en}` },
    subtitle: `${span} · ${results.length}일 days`,
    remarks: results.some(({ open }) => open)
      ? [{ ko: '마지막 날은 아직 끝나지 않았습니다', en: 'The last day is not over yet' }]
      : [],
    totals: [
      { ko: '손익 (비용 차감 후)', en: 'result, net of costs', value: won(sum(({ pnl }) => pnl)) },
      { ko: '실현 손익', en: 'realised', value: won(sum(({ realizedPnl }) => realizedPnl)) },
      { ko: '수수료', en: 'commission', value: won(sum(({ commission }) => commission)) },
      { ko: '세금', en: 'tax', value: won(sum(({ tax }) => tax)) },
      { ko: '거래', en: 'round trips', value: whole(sum(({ trips }) => trips)) },
      { ko: '마지막 평가금액', en: 'equity at the end', value: won(results.at(-1)?.equity ?? 0) },
    ],
    tables: [
      {
        ko: '날마다',
        en: 'Day by day',
        columns: [
          { ko: '날', en: 'day' },
          { ko: '손익', en: 'result' },
          { ko: '%', en: '' },
          { ko: '실현', en: 'realised' },
          { ko: '비용', en: 'costs' },
          { ko: '거래', en: 'n' },
          { ko: '평가금액', en: 'equity' },
        ],
        rows: results.map(({ day, pnl, ratio, realizedPnl, commission, tax, trips, equity }) => [
          day,
          { won: pnl },
          ratio === undefined ? '–' : percent(ratio),
          { won: realizedPnl },
          whole(commission + tax),
          whole(trips),
          whole(equity),
        ]),
      },
      {
        ko: '거래',
        en: 'Round trips',
        columns: [
          { ko: '청산', en: 'closed' },
          { ko: '종목', en: 'name' },
          { ko: '수량', en: 'shares' },
          { ko: '매수', en: 'paid' },
          { ko: '매도', en: 'got' },
          { ko: '비용', en: 'costs' },
          { ko: '손익', en: 'result' },
          { ko: '사유', en: 'reason' },
        ],
        rows: recorded.flatMap(({ trips }) =>
          trips.map((trip) => [
            moment(trip.closedAt),
            `${trip.name} ${trip.instrument}`,
            whole(trip.quantity),
            whole(trip.buyValue),
            whole(trip.sellValue),
            whole(trip.buyFees + trip.sellFees + trip.tax),
            { won: trip.realizedPnl },
            `${trip.entry} → ${trip.exitReason}`,
          ]),
        ),
      },
    ],
    notes: [
      {
        ko: '가람의 기록(저널)에서 만들었습니다. 세금 신고에는 증권사의 거래내역서를 쓰세요',
        en: "Made of Garam's own record. For a tax return use the broker's statement",
      },
      {
        ko: '하루 손익 = 실현 손익 + 보유 주식의 평가손익이 전날 저녁보다 변한 만큼. 입출금은 세지 않습니다',
        en: 'The result of a day is what was realised, and the change of what held shares are worth against their cost since the evening before. Deposits do not count',
      },
    ],
  })
}
