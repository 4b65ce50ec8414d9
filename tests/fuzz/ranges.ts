import type { FillReading } from '../../src/adapters/kiwoom/fills.ts'
import type { OrderFrame } from '../../src/adapters/kiwoom/map-orders.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import type { Book, MarketEvent } from '../../src/model/market-event.ts'
import type { AccountReport, OrderReport } from '../../src/model/order-report.ts'

/**
 * What a decoder may let in, written a second time and without a look at the decoders: a price above 0 and at most ten
 * million times a penny stock, whole numbers that are exact, codes of six, times of the running day.
 */

/** The dearest share of Korean history traded near 4,500,000 won. */
const MOST_PRICE = 100_000_000
/** The largest company has about 6,000,000,000 shares; a day's volume of a 1-won fund may be larger. */
const MOST_SHARES = 999_999_999_999
const DAY_MS = 86_400_000

/** The day on which all fuzzed frames arrive, with an hour on either side for clocks that differ. */
export interface Day {
  readonly from: number
  readonly now: number
}

const CODE = /^[0-9A-Z]{6}$/

const isCode = (code: InstrumentId | string): boolean => CODE.test(code)
const isCount = (value: number, most = MOST_SHARES): boolean =>
  Number.isSafeInteger(value) && value >= 0 && value <= most && !Object.is(value, -0)
const isPrice = (value: number): boolean => isCount(value, MOST_PRICE) && value > 0
const isPriceOrNone = (value: number): boolean => isCount(value, MOST_PRICE)
const isMoney = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0)
const isOfDay = (at: number, { from }: Day): boolean =>
  Number.isSafeInteger(at) && at >= from && at < from + DAY_MS

type Rule = readonly [field: string, holds: boolean]

const firstBroken = (rules: readonly Rule[], of: unknown): string | undefined => {
  for (const [field, holds] of rules) if (!holds) return `${field} is out of range in ${JSON.stringify(of)}`
  return undefined
}

export function marketEventFault(event: MarketEvent, day: Day): string | undefined {
  const rules: Rule[] = [
    ['at', isOfDay(event.at, day)],
    ['receivedAt', event.receivedAt === day.now],
  ]
  switch (event.kind) {
    case 'trade':
      rules.push(['instrument', isCode(event.instrument)], ['price', isPrice(event.price)])
      rules.push(
        ['quantity', isCount(event.quantity) && event.quantity > 0],
        ['bid', isPriceOrNone(event.bid)],
      )
      rules.push(['ask', isPriceOrNone(event.ask)], ['dayVolume', isCount(event.dayVolume)])
      break
    case 'quote':
      rules.push(['instrument', isCode(event.instrument)])
      rules.push(['bid', isPriceOrNone(event.bid)], ['bidQuantity', isCount(event.bidQuantity)])
      rules.push(['ask', isPriceOrNone(event.ask)], ['askQuantity', isCount(event.askQuantity)])
      rules.push(['expectedPrice', isPriceOrNone(event.expectedPrice)])
      rules.push(['expectedQuantity', isCount(event.expectedQuantity)])
      rules.push([
        'an empty side',
        event.bid > 0 === event.bidQuantity > 0 && event.ask > 0 === event.askQuantity > 0,
      ])
      if (event.last !== undefined) rules.push(['last', isPrice(event.last)])
      break
    case 'session':
      rules.push(['phase', typeof event.phase === 'string'], ['venue', typeof event.venue === 'string'])
      break
    case 'vi':
      rules.push(['state', event.state === 'on' || event.state === 'off'])
      rules.push(['instrument', isCode(event.instrument)], ['price', isPriceOrNone(event.price)])
      break
    case 'index':
      rules.push(['index', event.index === 'KOSPI' || event.index === 'KOSDAQ'])
      rules.push(['value', isCount(event.value) && event.value > 0], ['change', isMoney(event.change)])
      break
    case 'description':
      rules.push(['instrument', isCode(event.instrument)], ['basePrice', isPrice(event.basePrice)])
      rules.push(['last', isPriceOrNone(event.last)], ['name', event.listing.name.trim() !== ''])
      rules.push(['listedShares', isCount(event.listing.listedShares ?? 0)])
      rules.push(['designations', event.designations.every((each) => typeof each === 'string')])
      if (event.band) {
        rules.push(['upper', isPrice(event.band.upper)], ['lower', isPrice(event.band.lower)])
        rules.push(['band', event.band.lower <= event.band.upper])
      }
      break
    default:
  }
  return firstBroken(rules, event)
}

