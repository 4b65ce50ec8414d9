import { type VenueOrderId, venueOrderId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { DayTotals, Environment, ExecutionClient } from '../../ports/execution-client.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { createAccountReader } from './account.ts'
import type { Stamper } from './codec/stamper.ts'
import { compactDay, isNoOrder, magnitude, orderNumber, signed } from './codec/values.ts'
import { createCorrelator, type OwnOrder } from './correlate.ts'
import { type KiwoomHttp, URGENCY } from './http.ts'
import { amendRequest, cancelRequest, type OrderRequest, orderFrame, placeRequest } from './map-orders.ts'
import { createReconciler } from './reconciler.ts'
import { dayTotalsReply, type JsonObject, orderReply, type RealEvent } from './wire.ts'

export interface KiwoomExecution extends ExecutionClient {
  onReal(event: RealEvent): void
  /** The line was lost and is back: what happened meanwhile is in the order list. */
  onLineBack(): void
  /** No push comes until the line is back: the order list is looked at again and again. */
  onLineDown(): void
  /** A push may have been kept back or could not be read: what it told is in the order list. */
  onMissed(): void
}

/** An entered amend or cancel that no frame confirms is looked up after this, then after twice and four times this. */
const CONFIRM_MS = 5_000
const MOST_CHECKS = 3
/** A purchase that could not leave for so long (market time) was priced from an old market: it is not sent any more. */
const STALE_BUY_MS = 5_000
/** While no push can come: shares bought have no stop before their fill is known. */
const BLIND_SWEEP_MS = 3_000

export function createExecution(options: {
  readonly environment: Environment
  readonly http: KiwoomHttp
  readonly clock: Clock
  readonly wall: Clock
  readonly stamper: Stamper
  readonly startLine: () => Promise<Result<void, VenueError>>
  readonly stopLine: () => void
  /** Orders that wait for their turn do not leave any more. */
  readonly refuseWaiting: () => void
  readonly log: (line: string) => void
}): KiwoomExecution {
  const { environment, http, clock, stamper, log } = options
  let sink: ((report: OrderReport | AccountReport) => void) | undefined
  const emit = (report: OrderReport | AccountReport) => sink?.(report)
  const book = createCorrelator({
    stamper,
    emit,
    onUnclear: (own) => (own ? reconciler.check(own) : reconciler.sweep()),
  })
  const reconciler = createReconciler({ http, book, clock, wall: options.wall, stamper, log })
  const account = createAccountReader({ http, stamper, emit, log })
  let linesBack = 0
  let cancelSweep: Cancel = () => undefined
  const watches = new Set<Cancel>()
  const underWay = new Set<Promise<void>>()
  /** Whose cancel waits for its turn or its reply: asked for again, it would only fill the lane before the stop-losses. */
  const cancelling = new Set<OwnOrder>()

  /** Kiwoom's mock trades on KRX only (wire reference §19). */
  const notHere = (venue: string): VenueError | undefined =>
    environment === 'paper' && venue !== 'KRX'
      ? {
          kind: 'rejected',
          code: 'venueNotOffered',
          text: '모의투자는 KRX만 됩니다 · the mock trades on KRX only',
        }
      : undefined

  const track = (work: Promise<void>) => {
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }

  const failed = (own: OwnOrder, error: VenueError) => {
    if (error.kind === 'rejected') book.fail(own, 'rejected', error)
    else if (error.kind === 'throttled') book.fail(own, 'throttled', error)
    else book.doubt(own, error)
  }

  const send = async (own: OwnOrder, request: OrderRequest, urgency: number): Promise<boolean> => {
    const reply = await http.order(request.api, request.body, urgency, () => isFresh(own))
    const placed = reply.ok ? placedOf(reply.value) : reply
    if (!placed.ok) {
      failed(own, placed.error)
      return false
    }
    book.bind(own, placed.value)
    return true
  }

  /** Prices move while a purchase waits for its turn. A sale leaves however late: it is out of the position, or amended. */
  const isFresh = ({ order }: OwnOrder): boolean =>
    order.side === 'sell' || clock.now() - order.createdAt <= STALE_BUY_MS

  const place = async (own: OwnOrder, request: OrderRequest) => {
    const urgency = own.order.side === 'sell' ? URGENCY.sell : URGENCY.buy
    const before = linesBack
    if (!(await send(own, request, urgency))) return
    book.accept(own)
    // The line came back while the request was under way: the sweep did not know its number yet.
    if (linesBack !== before) reconciler.check(own)
  }

  const amend = async (own: OwnOrder, request: OrderRequest) => {
    if (!(await send(own, request, URGENCY.amend))) return
    // Entered is not confirmed: 확인 on the stream is.
    book.release()
    watch(own, () => own.accepted)
  }

  const cancel = async (own: OwnOrder, request: OrderRequest) => {
    if (cancelling.has(own)) return
    cancelling.add(own)
    own.cancel = 'asked'
    const reply = await http.order(request.api, request.body, URGENCY.cancel)
    cancelling.delete(own)
    if (own.phase === 'done') return
    if (reply.ok) return watch(own, () => own.phase === 'done' || own.cancel === 'none')
    const isLost = reply.error.kind === 'inDoubt' || reply.error.kind === 'unavailable'
    book.cancelFailed(own, isLost ? 'cancelLost' : 'cancelRefused', reply.error)
  }

  const watch = (own: OwnOrder, isSettled: () => boolean, checks = 0) => {
    const stop = clock.after(CONFIRM_MS * 2 ** checks, () => {
      watches.delete(stop)
      if (isSettled()) return
      reconciler.check(own)
      if (checks + 1 < MOST_CHECKS) return watch(own, isSettled, checks + 1)
      if (own.cancel === 'asked') book.cancelFailed(own, 'cancelLost', unconfirmed())
    })
    watches.add(stop)
  }

  /** An earlier life may have left orders, and others may have traded since. */
  let looksFirst = false

  const sweepBlind = () => {
    cancelSweep()
    cancelSweep = clock.after(BLIND_SWEEP_MS, () => {
      reconciler.sweep()
      sweepBlind()
    })
  }

  return {
    environment,
    start: (receive) => {
      sink = receive
      return options.startLine()
    },
    stop: async () => {
      options.refuseWaiting()
      reconciler.stop()
      cancelSweep()
      for (const stop of watches) stop()
      watches.clear()
      await Promise.all(underWay)
      sink = undefined
      options.stopLine()
    },
    adopt: (orders) => {
      for (const order of orders) book.adopt(order)
      looksFirst = true
    },
    place: (order) => {
      const own = book.begin(order)
      const refused = notHere(order.venue)
      const request = refused ? err(refused) : placeRequest(order)
      if (request.ok) track(place(own, request.value))
      else failed(own, request.error)
    },
    amend: (order) => {
      const own = book.begin(order, order.replaces, order.replacesVenueOrderId)
      const refused = notHere(order.venue)
      const request = refused ? err(refused) : amendRequest(order)
      if (request.ok) track(amend(own, request.value))
      else failed(own, request.error)
    },
    cancel: (order) => {
      const own = book.of(order.orderId)
      if (own) return track(cancel(own, cancelRequest(order)))
      const now = stamper.now()
      emit({ kind: 'cancelRefused', at: now, receivedAt: now, orderId: order.orderId, error: neverAdopted() })
    },
    ask: (order) => {
      const own = book.of(order.orderId) ?? strangerOf(order)
      // What the asker has not heard is told again.
      if (own.filled > order.filled) {
        own.filled = order.filled
        own.value = order.filled === 0 ? 0 : undefined
      }
      reconciler.ask(own)
    },
    askAccount: () => {
      // What others did while this process was away belongs to it. Orders of ours without a number have been asked about by now.
      if (looksFirst) reconciler.lookAround()
      looksFirst = false
      account.ask()
    },
    dayTotals: () => dayTotals(http, compactDay(stamper.day())),
    onReal: (event) => {
      const frame = orderFrame(event)
      if (frame) book.onFrame(frame)
      else {
        log('kiwoom: an order frame that cannot be read')
        reconciler.sweep()
      }
    },
    onLineDown: sweepBlind,
    onMissed: reconciler.sweep,
    onLineBack: () => {
      cancelSweep()
      linesBack++
      reconciler.lookAround()
    },
  }

  /** An order of an earlier life of this process. */
  function strangerOf(order: Parameters<ExecutionClient['ask']>[0]): OwnOrder {
    if (order.venueOrderId !== undefined) return book.adopt({ ...order, venueOrderId: order.venueOrderId })
    const own = book.begin(order, order.replaces)
    own.phase = 'doubt'
    own.inherited = true
    own.filled = order.filled
    return own
  }
}

/** Success is a number; a success without one is no usable answer. */
function placedOf(body: JsonObject): Result<VenueOrderId, VenueError> {
  const parsed = orderReply.safeParse(body)
  if (!parsed.success || isNoOrder(parsed.data.ord_no))
    return err({
      kind: 'inDoubt',
      code: 'noNumber',
      text: '주문번호 없는 응답 · a reply without an order number',
    })
  return ok(venueOrderId(orderNumber(parsed.data.ord_no)))
}

const unconfirmed = (): VenueError => ({
  kind: 'inDoubt',
  code: 'unconfirmed',
  text: '취소 확인이 오지 않습니다 · the cancel is not confirmed',
})

const neverAdopted = (): VenueError => ({
  kind: 'rejected',
  code: 'unknownOrder',
  text: '모르는 주문의 취소 · a cancel of an order this client was never told of',
})

/** ka10074 for one day. */
async function dayTotals(http: KiwoomHttp, day: string): Promise<Result<DayTotals, VenueError>> {
  const reply = await http.query('ka10074', { strt_dt: day, end_dt: day }, URGENCY.account)
  if (!reply.ok) return reply
  const parsed = dayTotalsReply.safeParse(reply.value)
  const commission = parsed.success ? signed(parsed.data.trde_cmsn) : undefined
  const tax = parsed.success ? magnitude(parsed.data.trde_tax) : undefined
  if (commission === undefined || tax === undefined)
    return err({
      kind: 'unavailable',
      code: 'shape',
      text: '당일 비용을 읽을 수 없습니다 · unreadable day totals',
    })
  return ok({ commission: krw(commission), tax: krw(tax) })
}
