import { type OrderId, orderId, type VenueOrderId } from '../../src/model/ids.ts'
import { type Price, quantity } from '../../src/model/money.ts'
import type { Side } from '../../src/model/order.ts'
import type { AccountReport, OrderReport } from '../../src/model/order-report.ts'
import type { CancelRequest, ExecutionClient, VenueOrder } from '../../src/ports/execution-client.ts'
import type { ExecutionStand, Tradable, TrueOrder } from './execution-stand.ts'
import { createRecorder, eventually, type Recorder, type WaitOptions } from './recorder.ts'

type Report = OrderReport | AccountReport
export type ReportOf<K extends Report['kind']> = Extract<Report, { kind: K }>

/** What a test does with orders, and what it hears of each. */
export interface OrderLedger {
  readonly recorder: Recorder<Report>
  readonly placed: readonly VenueOrder[]
  /** Sends a new order; without a limit it is a market order. */
  place(name: Tradable, side: Side, shares: number, limit?: Price): VenueOrder
  amend(of: VenueOrder, limit: Price): Promise<VenueOrder>
  cancel(of: VenueOrder): Promise<void>
  ask(order: VenueOrder): void
  /** An answer to a question may repeat what was told. */
  wasAsked(order: VenueOrder): boolean
  /** The kinds of all reports of one order, in order. */
  story(order: VenueOrder): readonly string[]
  reports<K extends Report['kind']>(kind: K, of: OrderId): readonly ReportOf<K>[]
  filled(order: VenueOrder): number
  next<K extends Report['kind']>(kind: K, of: VenueOrder, options?: WaitOptions): Promise<ReportOf<K>>
  allFilled(order: VenueOrder): Promise<void>
  numberOf(order: VenueOrder): Promise<VenueOrderId>
  /** The venue's own record of it. */
  truth(order: VenueOrder): Promise<TrueOrder>
}

/** `life` tells the orders of one client from those of another. */
export function createOrderLedger(stand: ExecutionStand, client: ExecutionClient, life: string): OrderLedger {
  const recorder = createRecorder<Report>()
  const placed: VenueOrder[] = []
  const asked = new Set<OrderId>()
  const parents = new Map<OrderId, OrderId>()
  const of = (order: VenueOrder) => (report: Report) =>
    'orderId' in report && report.orderId === order.orderId

  const begin = (order: Omit<VenueOrder, 'orderId' | 'createdAt' | 'venue' | 'timeInForce'>): VenueOrder => {
    const id = orderId(`${life}-${String(placed.length + 1).padStart(3, '0')}`)
    const begun: VenueOrder = {
      ...order,
      orderId: id,
      venue: 'KRX',
      timeInForce: 'day',
      createdAt: stand.now(),
    }
    placed.push(begun)
    return begun
  }

  const reports = <K extends Report['kind']>(kind: K, id: OrderId): readonly ReportOf<K>[] =>
    recorder.heard.filter(
      (report): report is ReportOf<K> => report.kind === kind && 'orderId' in report && report.orderId === id,
    )
  const filled = (order: VenueOrder) =>
    reports('fill', order.orderId).reduce((sum, fill) => sum + fill.quantity, 0)

  const next: OrderLedger['next'] = <K extends Report['kind']>(
    kind: K,
    order: VenueOrder,
    options?: WaitOptions,
  ) =>
    recorder.until(
      `${kind} of ${JSON.stringify(order)}`,
      (report): report is ReportOf<K> => report.kind === kind && of(order)(report),
      options,
    )
  const numberOf = async (order: VenueOrder) => (await next('accepted', order)).venueOrderId
  const addressOf = async (order: VenueOrder): Promise<CancelRequest> => ({
    orderId: order.orderId,
    venueOrderId: await numberOf(order),
    instrument: order.instrument,
    venue: order.venue,
  })

  return {
    recorder,
    placed,
    place(name, side, shares, limit) {
      const order = begin({
        instrument: name.instrument,
        side,
        type: limit === undefined ? 'market' : 'limit',
        ...(limit === undefined ? {} : { limit }),
        quantity: quantity(shares),
      })
      client.place(order)
      return order
    },
    async amend(old, limit) {
      const { instrument, side, type } = old
      const replacesVenueOrderId = await numberOf(old)
      const open = quantity(old.quantity - filled(old))
      const order = begin({ instrument, side, type, limit, quantity: open })
      parents.set(order.orderId, old.orderId)
      client.amend({ ...order, replaces: old.orderId, replacesVenueOrderId })
      return order
    },
    cancel: async (order) => client.cancel(await addressOf(order)),
    wasAsked: (order) => asked.has(order.orderId),
    ask: (order) => {
      asked.add(order.orderId)
      const known = reports('accepted', order.orderId)[0]
      const replaces = parents.get(order.orderId)
      client.ask({
        ...order,
        filled: quantity(filled(order)),
        ...(known ? { venueOrderId: known.venueOrderId } : {}),
        ...(replaces ? { replaces } : {}),
      })
    },
    story: (order) => recorder.heard.filter(of(order)).map(({ kind }) => kind),
    reports,
    filled,
    next,
    allFilled: async (order) => {
      await eventually(
        `all of ${JSON.stringify(order)} fills`,
        () => (filled(order) >= order.quantity ? true : undefined),
        { seen: () => recorder.heard.filter(of(order)).map((report) => JSON.stringify(report)) },
      )
    },
    numberOf,
    truth: async (order) => {
      const number = await numberOf(order)
      const found = (await stand.orders()).find((each) => each.number === number)
      if (found === undefined) throw new Error(`the venue knows no order ${number}`)
      return found
    },
  }
}
