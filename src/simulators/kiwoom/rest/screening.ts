import { own } from '../../../std/own.ts'
import { directed, directionSign, signed, signedPercent } from '../format.ts'
import { FORM_SUFFIX, shownPrice, strengthOf, type Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { textOf } from './fields.ts'
import type { Call } from './offer.ts'
import { askedForm } from './venue.ts'

/** Volumes in requests come in thousands of shares. */
const THOUSAND = 1_000

/** `_AL` marks a row of the combined market, `_NX` one of NXT (the second is assumed). */
export const codeOf = (call: Call, { id }: Tape): string => id + FORM_SUFFIX[askedForm(call)]

/** `mrkt_tp`: 000 all, 001 KOSPI, 101 KOSDAQ, 201 KOSPI200; also `P00101` and `P10102` of program trading. */
export function inMarket(code: string): (tape: Tape) => boolean {
  const market = code.startsWith('P') ? code.slice(1, 4) : code
  return ({ listing: { instrument } }) =>
    market === '000' ||
    market === '' ||
    (market === '001' && instrument.market === 'KOSPI') ||
    (market === '101' && instrument.market === 'KOSDAQ') ||
    (market === '201' && instrument.market === 'KOSPI' && instrument.viGroup === 'narrow')
}

/** `stk_cnd` → only stocks of this margin rate. */
const ONLY_MARGIN: Readonly<Record<string, number>> = {
  '6': 1,
  '7': 0.4,
  '8': 0.3,
  '9': 0.2,
  '12': 0.5,
  '13': 0.6,
}

const marginOf = ({ listing: { today } }: Tape): number =>
  today.marginRate.numerator / today.marginRate.denominator

/** The common exclusions (`stk_cnd`) that this market can tell apart; the others exclude nothing. */
export function kept(code: string): (tape: Tape) => boolean {
  const classOf = ({ listing }: Tape) => listing.instrument.class
  const designated = ({ listing }: Tape, name: 'administrative' | 'liquidation') =>
    listing.today.designations.includes(name)
  const only = own(ONLY_MARGIN, code)
  if (only !== undefined) return (tape) => marginOf(tape) === only
  if (code === '1' || code === '4') return (tape) => !designated(tape, 'administrative')
  if (code === '5') return (tape) => marginOf(tape) < 1
  if (code === '11') return (tape) => !designated(tape, 'liquidation')
  if (code === '14') return (tape) => classOf(tape) !== 'etf'
  if (code === '17') return (tape) => classOf(tape) !== 'etn'
  if (code === '16' || code === '18' || code === '20') return (tape) => classOf(tape) === 'stock'
  return () => true
}

const PRICE_RANGE: Readonly<Record<string, readonly [from: number, below: number]>> = {
  '1': [0, 1_000],
  '2': [1_000, 2_000],
  '3': [2_000, 5_000],
  '4': [5_000, 10_000],
  '5': [10_000, Number.POSITIVE_INFINITY],
  '8': [1_000, Number.POSITIVE_INFINITY],
  '10': [0, 10_000],
}

/** Whether a price lies in the range that `pric_cnd` names. */
export const inPriceRange = (code: string, price: number): boolean => {
  const [from, below] = own(PRICE_RANGE, code) ?? [0, Number.POSITIVE_INFINITY]
  return price >= from && price < below
}

export const isAtLimit = ({ last, band }: Tape): boolean =>
  band !== undefined && last > 0 && (last >= band.upper || last <= band.lower)

/** Instruments of the asked market and venue, in code order. */
export const listed = (call: Call): readonly Tape[] =>
  call.market
    .inForm(askedForm(call))
    .filter(inMarket(textOf(call.body, 'mrkt_tp')))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))

/**
 * Those that traded and pass what the request says under the usual names: `stk_cnd`, `trde_qty_tp` or `trde_qty_cnd`,
 * `pric_cnd` or `trde_gold_tp`, `updown_incls`.
 */
export function screened(call: Call): readonly Tape[] {
  const ask = (name: string) => textOf(call.body, name)
  const least = Number(ask('trde_qty_tp') || ask('trde_qty_cnd') || 0) * THOUSAND
  const price = ask('pric_cnd') || ask('trde_gold_tp')
  return listed(call)
    .filter(({ open, volume }) => open > 0 && volume >= least)
    .filter(kept(ask('stk_cnd')))
    .filter((tape) => inPriceRange(price, tape.last))
    .filter((tape) => ask('updown_incls') !== '0' || !isAtLimit(tape))
}

const rate = (price: number, reference: number): string =>
  signedPercent(reference === 0 ? 0 : price / reference - 1)

/** Change of today, as a ratio. */
export const dayRate = (tape: Tape): number => shownPrice(tape) / tape.base - 1

/** An instrument under every name the market lists use. */
export function quoteFields(call: Call, tape: Tape): Row {
  const { base, band, listing } = tape
  const price = shownPrice(tape)
  const sign = directionSign(price, base, band)
  const change = signed(price - base)
  const volume = String(tape.volume)
  return {
    stk_cd: codeOf(call, tape),
    stk_nm: listing.instrument.name,
    stk_cls: '0',
    stk_infr: '0',
    cur_prc: directed(price, base),
    pred_pre_sig: sign,
    pre_sig: sign,
    flu_sig: sign,
    flu_smbol: sign,
    pred_pre: change,
    flu_rt: rate(price, base),
    trde_qty: volume,
    now_trde_qty: volume,
    acc_trde_qty: volume,
    pred_trde_qty: String(listing.previousVolume),
    sel_bid: directed(tape.ask, base),
    buy_bid: directed(tape.bid, base),
    sel_req: String(call.market.levels(tape, 'sell', 1)[0]?.quantity ?? 0),
    buy_req: String(call.market.levels(tape, 'buy', 1)[0]?.quantity ?? 0),
    open_pric: directed(tape.open, base),
    high_pric: directed(tape.high, base),
    low_pric: directed(tape.low, base),
    base_pric: String(base),
    cntr_str: strengthOf(tape).toFixed(2),
    cnt: '1',
  }
}

/** Numbered from 1. */
export const ranked = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row, index) => ({ ...row, rank: String(index + 1) }))

/** The exclusive parts of `KOSPI200` that arbitrage trades. */
export const inArbitrage = ({ listing: { instrument } }: Tape): boolean =>
  instrument.market === 'KOSPI' && instrument.viGroup === 'narrow' && instrument.class === 'stock'
