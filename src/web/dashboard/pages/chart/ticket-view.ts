import type { InstrumentMessage } from '../../../contract/chart.ts'
import type { ManualOrderMessage, OrderStyleMessage, PreviewMessage } from '../../../contract/commands.ts'
import type { RefusalMessage } from '../../../contract/live.ts'
import { ceilToTick, nearestTick } from './ladder-view.ts'

/** 지정가 시장가 최유리 최우선 중간가 조건부지정가 */
export const ORDER_KINDS = [
  ['at', '지정가', 'Limit'],
  ['market', '시장가', 'Market'],
  ['best', '최유리', 'Best'],
  ['priority', '최우선', 'Priority'],
  ['mid', '중간가', 'Mid-price'],
  ['conditional', '조건부지정가', 'Conditional'],
] as const
export type OrderKind = (typeof ORDER_KINDS)[number][0]
export type SizedBy = 'shares' | 'amount' | 'ratio'

/** What a person has put into the ticket; numbers as they were typed. */
export interface Draft {
  readonly side: 'buy' | 'sell'
  readonly kind: OrderKind
  readonly price: string
  /** Of a conditional order: so many ticks from there. */
  readonly from: 'last' | 'bid' | 'ask'
  readonly ticks: number
  readonly sizedBy: SizedBy
  readonly shares: string
  readonly amount: string
  /** Percent of the buying power, or of what is held. */
  readonly percent: string
}

export const FRESH: Draft = {
  side: 'buy',
  kind: 'at',
  price: '',
  from: 'last',
  ticks: 0,
  sizedBy: 'shares',
  shares: '',
  amount: '',
  percent: '',
}

/** A whole number above 0 as people write it: `71,300`. */
export function whole(text: string): number | undefined {
  const digits = text.replaceAll(/[,\s]/g, '')
  if (!/^\d{1,12}$/.test(digits)) return undefined
  const value = Number(digits)
  return value > 0 ? value : undefined
}

export interface Desk {
  readonly last: number
  readonly buyingPower: number
  readonly held: number
  readonly ticks: InstrumentMessage['ticks']
  readonly band?: InstrumentMessage['band']
}

/** What the order is likely to cost a share; 0 while no price is known. */
const priceOf = (draft: Draft, { last }: Pick<Desk, 'last'>): number =>
  draft.kind === 'at' ? (whole(draft.price) ?? 0) : last

/** Shares of the order, cut down; `undefined` while that cannot be told. */
export function sharesOf(draft: Draft, desk: Desk): number | undefined {
  const price = priceOf(draft, desk)
  switch (draft.sizedBy) {
    case 'shares':
      return whole(draft.shares)
    case 'amount': {
      const amount = whole(draft.amount)
      return amount === undefined || price === 0 ? undefined : Math.floor(amount / price)
    }
    case 'ratio': {
      const percent = Number(draft.percent)
      if (draft.percent === '' || !(percent > 0 && percent <= 100)) return undefined
      if (draft.side === 'sell') return Math.floor((desk.held * percent) / 100)
      return price === 0 ? undefined : Math.floor((desk.buyingPower * percent) / 100 / price)
    }
    default:
      return draft.sizedBy satisfies never
  }
}

export type WrongPrice = 'price' | 'offTick' | 'outsideBand'
export type Wrong = WrongPrice | 'shares' | 'none' | 'moreThanHeld'

/** What keeps it from being a limit of today. */
export function wrongPriceOf(
  price: number | undefined,
  { ticks, band }: Pick<Desk, 'ticks' | 'band'>,
): WrongPrice | undefined {
  if (price === undefined) return 'price'
  if (nearestTick(ticks, price) !== price) return 'offTick'
  return band && (price < band.lower || price > band.upper) ? 'outsideBand' : undefined
}

/** What keeps it from being an order, the first thing first. */
export function wrongOf(draft: Draft, desk: Desk): Wrong | undefined {
  if (draft.kind === 'at') {
    const wrong = wrongPriceOf(whole(draft.price), desk)
    if (wrong) return wrong
  }
  const shares = sharesOf(draft, desk)
  if (shares === undefined) return 'shares'
  if (shares === 0) return 'none'
  return draft.side === 'sell' && shares > desk.held ? 'moreThanHeld' : undefined
}

/** The order as the server takes it; `undefined` while something is wrong with it. */
export function orderOf(draft: Draft, desk: Desk, instrument: string): ManualOrderMessage | undefined {
  const quantity = sharesOf(draft, desk)
  if (wrongOf(draft, desk) !== undefined || quantity === undefined) return undefined
  return { instrument, side: draft.side, quantity, order: styleOf(draft) }
}

function styleOf({ kind, price, from, ticks }: Draft): OrderStyleMessage {
  if (kind === 'at') return { kind, limit: whole(price) ?? 0 }
  if (kind === 'conditional') return { kind, from, ticks }
  return { kind }
}

/**
 * The lowest price of the grid at which a sale of all brings back what the purchase cost, by the commission of the preview
 * and the sales tax: costs are cut down per order, so it may be a tick too careful, never a tick too low.
 */
export function breakEven(
  preview: Pick<PreviewMessage, 'amount' | 'commission'>,
  quantity: number,
  instrument: Pick<InstrumentMessage, 'saleTaxRatio' | 'ticks'>,
): number | undefined {
  const { amount, commission } = preview
  if (amount <= 0 || quantity <= 0) return undefined
  const kept = 1 - instrument.saleTaxRatio - commission / amount
  return kept > 0
    ? ceilToTick(instrument.ticks, Math.ceil((amount + commission) / quantity / kept))
    : undefined
}

/** What a sale brings in, and what of it is gain. */
export function proceedsOf(
  preview: Pick<PreviewMessage, 'amount' | 'commission' | 'tax'>,
  quantity: number,
  averagePrice: number | undefined,
): { readonly net: number; readonly gain: number | undefined } {
  const net = preview.amount - preview.commission - preview.tax
  const gain = averagePrice === undefined ? undefined : Math.round(net - averagePrice * quantity)
  return { net, gain }
}

/** The newest refusal of this instrument and side since an order was given, market ms. */
export const refusalSince = (
  refusals: readonly RefusalMessage[],
  given: { readonly instrument: string; readonly side: 'buy' | 'sell'; readonly at: number },
): RefusalMessage | undefined =>
  refusals.findLast(
    ({ instrument, side, at }) => instrument === given.instrument && side === given.side && at >= given.at,
  )
