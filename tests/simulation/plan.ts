import { type TimeOfDay, timeOfDay } from '../../src/model/time.ts'
import { createRandom, type Random } from '../../src/std/random.ts'
import {
  BY_HAND,
  type Fault,
  FRAME_FAULTS,
  MARKET_FORCES,
  POINTS,
  REQUEST_FAULTS,
  SERVER_FAULTS,
  SPOILED,
} from './faults.ts'

/** What somebody does to the journal when the day is over and nobody writes it. */
export type Damage = (typeof DAMAGES)[number]

/** One run, as data: it can be printed, shortened and played again. */
export interface Plan {
  readonly seed: number
  /** When the trader starts; the market a little before. */
  readonly from: TimeOfDay
  /** Market ms from the trader's start to the quiet end. */
  readonly lengthMs: number
  /** So many instruments are held since before the day, bought at these ratios of the base price. */
  readonly carried: readonly number[]
  /** Sorted; `at` in ms from the trader's start. */
  readonly faults: readonly Fault[]
  readonly damage: Damage
}

/**
 * `flip`: a byte of a record; `drop`, `repeat`, `swap`: whole records, each of them good in itself; `tear`: the last
 * one is cut short, which is what a crash does and no damage.
 */
export const DAMAGES = ['flip', 'drop', 'repeat', 'swap', 'tear'] as const

const LENGTH_MS = 150_000
const MOST_FAULTS = 9
/** Mostly into a lively opening; some in the opening call, some into the closing call. */
const STARTS = ['09:00:30', '09:00:30', '09:00:30', '09:00:30', '08:58:40', '15:18:00'].map(timeOfDay)

const OPENING = timeOfDay('09:00')

/** Draws a run from its seed. `faultless`: the same market without trouble. */
export function planOf(seed: number, { faultless = false } = {}): Plan {
  const random = createRandom(seed).fork('plan')
  const count = faultless ? 0 : random.int(1, MOST_FAULTS)
  const faults = Array.from({ length: count }, (): Fault => {
    const at = random.int(500, LENGTH_MS - 20_000)
    return { at, ...drawFault(random) } as Fault
  })
  const from = random.pick(STARTS)
  // Before the opening nothing moves but what somebody tells of the account.
  const isHolding = !faultless && (from < OPENING || random.next() < 0.3)
  const carried = Array.from({ length: isHolding ? random.int(1, 2) : 0 }, () => random.pick([0.98, 1, 1.02]))
  return {
    seed,
    from,
    lengthMs: LENGTH_MS,
    carried,
    faults: faults.sort((a, b) => a.at - b.at),
    damage: random.pick(DAMAGES),
  }
}

type Draw = (random: Random) => Omit<Fault, 'at'>

const request: Draw = (random) => ({
  do: 'request',
  kind: random.pick(REQUEST_FAULTS),
  target: random.pick(['orders', 'orders', 'orders', 'queries', 'token', 'any'] as const),
  // Now and then a burst, as of a client that has used up its share of requests.
  count: random.next() < 0.1 ? random.int(8, 15) : random.int(1, 4),
  ms: random.pick([100, 700, 3_000, 8_000]),
})

const frame: Draw = (random) => ({
  do: 'frame',
  kind: random.pick(FRAME_FAULTS),
  ordersOnly: random.next() < 0.7,
  count: random.int(1, 3),
  ms: random.pick([50, 500, 3_000]),
})

const server: Draw = (random) => {
  const kind = random.next() < 0.1 ? 'emptyBalance' : random.pick(SERVER_FAULTS)
  const spoiled = random.pick(SPOILED)
  const isBare = random.next() < 0.3
  return {
    do: 'server',
    kind,
    count: kind === 'emptyBalance' ? random.int(4, 12) : random.int(1, 4),
    ms: kind === 'clockSkew' ? random.pick([-3_000, 2_000, 30_000]) : random.pick([2_000, 12_000]),
    ...(kind.endsWith('Fields') ? { apiId: spoiled.apiId } : {}),
    ...(kind === 'missingFields' && !isBare ? { fields: [random.pick(spoiled.fields)] } : {}),
    ...(kind === 'phantomHolding' ? { mode: random.pick(['stranger', 'twice'] as const) } : {}),
  }
}

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

const market: Draw = (random) => ({
  do: 'market',
  kind: random.pick(MARKET_FORCES),
  pick: random.int(0, 5),
  ms: random.pick([5_000, 30_000]),
})

const hand: Draw = (random) => ({
  do: 'hand',
  kind: random.pick(BY_HAND),
  pick: random.int(0, 5),
  quantity: random.int(1, 7),
})

const crash: Draw = (random) => ({
  do: 'crash',
  power: random.next() < 0.5,
  downMs: random.pick([50, 1_000, 15_000]),
  ...(random.next() < 0.7 ? { point: random.pick(POINTS), nth: random.int(1, 3) } : {}),
})

/** Each kind with its weight: so that every one meets enough of the others within a thousand seeds. */
const KINDS: readonly (readonly [Draw, number])[] = [
  [request, 36],
  [frame, 16],
  [server, 16],
  [line, 8],
  [outage, 5],
  [() => ({ do: 'expireTokens' }), 3],
  [disk, 7],
  [market, 9],
  [hand, 3],
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
