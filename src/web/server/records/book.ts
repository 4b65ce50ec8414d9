import type { OrderId } from '../../../model/ids.ts'
import type { Order } from '../../../model/order.ts'
import { isOpen } from '../../../model/order-table.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createDecisionLog, type DecisionLog } from '../../../trading/engine/decisions.ts'
import type { Effect } from '../../../trading/engine/effects.ts'
import type { Opened, TraderEvent } from '../../../trading/engine/events.ts'
import { createTrader, type Trader } from '../../../trading/engine/trader.ts'
import type { RefusalMessage } from '../../contract/live.ts'
import type {
  DayCurveMessage,
  OrderStepMessage,
  RecordedFillMessage,
  TrailEntry,
} from '../../contract/records.ts'
import { refusalMessage } from '../live/live-state.ts'
import { addStep, decidedStep, stepOfEvent, stepsOfEffect } from './order-steps.ts'
import { type Names, trailOfEvent } from './trail-words.ts'

/** An order with everything that happened to it. */
export interface BookedOrder {
  readonly order: Order
  readonly steps: OrderStepMessage[]
  readonly commission: number
  readonly tax: number
  readonly replacedBy: OrderId | undefined
}

type Numbered<T> = T & { readonly seq: number }

/** The day so far, as it is asked about. Lists are oldest first. */
export interface Book {
  /** The next event of the record. Gives the decisions that followed from it as the record should hold them; '' for none. */
  event(seq: number, event: TraderEvent): string
  /** The record of the decisions that followed from the last event. */
  decided(seq: number, at: EpochMs): void
  readonly trader: Trader
  readonly log: DecisionLog
  readonly opened: Opened | undefined
  readonly startEquity: number | undefined
  nameOf(instrument: string): string
  readonly orders: ReadonlyMap<OrderId, BookedOrder>
  readonly fills: readonly RecordedFillMessage[]
  readonly refusals: readonly Numbered<RefusalMessage>[]
  readonly trail: readonly TrailEntry[]
  readonly droppedTrail: number
  readonly curve: DayCurveMessage['points']
}

/** A day of a busy account has some ten thousands of these. */
const MOST_TRAIL = 200_000
const MOST_REFUSALS = 200_000
/** One point of the equity curve for so long, market ms. */
const CURVE_EVERY_MS = 10_000

/**
 * The book of a recorded day. The record holds what the engine heard and what it asked for, but not the orders themselves: their
 * reasons, states, costs and round trips live inside the engine. So the events are fed to a trader of our own, which by the
 * law of the house decides the same again, and after each event its orders are compared with what they were. Exact, and one
 * truth instead of a second copy of the order rules; the price is that ticks have to be fed too.
 */
export function createBook(): Book {
  return new DayBook()
}

class DayBook implements Book {
  readonly trader = createTrader()
  readonly log = createDecisionLog()
  readonly orders = new Map<OrderId, BookedOrder>()
  readonly fills: RecordedFillMessage[] = []
  readonly refusals: Numbered<RefusalMessage>[] = []
  readonly trail: TrailEntry[] = []
  readonly curve: DayCurveMessage['points'] = []
  droppedTrail = 0
  opened: Opened | undefined
  startEquity: number | undefined
  private readonly instruments = new Map<string, string>()
  private readonly conditions = new Map<string, string>()
  private readonly names: Names = {
    instrument: (id) => this.nameOf(id),
    condition: (id) => this.conditions.get(id) ?? id,
  }
  private waiting: readonly Effect[] = []
  private lastAccount = ''
  /** The person whose command brought the last decisions. */
  private by: string | undefined

  nameOf(instrument: string): string {
    return this.instruments.get(instrument) ?? instrument
  }

