import type { Denial } from '../../model/denial.ts'
import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { OrderRecord } from '../analytics/backtest-result.ts'
import type { DayDecision, PlayedDay, Standing, Who } from './recorded-day.ts'

/** The first thing that was not the same when two engines decided differently. `none`: nothing, which must not be. */
export type DayCause =
  | { readonly why: 'refused'; readonly by: Who; readonly denial: Denial }
  /** It held other shares, or had paid another price for them: its orders had met other prices. */
  | { readonly why: 'held' }
  /** Other orders were open, or further on: the venue's answers came at other times. */
  | { readonly why: 'working' }
  /** It had sold at another time: a rule waits after a sale. */
  | { readonly why: 'sold' }
  /** Its stop, target or high lay elsewhere. */
  | { readonly why: 'levels' }
  /** It had other cash, or another number of places taken. */
  | { readonly why: 'account' }
  /** The same decision on an answer of the venue that came at another time. */
  | { readonly why: 'answered' }
  | { readonly why: 'none' }

/** What the books came apart by: one order that both made and that filled otherwise, or an earlier decision of one alone. */
export type DayRoot =
  | {
      readonly of: 'fills'
      readonly order: DayDecision
      readonly live: OrderRecord['fills']
      readonly model: OrderRecord['fills']
    }
  | { readonly of: 'decision'; readonly at: EpochMs }

export interface DayDifference {
  readonly instrument: InstrumentId
  readonly at: EpochMs
  /** Absent: only the other one decided this. */
  readonly live?: DayDecision
  readonly model?: DayDecision
  readonly cause: DayCause
  /** Absent where this is the first thing that came apart for the instrument. */
  readonly root?: DayRoot
}

export interface DayComparison {
  readonly decisions: Readonly<Record<Who, number>>
  /** Decisions that are the same to the millisecond, the won and the share. */
  readonly same: number
  /** In order of time. */
  readonly differences: readonly DayDifference[]
}

/** Two decisions further apart than this are not one decision made at two times. */
const TOGETHER_MS = 60_000

/** Lays the decisions of both engines side by side, instrument by instrument, and says of each difference where it comes from. */
export function compareDay({ live, model }: PlayedDay): DayComparison {
  const [own, others] = [byInstrument(live.decisions), byInstrument(model.decisions)]
  const fillsOf = { live: fillsById(live.orders), model: fillsById(model.orders) }
  const differences: DayDifference[] = []
  let same = 0
  for (const instrument of new Set([...own.keys(), ...others.keys()])) {
    let root: DayRoot | undefined
    for (const pair of pairs(own.get(instrument) ?? [], others.get(instrument) ?? [])) {
      const [one, other] = pair
      if (one && other && isSame(one, other)) same++
      else {
        const found = differenceOf(instrument, one, other)
        differences.push(root ? { ...found, root } : found)
        root ??= { of: 'decision', at: found.at }
      }
      root = rootOf(pair, fillsOf) ?? root
    }
  }
  return {
    decisions: { live: live.decisions.length, model: model.decisions.length },
    same,
    differences: differences.toSorted((a, b) => a.at - b.at),
  }
}

type FillsById = ReadonlyMap<OrderId, OrderRecord['fills']>

const fillsById = (orders: readonly OrderRecord[]): FillsById =>
  new Map(orders.map(({ order, fills }) => [order.orderId, fills]))

/** An order that both made: did it come to the same shares at the same prices and times? */
function rootOf([one, other]: Pair, fillsOf: Readonly<Record<Who, FillsById>>): DayRoot | undefined {
  if (!one || !other || one.do === 'cancel') return undefined
  const live = fillsOf.live.get(one.orderId) ?? []
  const model = fillsOf.model.get(other.orderId) ?? []
  return JSON.stringify(live) === JSON.stringify(model) ? undefined : { of: 'fills', order: one, live, model }
}

function byInstrument(decisions: readonly DayDecision[]): ReadonlyMap<InstrumentId, readonly DayDecision[]> {
  const found = new Map<InstrumentId, DayDecision[]>()
  for (const decision of decisions) {
    const list = found.get(decision.instrument)
    if (list) list.push(decision)
    else found.set(decision.instrument, [decision])
  }
  return found
}

type Pair = readonly [live: DayDecision | undefined, model: DayDecision | undefined]

/** In order of time; what is the same kind of decision at nearly the same time is one pair. */
function pairs(live: readonly DayDecision[], model: readonly DayDecision[]): readonly Pair[] {
  const found: Pair[] = []
  let [i, j] = [0, 0]
  for (let one = live[i], other = model[j]; one || other; one = live[i], other = model[j]) {
    if (one && other && isPair(one, other)) {
      found.push([one, other])
      i++
      j++
    } else if (one && (!other || one.at <= other.at)) {
      found.push([one, undefined])
      i++
    } else {
      found.push([undefined, other])
      j++
    }
  }
  return found
}

const isPair = (one: DayDecision, other: DayDecision): boolean =>
  one.do === other.do && one.side === other.side && Math.abs(one.at - other.at) <= TOGETHER_MS

const isSame = (one: DayDecision, other: DayDecision): boolean =>
  one.at === other.at &&
  one.type === other.type &&
  one.limit === other.limit &&
  one.quantity === other.quantity

function differenceOf(
  instrument: InstrumentId,
  live: DayDecision | undefined,
  model: DayDecision | undefined,
): DayDifference {
  const first = live && model ? (live.at <= model.at ? live : model) : (live ?? model)
  const who: Who = first === live ? 'live' : 'model'
  return {
    instrument,
    at: first?.at ?? 0,
    ...(live && { live }),
    ...(model && { model }),
    cause: first ? causeOf(first, who) : { why: 'none' },
  }
}

/** Looked at where the earlier of the two decided, without the order that this made. */
function causeOf(decision: DayDecision, who: Who): DayCause {
  const { standing, refusedThere, orderId } = decision
  const [live, model] = [standing.live, standing.model]
  if (live.quantity !== model.quantity || live.cost !== model.cost) return { why: 'held' }
  const made = decision.do === 'cancel' ? undefined : orderId
  const isOther = (order: Standing['orders'][number]) => order.id !== made
  const open = (side: Who) => standing[side].orders.filter((each) => side !== who || isOther(each)).map(said)
  if (open('live').join() !== open('model').join()) return { why: 'working' }
  if (live.soldAt !== model.soldAt) return { why: 'sold' }
  if (refusedThere) return { why: 'refused', by: who === 'live' ? 'model' : 'live', denial: refusedThere }
  if (JSON.stringify(live.levels) !== JSON.stringify(model.levels)) return { why: 'levels' }
  if (live.cash !== model.cash || live.places !== model.places) return { why: 'account' }
  return { why: decision.cause === 0 ? 'answered' : 'none' }
}

const said = ({ side, type, limit, status, quantity, filled }: Standing['orders'][number]): string =>
  `${side} ${type} ${limit ?? ''} ${status} ${filled}/${quantity}`
