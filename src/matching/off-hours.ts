import { offHoursBand } from '../model/price-band.ts'
import type { SessionWindow } from '../model/sessions.ts'
import { type Floor, randomEnd } from './floor.ts'
import { type InstrumentMarket, referencePrice } from './instrument-market.ts'
import { uncrossUnlessVi } from './own-call.ts'

/** 시간외 단일가: twelve rounds from 16:10 to 18:00. Source: rule book §1.2. */
const ROUND_EVERY_MS = 600_000

/** All rounds but the last, which ends with the session. What is left of a round is there in the next one. */
export function planOffHours(
  floor: Floor,
  markets: readonly InstrumentMarket[],
  { from, to }: SessionWindow,
): void {
  for (let nominal = from + ROUND_EVERY_MS; nominal < to; nominal += ROUND_EVERY_MS) {
    const due = nominal + randomEnd(floor, `offHoursSingle/${nominal}`)
    if (due > floor.now)
      floor.agenda.at(due, () => {
        for (const market of markets) endRound(floor, market)
      })
  }
}

/** Prices stay within 10 % of the day's close, and inside the band of the day. Source: rule book §1.2, §1.6. */
export function beginOffHours({ day }: Floor, market: InstrumentMarket): void {
  const { instrument, today } = market.listing
  const close = market.close > 0 ? market.close : referencePrice(market)
  market.band = offHoursBand(instrument, day, today, close)
}

/** One price, unless it lies too far from the one before: then a VI prolongs the round by its two minutes. */
export function endRound(floor: Floor, market: InstrumentMarket): void {
  const isInRound = market.phase === 'offHoursSingle' && !market.isHalted && market.ownCall === undefined
  if (isInRound) uncrossUnlessVi(floor, market, 'later')
}
