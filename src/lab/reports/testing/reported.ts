import { instrumentId } from '../../../model/ids.ts'
import { krw, quantity } from '../../../model/money.ts'
import type { RoundTrip } from '../../../model/position.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import type { BacktestResult } from '../../analytics/backtest-result.ts'
import { outcomeOf } from '../../analytics/trade-outcome.ts'
import { figuresOf } from '../figures.ts'
import type { ReportInput } from '../report-content.ts'

/** The close of a day. */
export const close = (day: string) => kstInstant(tradingDay(day), timeOfDay('15:30'))
/** Text from anywhere may try to become markup. */
export const EVIL = '<img src=x onerror=alert(1)>'

const trip = (pnl: number, exitReason: string): RoundTrip => ({
  instrument: instrumentId('005930'),
  quantity: quantity(10),
  buyValue: krw(1_000_000),
  sellValue: krw(1_000_000 + pnl),
  buyFees: krw(150),
  sellFees: krw(150),
  tax: krw(2_000),
  realizedPnl: krw(pnl - 2_300),
  openedAt: close('2024-01-02'),
  closedAt: close('2024-01-03'),
  entry: '=HYPERLINK("x")',
  exit: 'signal',
  exitReason,
})

/** Three days: 1,000,000 → 1,100,000 → 990,000 → 1,039,500, that is +10 %, −10 % and +5 %. */
export const RESULT: BacktestResult = {
  version: 1,
  interval: '1d',
  assumptions: { slippage: { kind: 'none' }, participationRatio: 0.1, limitFill: 'through' },
  beganWith: krw(1_000_000),
  endedWith: krw(1_039_500),
  equity: {
    at: Float64Array.from([close('2024-01-02'), close('2024-01-03'), close('2024-02-01')]),
    value: Float64Array.from([1_100_000, 990_000, 1_039_500]),
    exposure: Float64Array.from([0.5, 0.5, 0.2]),
  },
  orders: [],
  roundTrips: [trip(20_000, EVIL), trip(-10_000, 'a, "b"')],
  leftOver: [],
  refusals: [],
  costs: { commission: krw(600), tax: krw(4_000) },
  decisionHash: 'abc',
}

export const figures = figuresOf(
  RESULT,
  RESULT.roundTrips.map((each) => outcomeOf(each, { strategy: 's' })),
  { name: EVIL, closes: Float64Array.from([100, 90, 99]) },
)
export const input: ReportInput = {
  title: { ko: EVIL, en: 'x' },
  subtitle: EVIL,
  result: RESULT,
  figures,
  absurd: [],
  assumptions: [{ ko: '가', en: 'a', value: EVIL }],
  certificate: [],
  nameOf: (id) => `${EVIL}${id}`,
}
