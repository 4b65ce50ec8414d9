import type { BookLevel } from '../../../matching/types.ts'
import type { KoreanVenue } from '../../../model/instrument.ts'
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

export interface BookSides {
  readonly asks: readonly BookLevel[]
  readonly bids: readonly BookLevel[]
}

/** Where the ten levels and the totals of each venue stand. */
const VENUE_FIDS = {
  KRX: { asks: 6044, bids: 6054, askTotal: 6064, bidTotal: 6065 },
  NXT: { asks: 6066, bids: 6076, askTotal: 6086, bidTotal: 6087 },
} as const
const EMPTY: BookSides = { asks: [], bids: [] }

const zeros = (from: number, to: number): string => {
  let text = ''
  for (let fid = from; fid <= to; fid++) text += `,"${fid}":"0"`
  return text
}

/** Mid-price orders are hidden from the book here. */
const NO_MID_PRICE = zeros(6100, 6115)
const NOTHING_AT_NXT = zeros(6066, 6087)

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
  { asks, bids }: BookSides,
  part: (venue: KoreanVenue) => BookSides,
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
  const of = (venue: KoreanVenue) =>
    venueFields(
      venue,
      { asks, bids },
      tape.form === 'combined' ? part(venue) : tape.form === venue ? { asks, bids } : EMPTY,
    )
  text += of('KRX') + (tape.form === 'KRX' ? NOTHING_AT_NXT : of('NXT')) + NO_MID_PRICE
  text += '}'
  remember(memory, now, askTotal, bidTotal)
  return text
}

/** What of each level shown stands at this venue (by price: assumed), and its totals over those levels. */
function venueFields(venue: KoreanVenue, shown: BookSides, own: BookSides): string {
  const fids = VENUE_FIDS[venue]
  let text = ''
  const side = (first: number, levels: readonly BookLevel[], there: readonly BookLevel[]) => {
    let total = 0
    for (let n = 0; n < DEPTH; n++) {
      const at = levels[n]?.price
      const quantity = at === undefined ? 0 : (there.find(({ price }) => price === at)?.quantity ?? 0)
      total += quantity
      text += `,"${first + n}":"${quantity}"`
    }
    return total
  }
  const askTotal = side(fids.asks, shown.asks, own.asks)
  const bidTotal = side(fids.bids, shown.bids, own.bids)
  return `${text},"${fids.askTotal}":"${askTotal}","${fids.bidTotal}":"${bidTotal}"`
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
