import type { EpochMs } from '../../../std/clock.ts'
import {
  compactDay,
  compactTime,
  directed,
  directionSign,
  hundredMillions,
  millions,
  signed,
  signedPercent,
  signedSpace,
} from '../format.ts'
import { type BrokerFlow, brokersOf, topFive } from '../market/brokers.ts'
import { type Flow, netOf, sumOf } from '../market/chance.ts'
import type { IndexTape } from '../market/indices.ts'
import { navOf } from '../market/nav.ts'
import { programOf } from '../market/programs.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import { valuesText } from './frame.ts'

/**
 * The slower streams of an instrument: what a broker's server derives from the day so far.
 * Source of FIDs and forms: Kiwoom REST API guide, examples of 0A, 0E, 0F, 0G and 0w.
 */

const MILLION = 1_000_000
const COST_SHARE = 0.002305

type Fields = (readonly [fid: number, text: string])[]

const priceFields = (tape: Tape): Fields => {
  const { base, band } = tape
  const price = shownPrice(tape)
  return [
    [10, directed(price, base)],
    [11, signed(price - base)],
    [12, signedPercent(price / base - 1)],
    [25, directionSign(price, base, band)],
  ]
}

/** `0A` 주식기세: the day's figures once more when they are set without a trade, here at the close. */
export function closingValues(tape: Tape): string {
  const { base, volume, value, listing } = tape
  const before = listing.previousVolume
  const time = (at: EpochMs) => (at === 0 ? '000000' : compactTime(at))
  const price = shownPrice(tape)
  return valuesText([
    ...priceFields(tape),
    [27, directed(tape.ask, base)],
    [28, directed(tape.bid, base)],
    [13, String(volume)],
    [14, millions(value)],
    [16, directed(tape.open, base)],
    [17, directed(tape.high, base)],
    [18, directed(tape.low, base)],
    [26, signedSpace(volume - before)],
    [29, signedSpace(value - before * base)],
    [30, `${volume < before ? '-' : '+'}${(before === 0 ? 0 : (volume / before) * 100).toFixed(2)}`],
    [31, ((volume / tape.shares) * 100).toFixed(2)],
    [32, String(Math.ceil(price * COST_SHARE))],
    [311, hundredMillions(price * tape.shares)],
    [567, time(tape.upperAt)],
    [568, time(tape.lowerAt)],
  ])
}

/** Totals of the after-hours book. */
export interface AfterHours {
  readonly asks: number
  readonly bids: number
}

/** `0E` 주식시간외호가 */
export const afterHoursValues = (now: AfterHours, before: AfterHours, at: EpochMs): string =>
  valuesText([
    [21, compactTime(at)],
    [131, String(now.asks)],
    [132, signed(now.asks - before.asks)],
    [135, String(now.bids)],
    [136, signed(now.bids - before.bids)],
  ])

/** Flows of every firm up to a volume of the day. */
const firmsAt = (tape: Tape, volume: number): readonly BrokerFlow[] =>
  brokersOf(tape.id, compactDay(tape.listing.today.day), volume)

const foreign = (flows: readonly BrokerFlow[]): Flow => sumOf(flows.filter(({ member }) => member.foreign))

/** `0F` 주식당일거래원: the first five of each side, changes against the frame before (`volumeBefore`). */
export function firmValues(tape: Tape, volumeBefore: number): string {
  const now = firmsAt(tape, tape.volume)
  const before = firmsAt(tape, volumeBefore)
  const change = (flow: BrokerFlow, side: 'buy' | 'sell') =>
    flow[side] - (before.find(({ member }) => member === flow.member)?.[side] ?? 0)
  const fields: [number, string][] = []
  for (const [side, first] of [
    ['sell', 140],
    ['buy', 150],
  ] as const) {
    const colour = side === 'sell' ? 270 : 280
    for (const [index, flow] of topFive(now, side).entries()) {
      const n = index + 1
      fields.push(
        [first + n, flow.member.name],
        [first + 20 + n, String(flow[side])],
        [first + 25 + n, signed(change(flow, side))],
        [first + 5 + n, flow.member.code],
        [colour + n, '!!!!'],
      )
    }
  }
  const [all, past] = [foreign(now), foreign(before)]
  return valuesText([
    ...fields,
    [261, String(all.sell)],
    [262, signed(all.sell - past.sell)],
    [263, String(all.buy)],
    [264, signed(all.buy - past.buy)],
    [267, signed(netOf(all))],
    [268, signed(netOf(all) - netOf(past))],
    [337, '1'],
  ])
}

/** `0G` ETF NAV */
export function navValues(tape: Tape, index: IndexTape | undefined, at: EpochMs): string {
  const { nav, change, rate, disparity } = navOf(tape, index)
  const sign = change > 0 ? '+' : change < 0 ? '-' : ''
  return valuesText([
    [36, `${sign}${nav.toFixed(2)}`],
    [37, change > 0 ? `+${change.toFixed(2)}` : change.toFixed(2)],
    [38, signedPercent(rate)],
    [39, '0.00'],
    [20, compactTime(at)],
    ...priceFields(tape),
    [13, String(tape.volume)],
    [265, '0.00'],
    [266, signedPercent(disparity)],
  ])
}

/** `0w` 종목별프로그램매매: sold, bought and net of the day, changes against the frame before (at `before`). */
export function programValues(
  tape: Tape,
  inArbitrage: boolean,
  before: { readonly volume: number; readonly value: number },
  at: EpochMs,
): string {
  const day = compactDay(tape.listing.today.day)
  const flowAt = ({ volume, value }: { readonly volume: number; readonly value: number }) => ({
    shares: programOf(tape.id, day, volume, inArbitrage).all,
    won: programOf(tape.id, day, Math.trunc(value / MILLION), inArbitrage).all,
  })
  const [now, past] = [flowAt(tape), flowAt(before)]
  return valuesText([
    [20, compactTime(at)],
    ...priceFields(tape),
    [13, String(tape.volume)],
    [202, String(now.shares.sell)],
    [204, String(now.won.sell)],
    [206, String(now.shares.buy)],
    [208, String(now.won.buy)],
    [210, String(netOf(now.shares))],
    [211, String(netOf(now.shares) - netOf(past.shares))],
    [212, String(netOf(now.won))],
    [213, String(netOf(now.won) - netOf(past.won))],
  ])
}