export function bookFault({ at, instrument, asks, bids }: Book, day: Day): string | undefined {
  const areSteps = [...asks, ...bids].every(
    ({ price, quantity }) => isPrice(price) && isCount(quantity) && quantity > 0,
  )
  return firstBroken(
    [
      ['at', isOfDay(at, day)],
      ['instrument', isCode(instrument)],
      ['steps', areSteps && asks.length <= 10 && bids.length <= 10],
    ],
    { at, instrument, asks, bids },
  )
}

export function accountFault(report: AccountReport): string | undefined {
  const rules: Rule[] = [
    ['cash', isMoney(report.cash)],
    ['buyingPower', isMoney(report.buyingPower)],
  ]
  for (const { instrument, quantity, sellable, cost } of report.holdings)
    rules.push(
      ['instrument', isCode(instrument)],
      ['quantity', isCount(quantity) && quantity > 0],
      ['sellable', isCount(sellable)],
      ['cost', isMoney(cost) && cost >= 0],
    )
  const codes = report.holdings.map(({ instrument }) => instrument)
  rules.push(['one row per instrument', new Set(codes).size === codes.length])
  return firstBroken(rules, report)
}

/** `known` is the quantity of each order of ours: nothing may fill beyond it. */
export function orderReportFault(
  report: OrderReport | AccountReport,
  known: ReadonlyMap<string, number>,
  day: Day,
): string | undefined {
  if (report.kind === 'account') return accountFault(report)
  const rules: Rule[] = [['at', isOfDay(report.at, day)]]
  if (report.kind === 'fill') {
    rules.push(['orderId', known.has(report.orderId)], ['price', isPrice(report.price)])
    rules.push(['quantity', isCount(report.quantity) && report.quantity > 0])
    rules.push(['cumulative', report.cumulative <= (known.get(report.orderId) ?? 0)])
  }
  if (report.kind === 'foreign') {
    rules.push(['instrument', isCode(report.instrument)], ['filled', isCount(report.filled)])
    rules.push(['open', isCount(report.open)])
  }
  return firstBroken(rules, report)
}

/** An order frame of the stream 00. */
export function orderFrameFault(frame: OrderFrame): string | undefined {
  const counts = [frame.quantity, frame.open, frame.filled, frame.unitQuantity]
  const prices = [frame.unitPrice, frame.fillPrice]
  const { amount = 0, time = 0 } = frame
  return firstBroken(
    [
      ['instrument', isCode(frame.instrument)],
      ['number', frame.number.trim() !== ''],
      ['status', typeof frame.status === 'string'],
      ['a count', counts.every((count) => count === undefined || isCount(count))],
      ['a price', prices.every((price) => price === undefined || isPrice(price))],
      ['amount', isMoney(amount) && amount >= 0],
      ['time', time >= 0 && time < DAY_MS],
    ],
    frame,
  )
}

/** What is read as newly filled of an order of so many shares. */
export function fillFault(reading: FillReading, ordered: number): string | undefined {
  if (reading.kind !== 'fills') return undefined
  const total = reading.steps.reduce((sum, { quantity }) => sum + quantity, 0)
  return firstBroken(
    [
      [
        'a step',
        reading.steps.every(({ price, quantity }) => isPrice(price) && isCount(quantity) && quantity > 0),
      ],
      ['the sum of the steps', total <= ordered],
    ],
    reading.steps,
  )
}

/** Numbers that a row of an order list says. */
export const listedFault = (row: {
  readonly instrument: string
  readonly number: string
  readonly price: number
  readonly quantity: number
  readonly filled: number
  readonly averagePrice: number
  readonly open: number
  readonly confirmed: number
  readonly time: number | undefined
}): string | undefined =>
  firstBroken(
    [
      ['instrument', isCode(row.instrument)],
      ['number', row.number.trim() !== ''],
      ['price', isPriceOrNone(row.price)],
      ['averagePrice', isPriceOrNone(row.averagePrice)],
      ['quantity', isCount(row.quantity)],
      ['filled', isCount(row.filled)],
      ['open', isCount(row.open)],
      ['confirmed', isCount(row.confirmed)],
      ['time', row.time === undefined || (row.time >= 0 && row.time < DAY_MS)],
    ],
    row,
  )

export const moneyFault = (name: string, value: number): string | undefined =>
  isMoney(value) ? undefined : `${name} is out of range: ${value}`

export const codeFault = (code: string): string | undefined =>
  isCode(code) ? undefined : `${JSON.stringify(code)} is no code`