  event(seq: number, event: TraderEvent): string {
    this.learn(event)
    const said = trailOfEvent(event, this.names)
    if (said && !this.isRepeated(said)) this.note(seq, event.receivedAt, said)
    const [commission, tax] = this.costs()
    const effects = this.trader.on(event)
    if (event.kind === 'opened') this.opened = event
    const decisions = effects.length > 0 ? this.log.add(effects) : ''
    const touched = this.touchedBy(event, effects)
    if (touched.size > 0) {
      const paid = { commission: this.costs()[0] - commission, tax: this.costs()[1] - tax }
      for (const order of this.trader.orders())
        if (touched.has(order.id)) this.follow(seq, event, order, paid)
    }
    if (effects.length > 0) this.hear(seq, event.receivedAt, effects)
    if (event.kind === 'timer') this.notePoint(event.receivedAt)
    this.waiting = effects
    this.by = event.kind === 'operator' ? event.by : undefined
    return decisions
  }

  decided(seq: number, at: EpochMs): void {
    for (const effect of this.waiting)
      for (const [id, said] of stepsOfEffect(effect, seq)) {
        const booked = this.orders.get(id as OrderId)
        if (!booked) continue
        const by = this.by === undefined || said.kind === 'asked' ? {} : { by: this.by }
        this.step(booked, { at, seq, status: booked.order.status, ...said, ...by })
      }
    this.waiting = []
  }

  /** The broker's word on the account comes twice a minute; the same word again is no news. */
  private isRepeated({ kind, ko }: Pick<TrailEntry, 'kind' | 'ko'>): boolean {
    if (kind !== 'account') return false
    const isSame = ko === this.lastAccount
    this.lastAccount = ko
    return isSame
  }

  private costs(): readonly [commission: number, tax: number] {
    if (!this.opened) return [0, 0]
    const { commission, tax } = this.trader.books()
    return [commission, tax]
  }

  private learn(event: TraderEvent): void {
    if (event.kind === 'opened') {
      this.learnConditions(event.settings)
    } else if (event.kind === 'description') this.instruments.set(event.instrument, event.listing.name)
    else if (event.kind === 'operator' && event.do === 'settings') this.learnConditions(event.settings)
    else if (event.kind === 'account')
      for (const { instrument, name } of event.holdings)
        if (name !== '' && !this.instruments.has(instrument)) this.instruments.set(instrument, name)
  }

  private learnConditions({ buys, sells, strategies = [] }: Opened['settings']): void {
    for (const { condition, name } of [...buys, ...sells, ...strategies]) this.conditions.set(condition, name)
  }

  /** Whose orders can be other ones after this event than before it. */
  private touchedBy(event: TraderEvent, effects: readonly Effect[]): ReadonlySet<OrderId> {
    const touched = new Set<OrderId>()
    if ('orderId' in event) touched.add(event.orderId)
    if (event.kind === 'operator' && event.do === 'settleOrder') touched.add(event.order)
    if (event.kind === 'restarted')
      for (const { order } of this.orders.values()) if (isOpen(order.status)) touched.add(order.id)
    for (const effect of effects)
      if (effect.do === 'place' || effect.do === 'amend' || effect.do === 'cancel')
        touched.add(effect.order.orderId)
    return touched
  }

  private follow(
    seq: number,
    event: TraderEvent,
    order: Order,
    paid: { readonly commission: number; readonly tax: number },
  ): void {
    const before = this.orders.get(order.id)
    if (!before) return this.begin(seq, event.receivedAt, order)
    if (before.order === order) return
    const isFill = order.filled > before.order.filled
    const booked: BookedOrder = {
      ...before,
      order,
      commission: before.commission + (isFill ? paid.commission : 0),
      tax: before.tax + (isFill ? paid.tax : 0),
    }
    this.orders.set(order.id, booked)
    const said = isAbout(event, order.id) ? stepOfEvent(event, before.order, order) : undefined
    if (said) {
      const { at, receivedAt } = event
      const venueAt = at === receivedAt ? {} : { venueAt: at }
      this.step(booked, {
        at: receivedAt,
        ...venueAt,
        seq,
        status: order.status,
        ...said,
        ...(isFill && paid),
      })
    }
    if (isFill) this.noteFill(seq, event, before.order, order, paid)
  }

