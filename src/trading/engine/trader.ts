import type { InstrumentId } from '../../model/ids.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import type { MarketEvent, ScreenHit, ViNotice } from '../../model/market-event.ts'
import { price } from '../../model/money.ts'
import type { ManualOrder } from '../../model/operator.ts'
import type { Order } from '../../model/order.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant, never } from '../../std/invariant.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Impossible } from '../market/impossible.ts'
import { noticeOf } from '../notify/notice.ts'
import { resolveSuspicion } from './carrying.ts'
import { onDelisted } from './delisting.ts'
import { createDesk, type Desk, nameOf, tell, tellTold } from './desk.ts'
import { restoreDesk, saveDesk } from './desk-state.ts'
import { type Effect, isOrderEffect } from './effects.ts'
import {
  decideCandidates,
  dropOverdue,
  onDescription,
  onDescriptionFailed,
  onEnter,
  onLeave,
} from './entering.ts'
import type { Carried, TraderEvent } from './events.ts'
import { type ExitLevels, exitLevels, onPrice, onSellHit, reconsider } from './leaving.ts'
import { lookAt } from './looking.ts'
import { type Preview, previewOrder } from './manual-order.ts'
import { onOperator } from './operating.ts'
import { protectAtBroker } from './protecting.ts'
import { countQueue, followQueues } from './queueing.ts'
import { onAccount, onReport, onRestarted, settleOpenQuestions } from './reporting.ts'
import { aimBoards } from './routing.ts'
import { onSignal } from './signalling.ts'
import { chaseUnfilled } from './unfilled.ts'
import type { TraderView } from './view.ts'
import { followConditions, wantPrices } from './wanting.ts'

/**
 * The whole trading day as one function: an event in, what should happen out. No clock, no chance, no I/O: the same
 * events in the same order give the same effects.
 */
export interface Trader {
  /** The first event of a day is `opened`. The returned list belongs to the caller. */
  on(event: TraderEvent): readonly Effect[]
  /** Everything about orders that could still matter, for a restarted execution client. */
  orders(): readonly Order[]
  /** As they are now: those of the opening, with what was changed since. */
  settings(): TradingSettings
  /** What tomorrow is to know of the positions held now. */
  carried(): readonly Carried[]
  view(decisionHash: string): TraderView
  /** What a person's order would be at this market time, and which rule would refuse it. Nothing changes by asking. */
  preview(order: ManualOrder, at: EpochMs): Preview
  /** What is known of it now, to be read and never kept; `undefined` until it was described. */
  instrument(instrument: InstrumentId): InstrumentView | undefined
  /** The day's books themselves, to be read and never kept. */
  books(): Books
  /** The prices at which an exit of a held instrument would fire now; `undefined` when it is not held or not known. */
  levels(instrument: InstrumentId): ExitLevels | undefined
  snapshot(): unknown
  restore(state: unknown): void
}

type Books = Pick<Ledger, 'cash' | 'positions' | 'roundTrips' | 'commission' | 'tax'>

const NOTHING: readonly Effect[] = []
/** A held instrument whose prices are not believed is described again at most this often. */
const BAND_AGAIN_MS = 10_000

export function createTrader(): Trader {
  let desk: Desk | undefined

  const opened = (): Desk => {
    invariant(desk !== undefined, 'a trading day begins with an `opened` event')
    return desk
  }

  return {
    on: (event) => {
      if (event.kind === 'opened') {
        desk = createDesk(event)
        followConditions(desk)
        tell(desk, 'info', `거래일 시작 ${event.day}`, `Trading day ${event.day} begins`)
      } else handle(opened(), event)
      return take(opened())
    },
    orders: () => (desk ? [...desk.orders.all()] : []),
    settings: () => opened().settings,
    carried: () => {
      const { ledger, tracked, market, day } = opened()
      return ledger.carried().map((each) => {
        const { instrument } = each.position
        const high = tracked.get(instrument)
        const last = market.of(instrument)?.last ?? 0
        return {
          day,
          ...each,
          ...(high && { tracked: high }),
          ...(last > 0 && { last: price(last) }),
        }
      })
    },
    view: (decisionHash) => lookAt(opened(), decisionHash),
    preview: (order, at) => previewOrder(opened(), order, at),
    instrument: (instrument) => opened().market.of(instrument),
    books: () => opened().ledger,
    levels: (instrument) => exitLevels(opened(), instrument),
    snapshot: () => saveDesk(opened()),
    restore: (state) => {
      desk = restoreDesk(state)
    },
  }
}

function take(desk: Desk): readonly Effect[] {
  if (desk.out.length === 0) return NOTHING
  // An order does not wait for the list of wants: the next event that has an effect, or the timer, brings it.
  if (!desk.out.some(isOrderEffect)) wantPrices(desk)
  const effects = desk.out
  desk.out = []
  return effects
}

