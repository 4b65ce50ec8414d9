import type { Listing } from '../../src/matching/types.ts'
import type { TradingDay } from '../../src/model/time.ts'
import type { EpochMs } from '../../src/std/clock.ts'

/**
 * The exchange's rules for an order that leaves, written down a second time from the rule book and with nothing of
 * `model/`: trader and simulator share that folder, and a mistake in it would be shared by both.
 */
export interface OrderLaw {
  /** What is wrong with the body of an order request, `undefined` when nothing is. */
  wrongWith(api: string, body: Readonly<Record<string, string | undefined>>, at: EpochMs): string | undefined
}

/** From 2023-01-25. Source: KRX English site, tick sizes; rule book §1.6. */
const STOCK_TICKS = [
  { from: 500_000, tick: 1_000 },
  { from: 200_000, tick: 500 },
  { from: 50_000, tick: 100 },
  { from: 20_000, tick: 50 },
  { from: 5_000, tick: 10 },
  { from: 2_000, tick: 5 },
  { from: 0, tick: 1 },
]
/** From 2023-12-11. Source: rule book §1.6. */
const FUND_TICKS = [
  { from: 2_000, tick: 5 },
  { from: 0, tick: 1 },
]
/** Source: rule book §1.6, daily limit history. */
const LIMIT_PERCENT = 30
const RULES_FROM = '2023-12-11'

const HOUR = 3_600_000
const MINUTE = 60_000
const DAY = 24 * HOUR
const SEOUL = 9 * HOUR
/** KRX takes orders for the regular session from the opening call to the end of the closing call. Rule book §1.2. */
const ENTRY_FROM = 8 * HOUR + 30 * MINUTE
const ENTRY_TO = 15 * HOUR + 30 * MINUTE
/** Kiwoom's codes. Source: Kiwoom REST API guide, trde_tp. */
const LIMIT = '0'
const MARKET = '3'

export function createOrderLaw(listings: readonly Listing[], day: TradingDay): OrderLaw {
  if (day < RULES_FROM) throw new Error(`these rules begin on ${RULES_FROM}, not on ${day}`)
  const byCode = new Map<string, Listing>(listings.map((listing) => [listing.instrument.id, listing]))

  const wrongPrice = (code: string, text: string): string | undefined => {
    const listing = byCode.get(code)
    if (!listing) return `${code} is not listed`
    const price = Number(text)
    if (!Number.isSafeInteger(price) || price <= 0) return `"${text}" is no price`
    const tick = tickOf(listing, price)
    if (price % tick !== 0) return `${price} is off the tick of ${tick}`
    const band = bandOf(listing)
    if (band && (price > band.upper || price < band.lower))
      return `${price} is outside ${band.lower}–${band.upper}`
    return undefined
  }

  const wrongTime = (at: EpochMs): string | undefined => {
    const time = (at + SEOUL) % DAY
    return time < ENTRY_FROM || time >= ENTRY_TO
      ? `it leaves ${time - ENTRY_TO} ms after the close`
      : undefined
  }

  return {
    wrongWith: (api, body, at) => {
      const code = body.stk_cd ?? ''
      if (api === 'kt10003') return undefined
      const late = wrongTime(at)
      if (late) return late
      if (body.dmst_stex_tp !== 'KRX') return `it goes to ${body.dmst_stex_tp}`
      if (api === 'kt10002') return wrongPrice(code, body.mdfy_uv ?? '')
      if (!/^[1-9]\d*$/.test(body.ord_qty ?? '')) return `"${body.ord_qty}" is no quantity`
      if (body.trde_tp === MARKET) return body.ord_uv ? `a market order at ${body.ord_uv}` : undefined
      return body.trde_tp === LIMIT ? wrongPrice(code, body.ord_uv ?? '') : `its type is ${body.trde_tp}`
    },
  }
}

const isFund = ({ instrument }: Listing) => instrument.class === 'etf' || instrument.class === 'etn'

const tickOf = (listing: Listing, price: number): number =>
  (isFund(listing) ? FUND_TICKS : STOCK_TICKS).find(({ from }) => price >= from)?.tick ?? 1

/** Whole numbers all along. `undefined`: a name without a limit, or one on its first day. */
function bandOf(listing: Listing): { readonly upper: number; readonly lower: number } | undefined {
  const { basePrice: base, designations } = listing.today
  if (designations.includes('liquidation') || designations.includes('firstDay')) return undefined
  const percent = LIMIT_PERCENT * (listing.instrument.leverage ?? 1)
  const tick = tickOf(listing, base)
  const width = Math.floor((base * percent) / (100 * tick)) * tick
  const upper = base + width
  const lower = Math.max(0, base - width)
  return {
    upper: Math.floor(upper / tickOf(listing, upper)) * tickOf(listing, upper),
    lower: Math.ceil(lower / tickOf(listing, lower)) * tickOf(listing, lower),
  }
}
