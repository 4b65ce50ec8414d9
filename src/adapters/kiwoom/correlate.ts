import type { OrderId, VenueOrderId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import { price, quantity } from '../../model/money.ts'
import type { OrderReport } from '../../model/order-report.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { KnownOrder, VenueOrder } from '../../ports/execution-client.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Stamper } from './codec/stamper.ts'
import { orderNumber } from './codec/values.ts'
import { type FillStep, readFill } from './fills.ts'
import type { ListedOrder, OrderFrame } from './map-orders.ts'

/** One of our orders, as this adapter knows it. Only the correlator writes it. */
export interface OwnOrder {
  readonly order: VenueOrder
  readonly replaces: OrderId | undefined
  /** The number of the order it amends, as far as it is known. */
  readonly replacesNumber: VenueOrderId | undefined
  number: VenueOrderId | undefined
  /** sending: a request of it is under way; doubt: its reply was lost; live; done: nothing of it is open. */
  phase: 'sending' | 'doubt' | 'live' | 'done'
  /** Its acceptance was reported. */
  accepted: boolean
  /** What it is for: less than asked when an amend moved less. */
  quantity: number
  filled: number
  /** Won filled so far; `undefined` when we only know how many shares. */
  value: number | undefined
  cancel: 'none' | 'asked' | 'lost'
  /** An amend of it is entered, by us or by another hand. */
  amended: boolean
  /** An earlier life of this process may have sent it, and nobody knows under which number. */
  inherited: boolean
  /** How many orders of other hands were known when it began: none of those is it. */
  readonly bornAfter: number
}

export interface Correlator {
  begin(order: VenueOrder, replaces?: OrderId, replacesNumber?: VenueOrderId): OwnOrder
  adopt(order: KnownOrder): OwnOrder
  of(id: OrderId): OwnOrder | undefined
  numbered(number: VenueOrderId): OwnOrder | undefined
  all(): Iterable<OwnOrder>
  /** Those that may live under a number we do not know. */
  unnumbered(): Iterable<OwnOrder>
  /** The reply (or the order list) gave the number. */
  bind(own: OwnOrder, number: VenueOrderId): void
  /** Gives out the frames that waited for a number. */
  release(): void
  /**
   * Reports the acceptance, once unless `again`; then gives out the frames that came before it. `quantity`: what an
   * amend moved, filled part of the new order included.
   */
  accept(own: OwnOrder, options?: { readonly quantity?: number; readonly again?: boolean }): void
  /** `venue`: where they traded, when the source says. */
  fill(own: OwnOrder, steps: readonly FillStep[], at: EpochMs, venue: Venue | undefined): void
  close(own: OwnOrder, why: 'cancelled' | 'replaced' | 'expired', again?: boolean): void
  /** What this order amended is over. */
  closeReplaced(own: OwnOrder): void
  /** It will never live: rejected, throttled or absent. The order it was to replace lives on. */
  fail(own: OwnOrder, report: 'rejected' | 'throttled' | 'absent', error: VenueError): void
  doubt(own: OwnOrder, error: VenueError): void
  cancelFailed(own: OwnOrder, how: 'cancelRefused' | 'cancelLost', error: VenueError): void
  onFrame(frame: OrderFrame): void
  /** Known as another hand's before this order began. */
  wasForeign(number: VenueOrderId, own: OwnOrder): boolean
  /** A row of the order list that is no order of ours: told once, and again when more of it has filled. */
  onListed(row: ListedOrder): void
}

interface Stranger {
  filled: number
  /** The how-manieth we met. */
  readonly nth: number
}

/** Frames that may belong to an order whose number we do not know yet. */
const MOST_HELD = 512

/**
 * Which frame belongs to which order? Our orders have no name at Kiwoom, only the number its reply gives, and the push
 * may overtake the reply: such frames wait. Everything here happens in order of arrival and says each fact once.
 * Source of the sequences: wire reference §15.1.
 */