function handle(desk: Desk, event: Exclude<TraderEvent, { kind: 'opened' }>): void {
  const { notes } = desk
  if (event.receivedAt > notes.now) notes.now = event.receivedAt
  notes.events++
  switch (event.kind) {
    case 'trade':
    case 'quote':
      return onTick(desk, event)
    case 'screen':
      return onScreen(desk, event)
    case 'signal':
      return onSignal(desk, event)
    case 'description':
      desk.market.on(event)
      resolveSuspicion(desk, event.instrument, event.basePrice)
      return onDescription(desk, event)
    case 'descriptionFailed':
      return onDescriptionFailed(desk, event)
    case 'vi':
      return onVi(desk, event)
    case 'session':
    case 'index':
      desk.market.on(event)
      return
    case 'feed':
      return onFeed(desk, event)
    case 'timer':
      return onTimer(desk)
    case 'restarted':
      followConditions(desk)
      notes.lastWants = ''
      return onRestarted(desk)
    case 'account':
      return onAccount(desk, event)
    case 'delisted':
      return onDelisted(desk, event)
    case 'operator':
      return onOperator(desk, event)
    case 'accepted':
    case 'rejected':
    case 'throttled':
    case 'lost':
    case 'absent':
    case 'fill':
    case 'closed':
    case 'cancelRefused':
    case 'cancelLost':
    case 'foreign':
      return onReport(desk, event)
    default:
      return never(event)
  }
}

function onTick(desk: Desk, event: MarketEvent & { kind: 'trade' | 'quote' }): void {
  const fault = desk.market.on(event)
  if (fault) return onFault(desk, fault)
  if (desk.queues.size > 0) countQueue(desk, event)
  const last = event.kind === 'trade' ? event.price : event.last
  if (last !== undefined) onPrice(desk, event.instrument, last)
}

/** Prices outside the band we know, of something we hold: the band may be the one that is wrong. Ask, and say so. */
function onFault(desk: Desk, fault: Impossible): void {
  if (fault.why !== 'outsideBand' || !desk.ledger.positions.has(fault.instrument)) return
  const { notes } = desk
  if (notes.now - notes.bandAskedAt < BAND_AGAIN_MS) return
  notes.bandAskedAt = notes.now
  desk.out.push({ do: 'describe', instrument: fault.instrument })
  tell(
    desk,
    'urgent',
    `${nameOf(desk, fault.instrument)} 시세 ${fault.price}원이 가격제한폭(${fault.lower}~${fault.upper}) 밖입니다: 종목 정보를 다시 묻습니다`,
    `${nameOf(desk, fault.instrument)} at ${fault.price} is outside its band ${fault.lower}–${fault.upper}: asking for its basic information again`,
  )
}

function onScreen(desk: Desk, hit: ScreenHit): void {
  const buy = desk.settings.buys.find((rule) => rule.condition === hit.condition)
  const sell = desk.settings.sells.find((rule) => rule.condition === hit.condition)
  if (buy) hit.change === 'enter' ? onEnter(desk, hit, buy) : onLeave(desk, hit, buy)
  if (sell && hit.change === 'enter' && !hit.initial) onSellHit(desk, hit, sell)
}

function onVi(desk: Desk, event: ViNotice): void {
  desk.market.on(event)
  if (event.state === 'on') desk.notes.viCount++
  if (!concerns(desk, event.instrument)) return
  const name = nameOf(desk, event.instrument)
  if (event.state === 'on')
    tell(
      desk,
      'warning',
      `${name} VI 발동 ${event.price}`,
      `${name}: volatility interruption at ${event.price}`,
    )
  else tell(desk, 'info', `${name} VI 해제`, `${name}: volatility interruption over`)
}

const concerns = (desk: Desk, instrument: InstrumentId): boolean =>
  desk.ledger.positions.has(instrument) || desk.orders.openOf(instrument).length > 0

function onFeed(desk: Desk, event: MarketEvent & { kind: 'feed' }): void {
  desk.market.on(event)
  tellTold(
    desk,
    noticeOf(event.state === 'down' ? { of: 'feedDown', detail: event.detail } : { of: 'feedLive' }),
  )
}

function onTimer(desk: Desk): void {
  aimBoards(desk)
  dropOverdue(desk)
  decideCandidates(desk)
  chaseUnfilled(desk)
  followQueues(desk)
  for (const position of desk.ledger.positions.values()) {
    reconsider(desk, position)
    protectAtBroker(desk, position)
  }
  settleOpenQuestions(desk)
  if (desk.out.length === 0) wantPrices(desk)
}
