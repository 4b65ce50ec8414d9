import type { EpochMs } from '../../../std/clock.ts'
import {
  compactTime,
  directed,
  directedIndex,
  directionSign,
  hundredMillions,
  millions,
  signed,
  signedIndex,
  signedPercent,
  signedSpace,
} from '../format.ts'
import type { IndexTape } from '../market/indices.ts'
import { strengthOf, type Tape } from '../market/tape.ts'
import { valuesText } from './frame.ts'

/** Shares of the price that recorded frames show in FIDs 32, 1497, 1498, 732 and 852. */
const COST_SHARE = 0.002305
const CFD_MARGIN_SHARE = 0.4
const MAINTENANCE_SHARE = 0.8
const CFD_COST_SHARE = 0.00502

const time = (at: EpochMs): string => (at === 0 ? '000000' : compactTime(at))

/** FID 290: before 장전시간외, during 장중, after 장후시간외. */
export type Session = '1' | '2' | '3'

/**
 * `0B` 주식체결 of the print just entered into the tape. Order and forms follow frames recorded in 2026-09; FID 851 compares
 * with an even spread of yesterday's volume over the session, since no tape of yesterday exists.
 */
export function tradeValues(tape: Tape, at: EpochMs, session: Session, elapsed: number): string {
  const { base, last, volume, value, listing, band } = tape
  const before = listing.previousVolume
  const beforeValue = before * base
  const grown = volume - before
  const traded = tape.lastQuantity
  const bySeller = traded < 0
  const cfd = Math.trunc(last * CFD_MARGIN_SHARE)
  const cfdCost = Math.trunc(last * CFD_COST_SHARE)
  const sided = tape.buyVolume + tape.sellVolume
  const buyRatio = sided === 0 ? 0 : tape.buyVolume / sided
  const sameTime = before === 0 || elapsed === 0 ? 0 : Math.trunc((volume / (before * elapsed)) * 10_000)
  const volumeRatio = before === 0 ? 0 : volume / before
  return `{"20":"${compactTime(at)}","10":"${directed(last, base)}","11":"${signed(last - base)}","12":"${signedPercent((last - base) / base)}","27":"${directed(tape.ask, base)}","28":"${directed(tape.bid, base)}","15":"${signed(traded)}","13":"${volume}","14":"${millions(value)}","16":"${directed(tape.open, base)}","17":"${directed(tape.high, base)}","18":"${directed(tape.low, base)}","25":"${directionSign(last, base, band)}","26":"${signedSpace(grown)}","29":"${signedSpace(value - beforeValue)}","30":"${grown < 0 ? '-' : '+'}${(volumeRatio * 100).toFixed(2)}","31":"${((volume / tape.shares) * 100).toFixed(2)}","32":"${Math.ceil(last * COST_SHARE)}","228":"${strengthOf(tape).toFixed(2)}","311":"${hundredMillions(last * tape.shares)}","290":"${session}","691":"0","567":"${time(tape.upperAt)}","568":"${time(tape.lowerAt)}","851":"${sameTime}","1890":"${time(tape.openAt)}","1891":"${time(tape.highAt)}","1892":"${time(tape.lowAt)}","1030":"${tape.sellVolume}","1031":"${tape.buyVolume}","1032":"${buyRatio < 0.5 ? '-' : '+'}${(buyRatio * 100).toFixed(2)}","1071":"${tape.sellCount}","1072":"${tape.buyCount}","1313":"${signed(Math.trunc((last * traded) / 1000))}","1315":"${bySeller ? traded : ' 0'}","1316":"${bySeller ? ' 0' : signed(traded)}","1314":"${signed(traded)}","1497":"${cfd}","1498":"${Math.trunc(cfd * MAINTENANCE_SHARE)}","620":"${volume === 0 ? 0 : Math.trunc(value / volume)}","732":"${cfdCost}","852":"${Math.trunc(cfdCost * MAINTENANCE_SHARE)}","9081":"${tape.venue}"}`
}

/** `0C` 주식우선호가 */
export const bestValues = (tape: Tape): string =>
  valuesText([
    [27, directed(tape.ask, tape.base)],
    [28, directed(tape.bid, tape.base)],
  ])

/** `0H` 주식예상체결; the sign of 15 tells whether the expected price lies above the base. */
export function expectedValues(tape: Tape, at: EpochMs): string {
  const { base, expectedPrice: price, expectedQuantity: quantity, band } = tape
  const change = price === 0 ? 0 : price - base
  return valuesText([
    [20, compactTime(at)],
    [10, directed(price, base)],
    [11, signed(change)],
    [12, signedPercent(change / base)],
    [15, change < 0 ? `-${quantity}` : quantity === 0 ? ' 0' : `+${quantity}`],
    [13, String(tape.volume)],
    [25, directionSign(price, base, band)],
  ])
}

/** `0J` 업종지수 */
export function indexValues(index: IndexTape, at: EpochMs): string {
  const { base, last } = index
  return valuesText([
    [20, compactTime(at)],
    [10, directedIndex(last, base)],
    [11, signedIndex(last - base)],
    [12, signedPercent((last - base) / base)],
    [15, String(Math.trunc(index.lastVolume / 1000))],
    [13, String(Math.trunc(index.volume / 1000))],
    [14, millions(index.value)],
    [16, directedIndex(index.open, base)],
    [17, directedIndex(index.high, base)],
    [18, directedIndex(index.low, base)],
    [25, directionSign(last, base, undefined)],
    [26, ' 0'],
  ])
}

/** `0U` 업종등락 */
export function breadthValues(index: IndexTape, at: EpochMs): string {
  const { base, last } = index
  return valuesText([
    [20, compactTime(at)],
    [252, String(index.rising)],
    [251, String(index.upper)],
    [253, String(index.unchanged)],
    [255, String(index.falling)],
    [254, String(index.lower)],
    [13, String(Math.trunc(index.volume / 1000))],
    [14, millions(index.value)],
    [10, directedIndex(last, base)],
    [11, signedIndex(last - base)],
    [12, signedPercent((last - base) / base)],
    [256, String(index.traded)],
    [257, ((index.traded / Math.max(1, index.members.length)) * 100).toFixed(2)],
    [25, directionSign(last, base, undefined)],
  ])
}
