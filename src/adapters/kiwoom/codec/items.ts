import { type InstrumentId, instrumentId } from '../../../model/ids.ts'
import { type TradeParts, venueOf } from '../map.ts'
import { bytes, wordAt } from './bytes.ts'
import { bareCode } from './values.ts'

/** An item of the wire, understood once. */
export interface Item {
  readonly text: string
  readonly instrument: InstrumentId
  /** Whose price it is when the frame says `KRX`, when it says `NXT`, and when it says nothing. */
  readonly saidKrx: TradeParts['venue']
  readonly saidNxt: TradeParts['venue']
  readonly unsaid: TradeParts['venue']
}

export interface Items {
  /** `undefined`: no code of an instrument. */
  at(from: number, to: number): Item | undefined
}

/** An item and its bytes as three words. */
interface Kept {
  readonly item: Item
  readonly head: number
  readonly middle: number
  readonly tail: number
}

/** A line hears a hundred items; two of them seldom share a place. */
const PLACE_BITS = 12
/** `A005930_AL`. Three words hold no more. */
const MOST_BYTES = 10
const WORD = 4
/** An odd number without pattern: spreads what it multiplies over the high bits. */
const SPREAD = 0x9e37_79b1

/** Interns the items of frames by their bytes: a tick makes no text for a code that was seen before. */
export function createItems(): Items {
  const places: (Kept | undefined)[] = Array.from({ length: 1 << PLACE_BITS }, () => undefined)
  return {
    at: (from, to) => {
      const head = wordAt(from)
      const middle = wordAt(from + 2)
      const tail = wordAt(to - WORD)
      const place = Math.imul(Math.imul(head, 31) + Math.imul(middle, 7) + tail, SPREAD) >>> (32 - PLACE_BITS)
      const kept = places[place]
      if (
        kept &&
        kept.head === head &&
        kept.middle === middle &&
        kept.tail === tail &&
        kept.item.text.length === to - from
      )
        return kept.item
      const item = itemOf(bytes.toString('utf8', from, to))
      if (item && to - from <= MOST_BYTES) places[place] = { item, head, middle, tail }
      return item
    },
  }
}

function itemOf(text: string): Item | undefined {
  const code = bareCode(text)
  if (code === undefined) return undefined
  return {
    text,
    instrument: instrumentId(code),
    saidKrx: venueOf('KRX', text),
    saidNxt: venueOf('NXT', text),
    unsaid: venueOf('', text),
  }
}
