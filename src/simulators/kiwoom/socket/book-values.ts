import type { BookLevel } from '../../../matching/types.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { compactTime, directed, directionSign, signed, signedPercent } from '../format.ts'
import type { Tape } from '../market/tape.ts'

const DEPTH = 10

/** The last published book of one instrument: the 직전대비 fields are differences to it. */
export interface BookMemory {
  readonly quantities: Map<number, number>
  /** False before the first book: there is nothing to differ from, so its differences are zero. */
  published: boolean
  asks: number
  bids: number
}

export const createBookMemory = (): BookMemory => ({
  quantities: new Map(),
  published: false,
  asks: 0,
  bids: 0,
})

/** What only NXT could fill: its ten levels and totals, and the mid-price fields. */
const WITHOUT_NXT = (() => {
  let text = ''
  for (let fid = 6066; fid <= 6087; fid++) text += `,"${fid}":"0"`
  for (let fid = 6100; fid <= 6115; fid++) text += `,"${fid}":"0"`
  return text
})()

const totalOf = (levels: readonly BookLevel[]): number => {
  let total = 0
  for (const { quantity } of levels) total += quantity
  return total
}

const ratio = (part: number, whole: number): string =>
  whole === 0 ? '0.00' : ((part / whole) * 100).toFixed(2)

/**
 * `0D` 주식호가잔량: ten levels, totals over those ten (as recorded), and the expected price while an auction runs. An
 * empty level is `-0` with quantity 0 (recorded). FIDs 13, 215, 216, 299 and 621–640 are absent, as in the recorded stock frame.
 */
export function bookValues(
  tape: Tape,
  asks: readonly BookLevel[],
  bids: readonly BookLevel[],
  at: EpochMs,
  memory: BookMemory,
): string {
  const { base } = tape
  const before = memory.quantities
  const now = new Map<number, number>()
  const change = (level: BookLevel | undefined): string => {
    if (!level) return '0'
    now.set(level.price, level.quantity)
    return memory.published ? signed(level.quantity - (before.get(level.price) ?? 0)) : '0'
  }
  let text = `{"21":"${compactTime(at)}"`
  for (let n = 0; n < DEPTH; n++) {
    const ask = asks[n]
    const bid = bids[n]
    text += `,"${41 + n}":"${ask ? directed(ask.price, base) : '-0'}","${61 + n}":"${ask?.quantity ?? 0}","${81 + n}":"${change(ask)}"`
    text += `,"${51 + n}":"${bid ? directed(bid.price, base) : '-0'}","${71 + n}":"${bid?.quantity ?? 0}","${91 + n}":"${change(bid)}"`
  }
  const askTotal = totalOf(asks)
  const bidTotal = totalOf(bids)
  const [askChange, bidChange] = memory.published ? [askTotal - memory.asks, bidTotal - memory.bids] : [0, 0]
  text += `,"121":"${askTotal}","122":"${signed(askChange)}","125":"${bidTotal}","126":"${signed(bidChange)}"`
  text += expectedFields(tape, bidTotal, askTotal)
  for (let n = 0; n < DEPTH; n++) text += `,"${6044 + n}":"${asks[n]?.quantity ?? 0}"`
  for (let n = 0; n < DEPTH; n++) text += `,"${6054 + n}":"${bids[n]?.quantity ?? 0}"`
  text += `,"6064":"${askTotal}","6065":"${bidTotal}"${WITHOUT_NXT}}`
  remember(memory, now, askTotal, bidTotal)
  return text
}

function expectedFields(tape: Tape, bidTotal: number, askTotal: number): string {
  const { base, expectedPrice: price, expectedQuantity: quantity, band } = tape
  const net = bidTotal - askTotal
  const change = price === 0 ? 0 : price - base
  const sign = directionSign(price, base, band)
  const rate = signedPercent(change / base)
  return `,"23":"${directed(price, base)}","24":"${quantity}","128":"${signed(net)}","129":"${ratio(bidTotal, askTotal)}","138":"${signed(-net)}","139":"${ratio(askTotal, bidTotal)}","200":"${signed(change)}","201":"${rate}","238":"${sign}","291":"${directed(price, base)}","292":"${quantity}","293":"${sign}","294":"${signed(change)}","295":"${rate}"`
}

function remember(memory: BookMemory, now: Map<number, number>, asks: number, bids: number): void {
  memory.published = true
  memory.quantities.clear()
  for (const [price, quantity] of now) memory.quantities.set(price, quantity)
  memory.asks = asks
  memory.bids = bids
}