export function createCorrelator(options: {
  readonly stamper: Stamper
  readonly emit: (report: OrderReport) => void
  /** The frames cannot tell what happened to it: look at the order list. */
  readonly onUnclear: (own: OwnOrder | undefined) => void
}): Correlator {
  const { stamper, emit } = options
  const byId = new Map<OrderId, OwnOrder>()
  /** Numbers are unique per trading day only. */
  const byNumber = new Map<string, OwnOrder>()
  let held: OrderFrame[] = []
  /** Orders of other hands, and how much of them was filled when we told. Bounded by the orders of a day. */
  const strangers = new Map<string, Stranger>()

  const key = (number: VenueOrderId) => `${stamper.day()} ${orderNumber(number)}`
  const numbered = (number: VenueOrderId) => byNumber.get(key(number))
  const stamp = (at = stamper.now()) => ({ at, receivedAt: stamper.now() })
  const timeOf = (frame: OrderFrame) => stamper.at(frame.time, stamper.now())

  const meet = (number: VenueOrderId, filled: number) => {
    const known = strangers.get(key(number))
    if (known) known.filled = filled
    else strangers.set(key(number), { filled, nth: strangers.size + 1 })
  }

  const register = (own: OwnOrder): OwnOrder => {
    byId.set(own.order.orderId, own)
    if (own.number) byNumber.set(key(own.number), own)
    return own
  }

  const bind = (own: OwnOrder, number: VenueOrderId) => {
    own.number = number
    if (own.phase !== 'done') own.phase = 'live'
    byNumber.set(key(number), own)
  }

  const accept: Correlator['accept'] = (own, { quantity: moved, again = false } = {}) => {
    if (own.number === undefined) return
    if (moved !== undefined) own.quantity = moved
    if (!own.accepted || again) {
      own.accepted = true
      // The report tells what was open then.
      const amount = moved === undefined ? {} : { quantity: quantity(Math.max(0, moved - own.filled)) }
      emit({ ...stamp(), kind: 'accepted', orderId: own.order.orderId, venueOrderId: own.number, ...amount })
    }
    releaseHeld()
  }

  const fill: Correlator['fill'] = (own, steps, at, venue) => {
    const where = venue ?? (own.order.venue === 'SOR' ? undefined : own.order.venue)
    if (!own.accepted) accept(own)
    for (const step of steps) {
      own.filled += step.quantity
      if (own.value !== undefined) own.value += step.price * step.quantity
      emit({
        ...stamp(at),
        kind: 'fill',
        orderId: own.order.orderId,
        venueOrderId: own.number as VenueOrderId,
        price: price(step.price),
        quantity: quantity(step.quantity),
        cumulative: quantity(own.filled),
        ...(where === undefined ? {} : { venue: where }),
      })
    }
    if (own.filled >= own.quantity) own.phase = 'done'
  }

  const close: Correlator['close'] = (own, why, again = false) => {
    if (own.phase === 'done' && !again) return
    own.phase = 'done'
    own.cancel = 'none'
    emit({ ...stamp(), kind: 'closed', orderId: own.order.orderId, why })
  }

  const parentOf = (own: OwnOrder) => (own.replaces === undefined ? undefined : byId.get(own.replaces))

  const cancelFailed: Correlator['cancelFailed'] = (own, how, error) => {
    own.cancel = how === 'cancelLost' ? 'lost' : 'none'
    emit({ ...stamp(), kind: how, orderId: own.order.orderId, error })
  }

  const fail: Correlator['fail'] = (own, kind, error) => {
    own.phase = 'done'
    const base = { ...stamp(), orderId: own.order.orderId }
    emit(kind === 'absent' ? { ...base, kind } : { ...base, kind, error })
    const parent = parentOf(own)
    if (parent && parent.phase !== 'done') {
      parent.amended = false
      cancelFailed(parent, 'cancelRefused', error)
    }
    releaseHeld()
  }

  /** An amend took effect: the open part lives on under the new number. */
  const confirmAmend = (own: OwnOrder, moved: number) => {
    accept(own, { quantity: moved })
    closeReplaced(own)
    // Less moved than we thought was open: the rest filled under the old number, and no frame has told us.
    const parent = parentOf(own)
    if (parent && parent.filled + moved < parent.quantity) options.onUnclear(parent)
  }

  const closeReplaced = (own: OwnOrder) => {
    const parent = parentOf(own)
    if (parent) close(parent, 'replaced')
    else if (own.replaces !== undefined)
      emit({ ...stamp(), kind: 'closed', orderId: own.replaces, why: 'replaced' })
  }

  const onOwn = (own: OwnOrder, frame: OrderFrame) => {
    if (frame.status === 'refused') return refuse(own, frame)
    const isAmend = own.replaces !== undefined
    if (isAmend && !own.accepted) {
      // 접수 of an amend says only that it was entered; its 902 means nothing yet.
      if (frame.status === 'accepted') return
      confirmAmend(own, frame.quantity)
    }
    if (frame.status === 'confirmed') return
    if (!own.accepted) accept(own)
    if (frame.status === 'filled') {
      const reading = readFill(frame, own.filled, own.value)
      if (reading.kind === 'gap') return options.onUnclear(own)
      if (reading.kind === 'fills') return fill(own, reading.steps, timeOf(frame), frame.venue)
    }
    if (frame.open === 0 && own.filled < own.quantity) closeOwn(own, frame)
  }

  /** 902 = 0 without being filled: cancelled, or moved to another number. */
  const closeOwn = (own: OwnOrder, frame: OrderFrame) => {
    // A fill that the frame counts and we never saw must be found first.
    if ((frame.filled ?? 0) > own.filled) return options.onUnclear(own)
    close(own, own.amended ? 'replaced' : 'cancelled')
  }

  const refuse = (own: OwnOrder, frame: OrderFrame) => {
    if (own.phase === 'done') return
    fail(own, 'rejected', { kind: 'rejected', code: 'refused', text: reasonOf(frame) })
  }

  /** A number we do not know that amends or cancels an order of ours. */
  const onRelated = (parent: OwnOrder, frame: OrderFrame) => {
    if (frame.action === 'amend') {
      parent.amended = frame.status !== 'refused'
      return foreign(frame)
    }
    if (frame.status === 'refused') {
      if (parent.cancel !== 'none')
        cancelFailed(parent, 'cancelRefused', { kind: 'rejected', code: 'refused', text: reasonOf(frame) })
      return
    }
    if (frame.status !== 'confirmed' && frame.status !== 'cancelled') return
    // A partial cancel (by another hand) leaves the order open. Ours asks for quantity 0, which means all.
    const all = frame.quantity >= parent.quantity - parent.filled
    if (all || (frame.quantity === 0 && parent.cancel !== 'none')) close(parent, 'cancelled')
  }

  const foreign = (frame: OrderFrame) => {
    if (frame.action === 'cancel') return
    const open = frame.status === 'refused' ? 0 : (frame.open ?? 0)
    meet(frame.number, frame.filled ?? 0)
    emit({
      ...stamp(timeOf(frame)),
      kind: 'foreign',
      venueOrderId: frame.number,
      instrument: frame.instrument,
      side: frame.side,
      filled: quantity(frame.filled ?? 0),
      open: quantity(open),
    })
  }

  const onListed: Correlator['onListed'] = (row) => {
    const isOurs = numbered(row.number) !== undefined || unnumbered().some((own) => isAlike(own, row))
    if (isOurs || row.action === 'cancel' || row.refused) return
    if (row.filled <= (strangers.get(key(row.number))?.filled ?? -1)) return
    meet(row.number, row.filled)
    emit({
      ...stamp(stamper.at(row.time, stamper.now())),
      kind: 'foreign',
      venueOrderId: row.number,
      instrument: row.instrument,
      side: row.side,
      filled: quantity(row.filled),
      open: quantity(row.open),
    })
  }

  const isAlike = ({ order }: OwnOrder, { instrument, side }: Pick<OrderFrame, 'instrument' | 'side'>) =>
    order.instrument === instrument && order.side === side

  const unnumbered = (): OwnOrder[] =>
    [...byId.values()].filter(
      (own) => own.number === undefined && (own.phase === 'sending' || own.phase === 'doubt'),
    )

  /** Could this be an order of ours whose number we are waiting for? */
  const isClaimable = (frame: OrderFrame): boolean => unnumbered().some((own) => isAlike(own, frame))

  const route = (frame: OrderFrame) => {
    const own = numbered(frame.number)
    if (own) return onOwn(own, frame)
    const parent = frame.original && numbered(frame.original)
    if (parent && frame.action === 'cancel') return onRelated(parent, frame)
    if (isClaimable(frame)) return hold(frame)
    return parent ? onRelated(parent, frame) : foreign(frame)
  }

  const hold = (frame: OrderFrame) => {
    held.push(frame)
    if (held.length <= MOST_HELD) return
    held.shift()
    options.onUnclear(undefined)
  }

  /** A number became known, or nobody waits for one any more: route the waiting frames again, in their order. */
  const releaseHeld = () => {
    if (held.length === 0) return
    const frames = held
    held = []
    for (const frame of frames) route(frame)
  }

  return {
    begin: (order, replaces, replacesNumber) => {
      const parent = replaces === undefined ? undefined : byId.get(replaces)
      if (parent) parent.amended = true
      return register({
        order,
        replaces,
        replacesNumber: replacesNumber ?? parent?.number,
        number: undefined,
        phase: 'sending',
        accepted: false,
        quantity: order.quantity,
        filled: 0,
        value: 0,
        cancel: 'none',
        amended: false,
        inherited: false,
        bornAfter: strangers.size,
      })
    },
    adopt: (order) =>
      register({
        order,
        replaces: undefined,
        replacesNumber: undefined,
        number: order.venueOrderId,
        phase: order.filled >= order.quantity ? 'done' : 'live',
        accepted: true,
        quantity: order.quantity,
        filled: order.filled,
        value: order.filled === 0 ? 0 : undefined,
        cancel: order.cancelling ? 'lost' : 'none',
        amended: false,
        inherited: false,
        bornAfter: strangers.size,
      }),
    of: (id) => byId.get(id),
    numbered,
    all: () => byId.values(),
    unnumbered,
    bind,
    release: releaseHeld,
    accept,
    fill,
    close,
    closeReplaced,
    fail,
    doubt: (own, error) => {
      if (own.phase === 'sending') own.phase = 'doubt'
      emit({ ...stamp(), kind: 'lost', orderId: own.order.orderId, error })
    },
    cancelFailed,
    onFrame: route,
    wasForeign: (number, own) => {
      const stranger = strangers.get(key(number))
      return stranger !== undefined && !own.inherited && stranger.nth <= own.bornAfter
    },
    onListed,
  }
}

/** `0` is Kiwoom's word for no reason. */
const reasonOf = (frame: OrderFrame): string =>
  frame.reason === '' || frame.reason === '0'
    ? '거래소가 거부했습니다 · refused by the exchange'
    : frame.reason
