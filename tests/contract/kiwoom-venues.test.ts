import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Kiwoom } from '../../src/adapters/kiwoom/kiwoom.ts'
import { orderId } from '../../src/model/ids.ts'
import type { Route, Venue } from '../../src/model/instrument.ts'
import { NO_SHARES, price, quantity } from '../../src/model/money.ts'
import type { AccountReport, OrderReport } from '../../src/model/order-report.ts'
import type { VenueOrder } from '../../src/ports/execution-client.ts'
import type { Tape } from '../../src/simulators/kiwoom/market/tape.ts'
import { type KiwoomStand, openKiwoomStand } from './kiwoom-stand.ts'
import { createRecorder, eventually } from './recorder.ts'

type Report = OrderReport | AccountReport
type Truth = {
  readonly ordNo: string
  readonly route: Route
  readonly venue: Venue
  readonly open: number
  readonly filled: number
}

describe('orders for NXT and for the router at kiwoom', () => {
  let stand: KiwoomStand
  let client: Kiwoom['execution']
  const recorder = createRecorder<Report>()
  let count = 0

  beforeAll(async () => {
    stand = await openKiwoomStand({ at: '09:10', speed: 30, seed: 7, marketSize: 24, nxt: 0.5 })
    client = stand.connect().execution
    expect(await client.start(recorder.sink)).toEqual({ ok: true, value: undefined })
  })
  afterAll(async () => {
    await client?.stop()
    await stand?.close()
  })

  /** The busiest name at NXT that has buyers and sellers at both venues. */
  const name = (): Promise<Tape> =>
    eventually(
      'a name that trades at both venues',
      () =>
        stand.core.market
          .inForm('NXT')
          .toSorted((a, b) => b.volume - a.volume)
          .flatMap((there) => {
            const here = stand.core.market.tape(there.id)
            return here && here.ask > 0 && there.ask > 0 && !here.inVi && !there.inVi ? [here] : []
          })[0],
    )
  const place = (tape: Tape, venue: Route, limit: number): VenueOrder => {
    const order: VenueOrder = {
      orderId: orderId(`venues-${String(++count).padStart(3, '0')}`),
      instrument: tape.id,
      venue,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      limit: price(limit),
      quantity: quantity(2),
      createdAt: stand.clock.now(),
    }
    client.place(order)
    return order
  }
  const next = <K extends Report['kind']>(kind: K, order: VenueOrder) =>
    recorder.until(
      `${kind} of ${JSON.stringify(order)}`,
      (report): report is Extract<Report, { kind: K }> =>
        report.kind === kind && 'orderId' in report && report.orderId === order.orderId,
    )
  const truth = async (number: string): Promise<Truth | undefined> =>
    ((await stand.control('GET', '/orders')) as readonly Truth[]).find(({ ordNo }) => ordNo === number)

  it.each(['NXT', 'SOR'] as const)('fill by %s where the party says they did', async (route) => {
    const tape = await name()
    const order = place(tape, route, tape.band?.upper ?? 0)
    const { venueOrderId: number } = await next('accepted', order)
    const fill = await next('fill', order)
    const there = await truth(number)
    expect(there).toMatchObject({ route, filled: 2, open: 0 })
    expect(fill.venue).toBe(there?.venue)
    if (route === 'NXT') expect(fill.venue).toBe('NXT')
  })

  it.each(['NXT', 'SOR'] as const)('by %s rest, are amended and are cancelled', async (route) => {
    const tape = await name()
    const old = place(tape, route, tape.band?.lower ?? 0)
    const accepted = await next('accepted', old)
    const order = { ...old, orderId: orderId(`${old.orderId}-amended`), createdAt: stand.clock.now() }
    client.amend({ ...order, replaces: old.orderId, replacesVenueOrderId: accepted.venueOrderId })
    const { venueOrderId: number } = await next('accepted', order)
    expect(await truth(number)).toMatchObject({ route, open: 2 })
    client.cancel({ orderId: order.orderId, venueOrderId: number, instrument: tape.id, venue: route })
    expect((await next('closed', order)).why).toBe('cancelled')
    expect(await truth(number)).toMatchObject({ route, open: 0 })
  })

  it('stay what they are when a cancel names another exchange', async () => {
    const tape = await name()
    const order = place(tape, 'NXT', tape.band?.lower ?? 0)
    const { venueOrderId: number } = await next('accepted', order)
    client.cancel({ orderId: order.orderId, venueOrderId: number, instrument: tape.id, venue: 'KRX' })
    expect((await next('cancelRefused', order)).error.kind).toBe('rejected')
    expect(await truth(number)).toMatchObject({ venue: 'NXT', open: 2 })
  })

  it.each(['NXT', 'SOR'] as const)('by %s are found again when their reply is lost', async (route) => {
    const tape = await name()
    await stand.control('POST', '/fault', { kind: 'loseReplyAfterAccept', apiId: 'kt10000', count: 1 })
    const order = place(tape, route, tape.band?.lower ?? 0)
    await next('lost', order)
    client.ask({ ...order, filled: NO_SHARES })
    const { venueOrderId: number } = await next('accepted', order)
    expect(await truth(number)).toMatchObject({ route, open: 2 })
  })

  it('by NXT for a name that it does not trade are rejected', async () => {
    const off = stand.core.market.tapes.find(({ id }) => !stand.core.market.isOnNxt(id))
    if (!off) throw new Error('every name is on NXT')
    expect((await next('rejected', place(off, 'NXT', off.band?.lower ?? 0))).error).toMatchObject({
      code: '1903',
    })
  })
})