  private begin(seq: number, at: EpochMs, order: Order): void {
    const booked = { order, steps: [], commission: 0, tax: 0, replacedBy: undefined }
    this.orders.set(order.id, booked)
    this.step(booked, { at, seq, status: order.status, ...decidedStep(order) })
    const replaced = order.replaces && this.orders.get(order.replaces)
    if (replaced) this.orders.set(replaced.order.id, { ...replaced, replacedBy: order.id })
  }

  private step(booked: BookedOrder, step: OrderStepMessage): void {
    addStep(booked.steps, step, step.at)
    if (step.kind === 'asked') return
    const { order } = booked
    const isOurs = OURS.has(step.kind)
    this.note(step.seq, step.at, {
      kind: step.kind === 'fill' ? 'fill' : 'order',
      who: step.by ?? (isOurs ? 'garam' : 'broker'),
      instrument: order.instrument,
      order: order.id,
      ko: `${this.nameOf(order.instrument)} ${step.ko}`,
      en: `${this.nameOf(order.instrument)}: ${step.en}`,
    })
  }

  private noteFill(
    seq: number,
    event: TraderEvent,
    before: Order,
    order: Order,
    paid: { readonly commission: number; readonly tax: number },
  ): void {
    const quantity = order.filled - before.filled
    this.fills.push({
      order: order.id,
      instrument: order.instrument,
      name: this.nameOf(order.instrument),
      side: order.side,
      price: Math.round((order.filledValue - before.filledValue) / quantity),
      quantity,
      cumulative: order.filled,
      ...paid,
      at: event.at,
      seq,
    })
  }

  private hear(seq: number, at: EpochMs, effects: readonly Effect[]): void {
    for (const effect of effects)
      if (effect.do === 'refuse') {
        const { refusal } = effect
        const name = this.nameOf(refusal.instrument)
        const message = { ...refusalMessage({ ...refusal, name }), seq }
        if (this.refusals.length < MOST_REFUSALS) this.refusals.push(message)
        const { instrument, ko, en, source } = message
        this.note(seq, at, {
          kind: 'refusal',
          who: 'garam',
          instrument,
          ko: `${name} [${source}] ${ko}`,
          en: `${name} [${source}] ${en}`,
        })
      } else if (effect.do === 'tell') {
        const { ko, en } = effect.happening
        this.note(seq, at, { kind: 'notice', who: 'garam', ko, en })
      }
  }

  private note(seq: number, at: EpochMs, said: Omit<TrailEntry, 'line' | 'seq' | 'at'>): void {
    const { instrument } = said
    this.trail.push({
      line: this.trail.length + this.droppedTrail,
      seq,
      at,
      ...said,
      ...(instrument !== undefined && { name: this.nameOf(instrument) }),
    })
    if (this.trail.length <= MOST_TRAIL) return
    const dropped = MOST_TRAIL / 10
    this.trail.splice(0, dropped)
    this.droppedTrail += dropped
  }

  private notePoint(at: EpochMs): void {
    const last = this.curve.at(-1)
    if (last && Math.floor(last.at / CURVE_EVERY_MS) === Math.floor(at / CURVE_EVERY_MS)) return
    const { accountKnown, equity, realizedPnl, unrealizedPnl, dayPnl } = this.trader.view('')
    if (!accountKnown) return
    this.startEquity = equity - dayPnl
    this.curve.push({ at, equity, realizedPnl, unrealizedPnl })
  }
}

const OURS: ReadonlySet<OrderStepMessage['kind']> = new Set([
  'decided',
  'sent',
  'amendAsked',
  'cancelAsked',
  'doubted',
])

type OrderWord = Parameters<typeof stepOfEvent>[0]

/** An event can change other orders too (a fill lets us cancel one); their steps come from the decision, not from it. */
function isAbout(event: TraderEvent, id: OrderId): event is OrderWord {
  if (event.kind === 'restarted') return true
  if (event.kind === 'operator') return event.do === 'settleOrder' && event.order === id
  return 'orderId' in event && event.orderId === id
}
