import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Slippage } from '../../matching/bars/slippage.ts'
import { type CommissionSchedule, commissionSchedule } from '../../model/charges.ts'
import { currencyOf, type HomeVenue } from '../../model/home-venue.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import { unitsOf } from '../../model/money.ts'
import type { OrderStyle } from '../../model/settings.ts'
import { type TradingDay, tradingDay } from '../../model/time.ts'
import type { DataSetName } from '../../ports/catalog.ts'
import { writtenValue } from '../../trading/strategies/parameters.ts'
import { catalogOption } from '../commands/data-catalog.ts'
import * as read from '../options.ts'
import { type ProgressForm, progressOption } from '../pace.ts'
import type { BarsWanted } from './load-bars.ts'
import type { BacktestRules } from './settings.ts'

/** What every command is told that plays strategies over history: data, account, orders and how they fill. */
export interface MarketOptions {
  readonly catalog: string
  readonly data: string
  readonly symbols?: readonly InstrumentId[]
  readonly from?: TradingDay
  readonly to?: TradingDay
  /** In won, or in dollars for US shares. */
  readonly cash?: number
  readonly amount?: BacktestRules['amount']
  readonly maxPositions?: number
  readonly order: OrderStyle
  readonly stopLoss?: number
  readonly takeProfit?: number
  readonly slippage: Slippage
  readonly participation: number
  readonly limitFill: 'through' | 'touch'
  readonly commission?: number
  readonly activityFee?: true
  /** Wall milliseconds. */
  readonly patience: number
  readonly progress: ProgressForm
}

/** Adds them to a command. */
export const withMarketOptions = (command: Command): Command =>
  command
    .option(
      '--data <set>',
      "데이터 이름 (garam data list) · a set as 'garam data list' names it",
      'bars/1d/KRX/none',
    )
    .option('--symbols <list>', '종목 (005930,000660), 없으면 전부 · symbols; all without it', symbols)
    .option('--from <day>', '첫 거래일 · first trading day', read.day)
    .option('--to <day>', '마지막 거래일 · last trading day', read.day)
    .option(
      '--cash <amount>',
      '처음 현금, 원 또는 달러 (없으면 1천만 원, 1만 달러) · cash to begin with, won or dollars',
      read.wholeNumber,
    )
    .option(
      '--commission <ratio>',
      '내 수수료율: 0.07% (없으면 증권사 정가) · own commission (default: list price)',
      read.ratio,
    )
    .option('--activity-fee', '미국: 매도에 FINRA TAF도 · US: FINRA’s activity fee on sales too')
    .option(
      '--amount <size>',
      '종목당 금액: 1000000(원, 달러) 또는 20% · amount each (default: the account over the places)',
      amount,
    )
    .option(
      '--max-positions <count>',
      '동시에 보유할 종목 (한 종목이면 1, 아니면 10) · positions at most',
      read.wholeNumber,
    )
    .option('--order <style>', '매수 주문: market 또는 limit:+3 (호가 단위) · buy order', orderStyle, {
      kind: 'market',
    })
    .option('--stop-loss <ratio>', '손절 (3%) · stop loss', read.ratio)
    .option('--take-profit <ratio>', '익절 (5%) · take profit', read.ratio)
    .option('--slippage <model>', '슬리피지: none, ticks:1, volume:0.1, sqrt:0.1 · slippage', slippage, {
      kind: 'ticks',
      ticks: 1,
    })
    .option(
      '--participation <ratio>',
      '봉 거래량의 최대 몫 · share of a bar’s volume at most',
      read.ratio,
      0.1,
    )
    .addOption(
      new Option('--limit-fill <rule>', '지정가 체결: 지나가야, 닿으면 · limit orders fill')
        .choices(['through', 'touch'])
        .default('through'),
    )
    .option(
      '--patience <time>',
      '전략 파일이 이만큼 돌아오지 않으면 끝냅니다 · a strategy file that does not come back for so long is ended',
      read.duration,
      10_000,
    )
    .addOption(progressOption())
    .addOption(catalogOption())

/** The command line of a backtest, read. */
export interface BacktestOptions extends MarketOptions {
  readonly entry?: string
  readonly exit?: string
  readonly param: Readonly<Record<string, unknown>>
  readonly fxSpread: number
  readonly benchmark?: string
  readonly checkLookahead?: true
  readonly checkRecursion?: true
  readonly openHoldout?: true
  /** Runs; absent: none. */
  readonly monteCarlo?: number
  readonly seed: number
  /** A journal. */
  readonly day?: string
  readonly out: string
  readonly pdf?: true
  readonly json?: true
}

