import { chanceOf } from './chance.ts'
import type { IndexTape } from './indices.ts'
import type { Tape } from './tape.ts'

/** Net asset value of a fund and how far its price is from it. */
export interface Nav {
  readonly nav: number
  /** Against the NAV at the last close. */
  readonly change: number
  readonly rate: number
  /** 괴리율: price against NAV, as a ratio. */
  readonly disparity: number
}

/** Days part at most so far from their NAV (invented). */
const SPREAD = 0.0015

const navAtClose = (tape: Tape): number => tape.base * (1 + SPREAD * (chanceOf(`${tape.id}/nav`) - 0.5))

/** Today's NAV follows the KOSPI200 index with the fund's leverage: every fund here holds that index. */
export function navOf(tape: Tape, index: IndexTape | undefined): Nav {
  const before = navAtClose(tape)
  const moved = index && index.base > 0 && index.last > 0 ? index.last / index.base - 1 : 0
  const nav = before * (1 + moved * (tape.listing.instrument.leverage ?? 1))
  return { nav, change: nav - before, rate: nav / before - 1, disparity: (tape.last || tape.base) / nav - 1 }
}

/** NAV of a past day, near its close. */
export const navOfDay = (tape: Tape, date: string, close: number): number =>
  close * (1 + SPREAD * (chanceOf(`${tape.id}/${date}/nav`) - 0.5))
