import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'

export type Lane = 'orders' | 'queries'

export interface Rate {
  readonly burst: number
  readonly intervalMs: number
}

export interface Limits {
  readonly orders: Rate
  readonly queries: Rate
  readonly perApi: Rate
}

/**
 * Kiwoom allows 5 queries and 5 orders a second, each api-id about 1 with a burst of 2; the mock 1 query a second.
 * We stay below. Source: wire reference §6 (terms quoted by clients, measured).
 */
const FULL: Limits = {
  orders: { burst: 4, intervalMs: 250 },
  queries: { burst: 4, intervalMs: 250 },
  perApi: { burst: 2, intervalMs: 1_100 },
}
export const LIMITS: Readonly<Record<'simulated' | 'paper' | 'live', Limits>> = {
  simulated: FULL,
  live: FULL,
  paper: { ...FULL, queries: { burst: 1, intervalMs: 1_100 } },
}

/** Waiting requests per lane. An order that would wait behind so many is better refused now. */
const QUEUE = { orders: 64, queries: 512 } as const

/** The right to send one request. It is given back when the server has counted it: at the reply, or when we stop waiting. */
export interface Slot {
  release(): void
}

export interface QueueFull {
  readonly lane: Lane
  readonly waiting: number
}

export interface Limiter {
  /** Lower `urgency` goes first; within one urgency first come, first served. */
  take(lane: Lane, apiId: string, urgency: number): Promise<Result<Slot, QueueFull>>
  waiting(lane: Lane): number
  /** Somebody else may just have used up what the key is allowed: every right of the lane is on its way back from now. */
  drain(lane: Lane): void
  /** Everyone who waits there is refused, and no timer remains. */
  stop(lane: Lane): void
}

/**
 * Token buckets per lane and per api-id, on the market clock. A used right comes back one interval after the *reply*,
 * not after the sending: whatever the network does to the gaps between requests, the server then sees them at least
 * one interval apart and never counts us over its limit.
 */
export function createLimiter(clock: Clock, limits: Limits): Limiter {
  const lanes = { orders: createLane(limits.orders), queries: createLane(limits.queries) }
  const apis = new Map<string, Bucket>()
  const stopped = new Set<Lane>()
  /** Until then a bucket that is made new begins without rights. */
  let drainedUntil = Number.NEGATIVE_INFINITY

  const bucketOf = (apiId: string): Bucket => {
    const known = apis.get(apiId)
    if (known) return known
    const bucket = createBucket(limits.perApi)
    apis.set(apiId, bucket)
    if (clock.now() < drainedUntil) drainBucket(clock, bucket, pumpAll)
    return bucket
  }

  const pump = (lane: LaneState) => {
    for (let i = 0; i < lane.queue.length && lane.bucket.free > 0; ) {
      const job = lane.queue[i] as Job
      const api = bucketOf(job.apiId)
      if (api.free <= 0) i++
      else {
        lane.queue.splice(i, 1)
        job.done(ok(slotOf(lane, api)))
      }
    }
  }

  const pumpAll = () => {
    pump(lanes.orders)
    pump(lanes.queries)
  }

  const slotOf = (lane: LaneState, api: Bucket): Slot => {
    lane.bucket.free--
    api.free--
    let held = true
    return {
      release: () => {
        if (!held) return
        held = false
        if (stopped.size === 2) return
        giveBack(clock, lane.bucket, () => pump(lane))
        giveBack(clock, api, () => pump(lane))
      },
    }
  }

  return {
    take: (lane, apiId, urgency) =>
      new Promise((done) => {
        const state = lanes[lane]
        const { length } = state.queue
        if (stopped.has(lane)) return done(err({ lane, waiting: length }))
        if (length >= QUEUE[lane]) {
          // A stop-loss or a cancel does not stand before a door that purchases have filled: the last of them goes.
          if ((state.queue.at(-1) as Job).urgency <= urgency) return done(err({ lane, waiting: length }))
          state.queue.pop()?.done(err({ lane, waiting: length }))
        }
        const place = state.queue.findIndex((other) => other.urgency > urgency)
        state.queue.splice(place < 0 ? state.queue.length : place, 0, { apiId, urgency, done })
        pump(state)
      }),
    waiting: (lane) => lanes[lane].queue.length,
    drain: (lane) => {
      drainedUntil = clock.now() + limits.perApi.burst * limits.perApi.intervalMs
      for (const bucket of [lanes[lane].bucket, ...apis.values()]) drainBucket(clock, bucket, pumpAll)
    },
    stop: (lane) => {
      stopped.add(lane)
      for (const job of lanes[lane].queue.splice(0)) job.done(err({ lane, waiting: 0 }))
      stopBucket(lanes[lane].bucket)
      if (stopped.size === 2) for (const bucket of apis.values()) stopBucket(bucket)
    },
  }
}

interface Job {
  readonly apiId: string
  readonly urgency: number
  readonly done: (result: Result<Slot, QueueFull>) => void
}

interface LaneState {
  readonly bucket: Bucket
  readonly queue: Job[]
}

interface Bucket {
  readonly rate: Rate
  free: number
  /** When the latest of the rights on their way back arrives. */
  lastReturn: number
  readonly timers: Set<Cancel>
}

const createBucket = (rate: Rate): Bucket => ({
  rate,
  free: rate.burst,
  lastReturn: Number.NEGATIVE_INFINITY,
  timers: new Set(),
})

const createLane = (rate: Rate): LaneState => ({ bucket: createBucket(rate), queue: [] })

function giveBack(clock: Clock, bucket: Bucket, then: () => void): void {
  const now = clock.now()
  bucket.lastReturn = Math.max(bucket.lastReturn, now) + bucket.rate.intervalMs
  const cancel = clock.after(bucket.lastReturn - now, () => {
    bucket.timers.delete(cancel)
    bucket.free++
    then()
  })
  bucket.timers.add(cancel)
}

function drainBucket(clock: Clock, bucket: Bucket, then: () => void): void {
  while (bucket.free > 0) {
    bucket.free--
    giveBack(clock, bucket, then)
  }
}

function stopBucket(bucket: Bucket): void {
  for (const cancel of bucket.timers) cancel()
  bucket.timers.clear()
}
