import type { Designation, InstrumentDay } from './instrument.ts'
import { type TradingDay, tradingDay } from './time.ts'

/** What a designation does to trading in an instrument. */
export interface DesignationEffect {
  /** The whole order amount must be there in cash; no credit. */
  readonly fullMargin: boolean
  /** Matched once every 30 minutes (09:00, 09:30 … 15:30) instead of continuously. `sometimes`: the exchange decides by case. */
  readonly singlePrice: 'always' | 'sometimes' | 'never'
  /** Only limit and market orders are taken. */
  readonly plainOrdersOnly: boolean
  /** Not traded in the KRX after-market. */
  readonly noAfterMarket: boolean
  /** No volatility interruption, from this day on. */
  readonly noViFrom?: TradingDay
  /** No upper and lower limit price. */
  readonly noBand: boolean
}

const ALWAYS = tradingDay('1998-12-07')

const NONE: DesignationEffect = {
  fullMargin: false,
  singlePrice: 'never',
  plainOrdersOnly: false,
  noAfterMarket: false,
  noBand: false,
}

/**
 * The effects of each designation.
 *
 * Source: KRX regulation page on short-term overheat issues (single price, plain orders, no after-market); KRX English
 * site, volatility interruption; rule book §1.3, §1.7, §1.13. Assumed, because no source says otherwise: danger is barred
 * from the after-market like warning, liquidation and overheated issues ask for the full margin, and
 * a disclosure caution (투자주의환기) changes nothing in matching.
 */
export const DESIGNATION_EFFECTS: Readonly<Record<Designation, DesignationEffect>> = {
  administrative: { ...NONE, fullMargin: true, singlePrice: 'sometimes', noAfterMarket: true },
  caution: NONE,
  warning: { ...NONE, fullMargin: true, noAfterMarket: true },
  danger: { ...NONE, fullMargin: true, singlePrice: 'sometimes', noAfterMarket: true },
  overheated: {
    ...NONE,
    fullMargin: true,
    singlePrice: 'always',
    plainOrdersOnly: true,
    noAfterMarket: true,
    noViFrom: ALWAYS,
  },
  liquidation: {
    ...NONE,
    fullMargin: true,
    singlePrice: 'always',
    noAfterMarket: true,
    noViFrom: ALWAYS,
    noBand: true,
  },
  disclosureCaution: NONE,
  firstDay: { ...NONE, noViFrom: tradingDay('2021-10-18') },
}

type Designations = readonly Designation[]

/** Must a buy be covered by its whole amount in cash (증거금 100 %)? */
export const needsFullMargin = (designations: Designations): boolean =>
  designations.some((designation) => DESIGNATION_EFFECTS[designation].fullMargin)

/** Is it certain that the instrument trades in 30-minute single-price auctions? */
export const isSinglePriceTraded = (designations: Designations): boolean =>
  designations.some((designation) => DESIGNATION_EFFECTS[designation].singlePrice === 'always')

const MINUTE_MS = 60_000
const HALF_HOUR_MS = 30 * MINUTE_MS

/**
 * How often the instrument trades in single prices that day instead of continuously, counted from the regular opening;
 * `undefined`: it trades continuously. Source: rule book §1.13.
 */
export function singlePriceEveryMs(
  today: Pick<InstrumentDay, 'designations' | 'singlePriceMinutes'>,
): number | undefined {
  if (isSinglePriceTraded(today.designations)) return HALF_HOUR_MS
  return today.singlePriceMinutes === undefined ? undefined : today.singlePriceMinutes * MINUTE_MS
}

/** Are limit and market the only order types the exchange takes for it? */
export const takesPlainOrdersOnly = (designations: Designations): boolean =>
  designations.some((designation) => DESIGNATION_EFFECTS[designation].plainOrdersOnly)

/** Is it kept out of the KRX after-market? The instrument's class may keep it out as well: `exchangeAccepts`. */
export const isBarredFromAfterMarket = (designations: Designations): boolean =>
  designations.some((designation) => DESIGNATION_EFFECTS[designation].noAfterMarket)

/** Can a volatility interruption stop it on that day? */
export const isSubjectToVi = (designations: Designations, day: TradingDay): boolean =>
  designations.every((designation) => {
    const { noViFrom } = DESIGNATION_EFFECTS[designation]
    return noViFrom === undefined || day < noViFrom
  })
