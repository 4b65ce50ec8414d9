import { type TimeOfDay, timeOfDay } from '../../src/model/time.ts'
import { createRandom, type Random } from '../../src/std/random.ts'

/** Requests a fault on the way may strike. */
export type Target = 'orders' | 'queries' | 'token' | 'any'

/** Trouble of one request, `count` times from its moment on. */
export interface RequestFault {
  readonly do: 'request'
  readonly kind: (typeof REQUEST_FAULTS)[number]
  readonly target: Target
  readonly count: number
  readonly ms: number
}

/** Trouble of one pushed frame. */
export interface FrameFault {
  readonly do: 'frame'
  readonly kind: (typeof FRAME_FAULTS)[number]
  /** Only frames that tell of our orders. */
  readonly ordersOnly: boolean
  readonly count: number
  readonly ms: number
}

export interface LineFault {
  readonly do: 'line'
  readonly kind: 'drop' | 'halfOpen'
}

/** No request and no line gets through; `silent`: nothing is refused either. */
export interface Outage {
  readonly do: 'outage'
  readonly ms: number
  readonly silent: boolean
}

export interface TokensExpire {
  readonly do: 'expireTokens'
}

export interface DiskFault {
  readonly do: 'disk'
  readonly kind: 'slow' | 'failSync' | 'full' | 'readOnly'
  readonly ms: number
}

/** The process dies. `power`: the machine does, and what was not synced is lost but for a part of it. */
export interface Crash {
  readonly do: 'crash'
  readonly power: boolean
  readonly downMs: number
  /** Dies at this place in the runner, the `nth` time it is reached; at once when absent. */
  readonly point?: (typeof POINTS)[number]
  readonly nth?: number
}

export type Fault = { readonly at: number } & (
  | RequestFault
  | FrameFault
  | LineFault
  | Outage
  | TokensExpire
  | DiskFault
  | Crash
)

/** One run, as data: it can be printed, shortened and played again. */
export interface Plan {
  readonly seed: number
  /** When the trader starts; the market a minute before. */
  readonly from: TimeOfDay
  /** Market ms from the trader's start to the quiet end. */
  readonly lengthMs: number
  /** Sorted; `at` in ms from the trader's start. */
  readonly faults: readonly Fault[]
}

export const REQUEST_FAULTS = [
  'loseRequestBeforeAccept',
  'loseReplyAfterAccept',
  'throttleGhost',
  'pushBeforeReply',
  'delayReply',
  'silentRequest',
  'silentReply',
  'serverError',
  'serverErrorAfterAccept',
  'throttle',
  'unreachable',
  /** Arrives when the sender has given it up. */
  'lateRequest',
  /** A good answer without its data, as the field saw it: taken for "nothing", it once removed a stop. */
  'emptyAnswer',
] as const

export const FRAME_FAULTS = ['lose', 'duplicate', 'swap', 'corrupt', 'delay'] as const

export const POINTS = [
  'decided',
  'intentAppended',
  'intentDurable',
  'requestHanded',
  'reportReceived',
  'reportAppended',
  'reportDurable',
  'snapshotSaved',
] as const

const LENGTH_MS = 4 * 60_000
const MOST_FAULTS = 9
/** Mostly into a lively opening; some in the opening call, some into the closing call. */
const STARTS = ['09:00:30', '09:00:30', '09:00:30', '09:00:30', '08:58:40', '15:17:30'].map(timeOfDay)

/** Draws a run from its seed. `faultless`: the same market without trouble. */
export function planOf(seed: number, { faultless = false } = {}): Plan {
  const random = createRandom(seed).fork('plan')
  const count = faultless ? 0 : random.int(1, MOST_FAULTS)
  const faults = Array.from({ length: count }, (): Fault => {
    const at = random.int(500, LENGTH_MS - 20_000)
    return { at, ...drawFault(random) } as Fault
  })
  return { seed, from: random.pick(STARTS), lengthMs: LENGTH_MS, faults: faults.sort((a, b) => a.at - b.at) }
}

type Draw = (random: Random) => Omit<Fault, 'at'>

const request: Draw = (random) => ({
  do: 'request',
  kind: random.pick(REQUEST_FAULTS),
  target: random.pick(['orders', 'orders', 'orders', 'queries', 'token', 'any'] as const),
  count: random.int(1, 4),
  ms: random.pick([100, 700, 3_000, 8_000]),
})

const frame: Draw = (random) => ({
  do: 'frame',
  kind: random.pick(FRAME_FAULTS),
  ordersOnly: random.next() < 0.7,
  count: random.int(1, 3),
  ms: random.pick([50, 500, 3_000]),
})

const line: Draw = (random) => ({ do: 'line', kind: random.pick(['drop', 'drop', 'halfOpen'] as const) })

const outage: Draw = (random) => ({
  do: 'outage',
  ms: random.pick([500, 5_000, 20_000]),
  silent: random.next() < 0.5,
})

const disk: Draw = (random) => ({
  do: 'disk',
  kind: random.pick(['slow', 'slow', 'failSync', 'full', 'readOnly'] as const),
  ms: random.pick([200, 2_000, 10_000]),
})

const crash: Draw = (random) => ({
  do: 'crash',
  power: random.next() < 0.5,
  downMs: random.pick([50, 1_000, 15_000]),
  ...(random.next() < 0.7 ? { point: random.pick(POINTS), nth: random.int(1, 3) } : {}),
})

const KINDS: readonly (readonly [Draw, number])[] = [
  [request, 40],
  [frame, 20],
  [line, 8],
  [outage, 6],
  [() => ({ do: 'expireTokens' }), 4],
  [disk, 8],
  [crash, 14],
]

function drawFault(random: Random): Omit<Fault, 'at'> {
  let left = random.next() * KINDS.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [draw, weight] of KINDS) {
    left -= weight
    if (left < 0) return draw(random)
  }
  return { do: 'expireTokens' }
}
