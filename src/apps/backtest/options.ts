import { InvalidArgumentError } from 'commander'
import type { Slippage } from '../../matching/bars/slippage.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { OrderStyle } from '../../model/settings.ts'
import type { TradingDay } from '../../model/time.ts'
import * as read from '../options.ts'
import type { BacktestRules } from './settings.ts'

/** The command line of a backtest, read. */
export interface BacktestOptions {
  readonly catalog: string
  readonly data: string
  readonly entry?: string
  readonly exit?: string
  readonly symbols?: readonly InstrumentId[]
  readonly from?: TradingDay
  readonly to?: TradingDay
  readonly cash: number
  readonly param: Readonly<Record<string, unknown>>
  readonly amount?: BacktestRules['amount']
  readonly maxPositions?: number
  readonly order: OrderStyle
  readonly stopLoss?: number
  readonly takeProfit?: number
  readonly slippage: Slippage
  readonly participation: number
  readonly limitFill: 'through' | 'touch'
  readonly benchmark?: string
  readonly checkLookahead?: true
  /** A journal. */
  readonly day?: string
  /** Wall milliseconds. */
  readonly patience: number
  readonly out: string
  readonly json?: true
}

/** Parsers of its values. */
export const symbols = (text: string): readonly InstrumentId[] =>
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
  return { ...before, [key]: readValue(value) }
}

function readValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  const percent = /^(-?\d+(?:\.\d+)?)%$/.exec(text)
  if (percent) return Number(percent[1]) / 100
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

export const amount = (text: string): BacktestRules['amount'] =>
  text.endsWith('%') ? { ratio: read.ratio(text) } : { won: read.wholeNumber(text) }

export function orderStyle(text: string): OrderStyle {
  if (text === 'market') return { kind: 'market' }
  const match = /^limit:([+-]?\d{1,3})$/.exec(text)
  return match
    ? { kind: 'limit', from: 'last', ticks: Number(match[1]) }
    : bad('market 또는 limit:+3 처럼 씁니다', 'written market, or limit:+3 (ticks from the last price)')
}

export function slippage(text: string): Slippage {
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

/** `instruments`: how many take part. */
export function rulesOf(options: BacktestOptions, instruments: number): BacktestRules {
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
    ...(amount && { amount }),
  }
}
