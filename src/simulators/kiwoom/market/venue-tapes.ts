import { isBetter } from '../../../matching/book-side.ts'
import type { NationalMarket } from '../../../matching/national-market.ts'
import type { BookLevel, ExchangeEvent } from '../../../matching/types.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import type { KoreanVenue } from '../../../model/instrument.ts'
import { quantity } from '../../../model/money.ts'
import type { Side } from '../../../model/order.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createTape, enterInterruption, enterPrint, type QuoteForm, type Tape } from './tape.ts'

const DEPTH = 10

/** The tapes of one name. The last two are there when it is on NXT. */
interface NameTapes {
  readonly krx: Tape
  readonly nxt?: Tape
  readonly combined?: Tape
}

/** What a price server keeps of both venues. A name that NXT does not trade has the one tape of KRX. */
export interface VenueTapes {
  /** KRX, one for each listing, in their order. */
  readonly krx: readonly Tape[]
  /** Those and the tapes of the other forms. */
  readonly all: readonly Tape[]
  /** The names that have something to show in this form. Combined: every name, KRX alone where NXT has it not. */
  inForm(form: QuoteForm): readonly Tape[]
  /** Of KRX, by the plain code. */
  byId(id: string): Tape | undefined
  /** `_AL` of a name that is not on NXT is its tape of KRX; `_NX` of one is `undefined`. */
  byCode(code: string): Tape | undefined
  /** The tapes that show prints and books of this venue in the instrument: its own, and the combined one. */
  showing(venue: KoreanVenue, instrument: InstrumentId): readonly Tape[]
  /** Best first. Combined: the books of both venues, merged by price. */
  levels(tape: Tape, side: Side, depth: number): readonly BookLevel[]
  enter(venue: KoreanVenue, event: ExchangeEvent): void
  /** Keeps the totals of every book, once a minute. */
  enterBooks(at: EpochMs): void
}

const NONE: readonly Tape[] = []

export function createVenueTapes(market: NationalMarket): VenueTapes {
  const { krx, nxt } = market
  const names = new Map<InstrumentId, NameTapes>()
  const shown = { KRX: new Map<InstrumentId, Tape[]>(), NXT: new Map<InstrumentId, Tape[]>() }
  const plain = new Map<string, Tape>()
  const codes = new Map<string, Tape>()
  for (const listing of krx.listings()) {
    const { id } = listing.instrument
    const band = krx.state(id)?.band
    const own = createTape(listing, band)
    plain.set(id, own)
    codes.set(own.code, own)
    shown.KRX.set(id, [own])
    if (!market.isOnNxt(id)) {
      names.set(id, { krx: own })
      codes.set(`${id}_AL`, own)
      continue
    }
    const there = createTape(listing, band, 'NXT')
    const combined = createTape(listing, band, 'combined')
    names.set(id, { krx: own, nxt: there, combined })
    shown.KRX.set(id, [own, combined])
    shown.NXT.set(id, [there, combined])
    codes.set(there.code, there)
    codes.set(combined.code, combined)
  }
  const each = [...names.values()]
  const forms: Readonly<Record<QuoteForm, readonly Tape[]>> = {
    KRX: each.map((name) => name.krx),
    NXT: each.flatMap((name) => name.nxt ?? []),
    combined: each.map((name) => name.combined ?? name.krx),
  }
  const all = [...forms.KRX, ...forms.NXT, ...each.flatMap((name) => name.combined ?? [])]

  const levels: VenueTapes['levels'] = ({ id, form }, side, depth) => {
    if (form === 'KRX') return krx.levels(id, side, depth)
    const there = nxt?.levels(id, side, depth) ?? []
    return form === 'NXT' ? there : mergeLevels(krx.levels(id, side, depth), there, side).slice(0, depth)
  }
  const refreshBest = (tape: Tape) => {
    tape.bid = levels(tape, 'buy', 1)[0]?.price ?? 0
    tape.ask = levels(tape, 'sell', 1)[0]?.price ?? 0
  }
  const showing: VenueTapes['showing'] = (venue, instrument) => shown[venue].get(instrument) ?? NONE

  return {
    krx: forms.KRX,
    all,
    inForm: (form) => forms[form],
    byId: (id) => plain.get(id),
    byCode: (code) => codes.get(code),
    showing,
    levels,
    enter(venue, event) {
      if (!('instrument' in event)) return
      for (const tape of showing(venue, event.instrument)) {
        if (event.kind === 'print') {
          tape.venue = venue
          refreshBest(tape)
          enterPrint(tape, event)
        } else if (event.kind === 'book') refreshBest(tape)
        // Auctions and interruptions of NXT are its own: what both venues show together has those of KRX.
        else if (tape.form === 'combined' && venue === 'NXT') continue
        else if (event.kind === 'vi') enterInterruption(tape, event)
        else if (event.kind === 'expected') {
          tape.expectedPrice = event.price
          tape.expectedQuantity = event.quantity
        }
      }
    },
    enterBooks(at) {
      for (const tape of all)
        tape.books.push({
          at,
          asks: total(levels(tape, 'sell', DEPTH)),
          bids: total(levels(tape, 'buy', DEPTH)),
        })
    },
  }
}

/** Two sides of a book as one, best first; equal prices become one level. */
export function mergeLevels(
  a: readonly BookLevel[],
  b: readonly BookLevel[],
  side: Side,
): readonly BookLevel[] {
  const merged: BookLevel[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [here, there] = [a[i], b[j]]
    if (here && there && here.price === there.price) {
      merged.push({ price: here.price, quantity: quantity(here.quantity + there.quantity) })
      i++
      j++
    } else if (here && (!there || isBetter(side, here.price, there.price))) {
      merged.push(here)
      i++
    } else if (there) {
      merged.push(there)
      j++
    }
  }
  return merged
}

const total = (levels: readonly BookLevel[]): number =>
  levels.reduce((sum, { quantity }) => sum + quantity, 0)
