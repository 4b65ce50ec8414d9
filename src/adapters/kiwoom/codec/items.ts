import { type InstrumentId, instrumentId } from '../../../model/ids.ts'
import { type TradeParts, venueOf } from '../map.ts'
import { itemKey, ODD } from './bytes.ts'
import { bareCode } from './values.ts'

/** An item of the wire, understood once. */
export interface Item {
  readonly text: string
  readonly instrument: InstrumentId
  /** Whose price it is when the frame says `KRX`, and when it says nothing. */
  readonly saidKrx: TradeParts['venue']
  readonly unsaid: TradeParts['venue']
}

export interface Items {
  /** `undefined`: no code of an instrument. */
  at(bytes: Buffer, from: number, to: number): Item | undefined
}

/** Three spellings of every listing of both markets. */
const MOST_KEPT = 12_000

/** Interns the items of frames by their bytes: a tick makes no text for a code that was seen before. */
export function createItems(): Items {
  const known = new Map<number, Item>()
  return {
    at: (bytes, from, to) => {
      const key = itemKey(bytes, from, to)
      const kept = known.get(key)
      if (kept) return kept
      const item = itemOf(bytes.toString('utf8', from, to))
      if (item && key !== ODD && known.size < MOST_KEPT) known.set(key, item)
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
    unsaid: venueOf('', text),
  }
}
