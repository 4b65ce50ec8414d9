import type { Cancel } from '../std/clock.ts'
import type { Result } from '../std/result.ts'

/**
 * `up`: it answers. `late`: it has not been heard for a while, or the way to it has not; it may still act. `down`: the
 * system saw it end, or it has not begun: it cannot act any more.
 */
export type PeerState = 'up' | 'late' | 'down'

export interface PeerNotice {
  readonly peer: string
  readonly state: PeerState
  readonly why: string
}

/** A kind of message that goes to everybody who listens. Bodies are JSON data. */
export interface Topic<T> {
  readonly name: string
  /** The check at the border: `undefined` for what is not one of these. */
  readonly read: (body: unknown) => T | undefined
  /**
   * Only for data whose newest value counts: two messages that wait for a slow listener become one. Without it a message
   * is never dropped and never merged.
   */
  readonly conflate?: (earlier: T, later: T) => T
}

/** A kind of question that one peer answers. */
export interface Question<Q, A> {
  readonly name: string
  readonly readQuestion: (body: unknown) => Q | undefined
  readonly readAnswer: (body: unknown) => A | undefined
}

export type BusError =
  /** It never left: nobody answers such questions now, or too many wait. Nothing was done. */
  | { readonly kind: 'notSent'; readonly why: string }
  /** Whoever had it ended before an answer came, and it will not act any more. It may have acted before. */
  | { readonly kind: 'gone'; readonly why: string }
  /** No answer came: the time is over, or the way is cut. It may have been done, and may still be. */
  | { readonly kind: 'unanswered'; readonly why: string }
  /** It came, and could not be read or answered. */
  | { readonly kind: 'refused'; readonly why: string }

/**
 * The way between the processes of one system. Messages of one sender arrive in the order they were sent, each at most
 * once; what a peer has not yet read dies with it.
 */
export interface Bus {
  /** Who we are to the others. */
  readonly name: string
  publish<T>(topic: Topic<T>, body: T): void
  subscribe<T>(topic: Topic<T>, hear: (body: T) => void): Cancel
  /** `withinMs` is wall time. */
  ask<Q, A>(question: Question<Q, A>, body: Q, withinMs: number): Promise<Result<A, BusError>>
  answer<Q, A>(question: Question<Q, A>, reply: (body: Q) => Promise<A>): Cancel
  peer(name: string): PeerState
  /** Told of every change, not of what is already so. */
  onPeer(hear: (notice: PeerNotice) => void): Cancel
  /** From here on the others see us `up`: everything we answer and listen to is in place. */
  ready(): void
  /** Runs once when the way to all others is cut for good. */
  onCut(run: (why: string) => void): void
  /** Leaves; what is asked afterwards is `notSent`. */
  close(): void
}
