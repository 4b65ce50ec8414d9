import type { Clock } from '../../../std/clock.ts'
import { BEAT_EVERY_MS } from '../../contract/beat.ts'
import type { LiveState, ToScreen } from '../../contract/live.ts'
import { type Json, patchOf } from '../../contract/merge-patch.ts'

/** One screen as the hub sees it: a socket that takes text and says how much of it has not left yet. */
export interface Screen {
  send(text: string): void
  /** Bytes that wait to be sent. */
  waiting(): number
  /** Ends a screen that takes nothing for too long. */
  cut(): void
}

export interface Hub {
  /** The newest state: what differs from the last one goes to every screen, once written for all of them. */
  show(state: LiveState): void
  state(): LiveState | undefined
  /** A screen that begins, or goes on behind patch `seq` of `stream` where that is still known. */
  join(screen: Screen, from?: { readonly stream: string; readonly seq: number }): Member
  screens(): number
  close(): void
}

export interface Member {
  /** The whole state once more. */
  restart(from?: { readonly stream: string; readonly seq: number }): void
  /** Beside the stream and not counted in it; left out while the screen is slow. */
  tell(message: ToScreen): void
  leave(): void
}

/** Patches that a screen may have missed and still go on from: a minute at four a second. */
const KEPT_PATCHES = 240
/** A screen with more than this waiting gets no patches; when it has taken all, it gets the whole state. */
const SLOW_BYTES = 256 * 1024
/** One that has not caught up for so long is cut off; it will come back by itself. */
const CUT_AFTER_MS = 30_000

interface Seat {
  readonly screen: Screen
  /** Wall ms since when it has been too slow. */
  slowSince: number | undefined
}

/**
 * Brings the trader's state to all screens: patches numbered in one stream, each made and written once. Every screen has
 * its own patience, so a phone on a bad line costs the others nothing.
 */
export function createHub({ wall, stream }: { readonly wall: Clock; readonly stream: string }): Hub {
  const seats = new Set<Seat>()
  const kept: { readonly seq: number; readonly text: string }[] = []
  let state: LiveState | undefined
  let seq = 0

  const snapshot = (): string | undefined =>
    state && write({ type: 'snapshot', stream, seq, at: wall.now(), state })

  const give = (seat: Seat, text: string) => {
    if (isSlow(seat)) return
    seat.screen.send(text)
  }

  /** Whether the screen has to be spared now; one that has caught up is brought up to date as a whole. */
  function isSlow(seat: Seat): boolean {
    const waiting = seat.screen.waiting()
    if (seat.slowSince === undefined) {
      if (waiting <= SLOW_BYTES) return false
      seat.slowSince = wall.now()
      return true
    }
    if (waiting > 0) {
      if (wall.now() - seat.slowSince > CUT_AFTER_MS) seat.screen.cut()
      return true
    }
    seat.slowSince = undefined
    const whole = snapshot()
    if (whole) seat.screen.send(whole)
    return true
  }

  const beat = () => {
    const text = write({ type: 'beat', at: wall.now() })
    for (const seat of seats) give(seat, text)
    cancelBeat = wall.after(BEAT_EVERY_MS, beat)
  }
  let cancelBeat = wall.after(BEAT_EVERY_MS, beat)

  const start = (seat: Seat, from: { readonly stream: string; readonly seq: number } | undefined) => {
    const missed = from?.stream === stream ? missedSince(from.seq) : undefined
    if (missed) {
      for (const text of missed) give(seat, text)
      return
    }
    const whole = snapshot()
    if (whole) give(seat, whole)
  }

  /** `undefined` when some of what was missed is not kept any more. */
  function missedSince(had: number): readonly string[] | undefined {
    if (had === seq && state) return []
    const missed = kept.filter((patch) => patch.seq > had)
    return had < seq && missed.length === seq - had ? missed.map(({ text }) => text) : undefined
  }

  return {
    show: (next) => {
      const first = state === undefined
      const patch = state && patchOf(asJson(state), asJson(next))
      state = next
      if (first) {
        const whole = snapshot()
        if (whole) for (const seat of seats) give(seat, whole)
      }
      if (patch === undefined) return
      seq++
      const text = write({ type: 'patch', seq, at: wall.now(), patch })
      kept.push({ seq, text })
      if (kept.length > KEPT_PATCHES) kept.shift()
      for (const seat of seats) give(seat, text)
    },
    state: () => state,
    join: (screen, from) => {
      const seat: Seat = { screen, slowSince: undefined }
      seats.add(seat)
      start(seat, from)
      return {
        restart: (again) => start(seat, again),
        tell: (message) => {
          if (seat.slowSince === undefined) give(seat, write(message))
        },
        leave: () => seats.delete(seat),
      }
    },
    screens: () => seats.size,
    close: () => {
      cancelBeat()
      for (const { screen } of seats) screen.cut()
      seats.clear()
    },
  }
}

const write = (message: ToScreen): string => JSON.stringify(message)

/** Our messages are made of objects, numbers, words and lists; their types say so member by member. */
const asJson = (state: LiveState): { readonly [key: string]: Json | undefined } =>
  state as unknown as { readonly [key: string]: Json | undefined }