/** Parsers of their values. */
const symbols = (text: string): readonly InstrumentId[] =>
  text.split(',').map((each) => instrumentId(each.trim()))

const bad = (ko: string, en: string): never => {
  throw new InvalidArgumentError(`${ko} / ${en}`)
}

export function parameter(
  text: string,
  before: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const at = text.indexOf('=')
  if (at < 1) return bad('fast=10 처럼 씁니다', 'written fast=10')
  const [key, value] = [text.slice(0, at), text.slice(at + 1)]
  return { ...before, [key]: writtenValue(value) }
}

const amount = (text: string): BacktestRules['amount'] =>
  text.endsWith('%') ? { ratio: read.ratio(text) } : { units: read.wholeNumber(text) }

function orderStyle(text: string): OrderStyle {
  if (text === 'market') return { kind: 'market' }
  const match = /^limit:([+-]?\d{1,3})$/.exec(text)
  return match
    ? { kind: 'limit', from: 'last', ticks: Number(match[1]) }
    : bad('market 또는 limit:+3 처럼 씁니다', 'written market, or limit:+3 (ticks from the last price)')
}

function slippage(text: string): Slippage {
  const match = /^(none|ticks|volume|sqrt)(?::(\d+(?:\.\d+)?))?$/.exec(text)
  const size = Number(match?.[2] ?? 1)
  switch (match?.[1]) {
    case 'none':
      return { kind: 'none' }
    case 'ticks':
      return Number.isInteger(size)
        ? { kind: 'ticks', ticks: size }
        : bad('호가 단위는 정수입니다', 'ticks are whole')
    case 'volume':
      return { kind: 'volumeShare', coefficient: size }
    case 'sqrt':
      return { kind: 'squareRoot', coefficient: size }
    default:
      return bad('none, ticks:1, volume:0.1, sqrt:0.1 중 하나', 'one of none, ticks:1, volume:0.1, sqrt:0.1')
  }
}

export const barsWanted = (
  set: DataSetName,
  { symbols: instruments, from, to }: MarketOptions,
): BarsWanted => ({
  set,
  ...(instruments && { instruments }),
  ...(from && { from }),
  ...(to && { to }),
})

const DEFAULT_CASH: Readonly<Record<HomeVenue, number>> = { KRX: 10_000_000, US: 10_000 }

/** What the account begins with, in the unit of its money. */
export const cashOf = ({ cash }: MarketOptions, home: HomeVenue): number =>
  (cash ?? DEFAULT_CASH[home]) * unitsOf(currencyOf(home))

const TEN_MILLION = 10_000_000

/** List prices have not changed within the years of the calendars. */
const listPrice = (home: HomeVenue): CommissionSchedule =>
  commissionSchedule({
    broker: home === 'US' ? 'kis' : 'kiwoom',
    environment: 'simulated',
    venue: home,
    day: tradingDay('2015-01-01'),
  })

/** The account's own commission, when one is said: another rate, cut as the broker cuts it, or the activity fee on top. */
export function commissionOf(
  { commission, activityFee }: Pick<MarketOptions, 'commission' | 'activityFee'>,
  home: HomeVenue,
): CommissionSchedule | undefined {
  if (commission === undefined && activityFee === undefined) return undefined
  const list = listPrice(home)
  return {
    ...list,
    ...(commission !== undefined && {
      rate: { numerator: Math.round(commission * TEN_MILLION), denominator: TEN_MILLION },
    }),
    ...(activityFee && { passesActivityFee: true }),
  }
}

/** `instruments`: how many take part; `home`: where. */
export function rulesOf(options: MarketOptions, instruments: number, home: HomeVenue = 'KRX'): BacktestRules {
  const commission = commissionOf(options, home)
  const { amount, order, stopLoss, takeProfit, slippage, participation, limitFill } = options
  return {
    maxPositions: options.maxPositions ?? (instruments === 1 ? 1 : 10),
    order,
    slippage,
    participationRatio: participation,
    limitFill,
    exits: {
      trailing: [],
      ...(stopLoss === undefined ? {} : { stopLossRatio: stopLoss }),
      ...(takeProfit === undefined ? {} : { takeProfitRatio: takeProfit }),
    },
    ...(commission && { commission }),
    ...(amount && {
      amount: 'units' in amount ? { units: amount.units * unitsOf(currencyOf(home)) } : amount,
    }),
  }
}
