import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_SHARES } from '../../src/model/money.ts'
import type { VenueOrder } from '../../src/ports/execution-client.ts'
import type { ExecutionStand, Tradable, TrueAccount } from './execution-stand.ts'
import { createOrderLedger, type OrderLedger } from './order-ledger.ts'
import { eventually, pause } from './recorder.ts'

/**
 * What every `ExecutionClient` promises, whoever stands behind it. One client lives through the whole suite, as it would
 * through a day: the tests run in order, and the last ones look back at all that was said.
 */
export function executionContract(party: string, open: () => Promise<ExecutionStand>): void {
  describe(`orders at ${party}`, () => {
    let stand: ExecutionStand
    let ledger: OrderLedger

    beforeAll(async () => {
      stand = await open()
      ledger = createOrderLedger(stand, stand.client, 'first')
      expect(await stand.client.start(ledger.recorder.sink)).toEqual({ ok: true, value: undefined })
    })
    afterAll(async () => {
      await stand?.client.stop()
      await stand?.close()
    })

    /** Buys at the market until all is there. */
    const bought = async (shares: number, name = stand.tradable()): Promise<VenueOrder> => {
      const order = ledger.place(name, 'buy', shares)
      await ledger.allFilled(order)
      return order
    }
    /** An order that stays where it is. */
    const resting = async (shares: number, name: Tradable = stand.tradable()): Promise<VenueOrder> => {
      const order = ledger.place(name, 'buy', shares, name.farBelow)
      await ledger.next('accepted', order)
      return order
    }

    describe('a new order', () => {
      it('of another hand is told as foreign', async () => {
        const name = stand.tradable()
        const from = ledger.recorder.heard.length
        const order = { instrument: name.instrument, side: 'buy', quantity: 3, limit: name.farBelow } as const
        const number = await stand.byAnotherHand(order)
        const foreign = await ledger.recorder.until(
          'a foreign order',
          (report) => report.kind === 'foreign' && report.venueOrderId === number,
          { from },
        )
        expect(foreign).toMatchObject({ instrument: name.instrument, side: 'buy', open: 3, filled: 0 })
      })

      it('is accepted before it fills, and its fills grow to what the venue counts', async () => {
        const order = await bought(9)
        expect(ledger.story(order)[0]).toBe('accepted')
        const fills = ledger.reports('fill', order.orderId)
        let sum = 0
        for (const fill of fills) {
          sum += fill.quantity
          expect(fill.cumulative).toBe(sum)
        }
        const { filled, filledValue, open: left } = await ledger.truth(order)
        expect([sum, left]).toEqual([filled, 0])
        expect(fills.reduce((value, fill) => value + fill.price * fill.quantity, 0)).toBe(filledValue)
      })

      it('with a limit out of reach is accepted and rests', async () => {
        const name = stand.tradable()
        const order = await resting(4, name)
        expect(await ledger.truth(order)).toMatchObject({
          instrument: name.instrument,
          side: 'buy',
          limit: name.farBelow,
          quantity: 4,
          filled: 0,
          open: 4,
        })
        expect(ledger.story(order)).toEqual(['accepted'])
        await ledger.cancel(order)
        await ledger.next('closed', order)
      })

      it('at a price between two ticks is rejected with the venue’s code', async () => {
        let name = stand.tradable()
        while (name.offTick === undefined) name = stand.tradable()
        const order = ledger.place(name, 'buy', 1, name.offTick)
        const { error } = await ledger.next('rejected', order)
        expect(error).toMatchObject({ kind: 'rejected', code: stand.codes.offTick })
        expect(ledger.story(order)).toEqual(['rejected'])
      })

      it('that costs more than there is is rejected', async () => {
        const name = stand.tradable()
        const { cash } = await stand.account()
        const order = ledger.place(name, 'buy', Math.ceil((cash * 2) / name.bid), name.bid)
        expect((await ledger.next('rejected', order)).error).toMatchObject({ code: stand.codes.cashShort })
      })

      it('to sell what is not held is rejected', async () => {
        const held = new Set((await stand.account()).holdings.map(({ instrument }) => instrument))
        let name = stand.tradable()
        while (held.has(name.instrument)) name = stand.tradable()
        const order = ledger.place(name, 'sell', 1)
        expect((await ledger.next('rejected', order)).error).toMatchObject({ code: stand.codes.sharesShort })
      })
    })

    describe('an amend', () => {
      it('is accepted under a new number with what was open, and closes the old order as replaced', async () => {
        const name = stand.tradable()
        const old = await resting(6, name)
        const order = await ledger.amend(old, name.belowToo)
        const accepted = await ledger.next('accepted', order)
        expect(accepted).toMatchObject({ quantity: 6 })
        expect(accepted.venueOrderId).not.toBe(await ledger.numberOf(old))
        expect((await ledger.next('closed', old)).why).toBe('replaced')
        expect(await ledger.truth(old)).toMatchObject({ open: 0, filled: 0 })
        expect(await ledger.truth(order)).toMatchObject({ quantity: 6, limit: name.belowToo })
        await ledger.cancel(order)
        await endOf(order)
      })

      it('into the other side fills under the new number', async () => {
        const name = stand.tradable()
        const old = await resting(5, name)
        const order = await ledger.amend(old, name.farAbove)
        await ledger.allFilled(order)
        expect(ledger.story(order)[0]).toBe('accepted')
        expect(ledger.filled(old)).toBe(0)
        expect(await ledger.truth(order)).toMatchObject({ filled: 5, open: 0 })
      })

      it('of a filled order is refused, and both orders are told so', async () => {
        const name = stand.tradable()
        const old = await bought(3, name)
        const order = await ledger.amend({ ...old, type: 'limit' }, name.farBelow)
        expect((await ledger.next('rejected', order)).error.kind).toBe('rejected')
        expect(ledger.reports('closed', old.orderId)).toEqual([])
      })
    })

    /** The order is over, one way or the other: a cancel may come later than the last fill. */
    const endOf = (order: VenueOrder) =>
      eventually(`an end of ${JSON.stringify(order)}`, () =>
        ledger.reports('closed', order.orderId).length > 0 || ledger.filled(order) === order.quantity
          ? true
          : undefined,
      )

    describe('a cancel', () => {
      it('closes the order as cancelled', async () => {
        const order = await resting(2)
        await ledger.cancel(order)
        expect((await ledger.next('closed', order)).why).toBe('cancelled')
        expect(await ledger.truth(order)).toMatchObject({ open: 0, filled: 0 })
        expect(ledger.story(order)).toEqual(['accepted', 'closed'])
      })

      it('of an order whose fills were told is not told again', async () => {
        const order = await bought(3)
        const story = ledger.story(order)
        await ledger.cancel(order)
        await pause(500)
        expect(ledger.story(order)).toEqual(story)
        expect(await ledger.truth(order)).toMatchObject({ filled: 3 })
      })

      it('of an order that filled unheard is refused, and its fills are told', async () => {
        await stand.dropLines()
        const order = ledger.place(stand.tradable(), 'buy', 3)
        await ledger.cancel(order)
        expect((await ledger.next('cancelRefused', order)).error.kind).toBe('rejected')
        await ledger.allFilled(order)
        expect(ledger.reports('closed', order.orderId)).toEqual([])
      })

      it('whose reply is lost ends in the order’s end, if need be by asking', async () => {
        const order = await resting(3)
        await stand.disturb({ kind: 'loseReply', of: 'cancel' })
        await ledger.cancel(order)
        await ledger.recorder.until(
          'closed or cancelLost',
          (report) =>
            'orderId' in report &&
            report.orderId === order.orderId &&
            (report.kind === 'closed' || report.kind === 'cancelLost'),
        )
        if (ledger.reports('cancelLost', order.orderId).length > 0) ledger.ask(order)
        expect((await ledger.next('closed', order)).why).toBe('cancelled')
        expect(await ledger.truth(order)).toMatchObject({ open: 0 })
      })

      it('that never arrived leaves the order alive, as asking shows', async () => {
        const order = await resting(3)
        await stand.disturb({ kind: 'loseRequest', of: 'cancel' })
        await ledger.cancel(order)
        await ledger.next('cancelLost', order)
        const asked = ledger.recorder.heard.length
        ledger.ask(order)
        await ledger.next('accepted', order, { from: asked })
        expect(await ledger.truth(order)).toMatchObject({ open: 3 })
        expect(ledger.reports('closed', order.orderId)).toEqual([])
        await ledger.cancel(order)
        await ledger.next('closed', order)
      })
    })

    describe('a doubt', () => {
      it('about a lost reply is told as lost, and asking finds the order', async () => {
        const name = stand.tradable()
        await stand.disturb({ kind: 'loseReply', of: 'buy' })
        const order = ledger.place(name, 'buy', 7, name.farBelow)
        await ledger.next('lost', order)
        expect(ledger.story(order)).toEqual(['lost'])
        ledger.ask(order)
        await ledger.next('accepted', order)
        expect(await ledger.truth(order)).toMatchObject({ instrument: name.instrument, quantity: 7, open: 7 })
        await ledger.cancel(order)
        await ledger.next('closed', order)
      })

      it('about a lost reply to an order that traded ends in its acceptance and then its fills', async () => {
        await stand.disturb({ kind: 'loseReply', of: 'buy' })
        const order = ledger.place(stand.tradable(), 'buy', 8)
        await ledger.next('lost', order)
        ledger.ask(order)
        await ledger.allFilled(order)
        const story = ledger.story(order)
        expect(story.slice(0, 2)).toEqual(['lost', 'accepted'])
        expect(new Set(story.slice(2))).toEqual(new Set(['fill']))
      })

      it('about a request that never arrived ends in absent, after two looks', async () => {
        const name = stand.tradable()
        await stand.disturb({ kind: 'loseRequest', of: 'buy' })
        const order = ledger.place(name, 'buy', 11, name.farBelow)
        await ledger.next('lost', order)
        const before = stand.orderListReadings()
        ledger.ask(order)
        await ledger.next('absent', order)
        expect(stand.orderListReadings() - before).toBeGreaterThanOrEqual(2)
        expect(ledger.story(order)).toEqual(['lost', 'absent'])
        const there = (await stand.orders()).filter(
          ({ instrument, quantity }) => instrument === name.instrument && quantity === 11,
        )
        expect(there).toEqual([])
      })

      it('about an order answered with “too many” and taken all the same is no repetition', async () => {
        const name = stand.tradable()
        await stand.disturb({ kind: 'ghost', of: 'buy' })
        const order = ledger.place(name, 'buy', 12, name.farBelow)
        await ledger.next('lost', order)
        ledger.ask(order)
        await ledger.next('accepted', order)
        const there = (await stand.orders()).filter(
          ({ instrument, quantity }) => instrument === name.instrument && quantity === 12,
        )
        expect(there.map(({ number }) => number)).toEqual([await ledger.numberOf(order)])
        await ledger.cancel(order)
        await ledger.next('closed', order)
      })

      it('about an amend whose reply is lost ends in the new order, and the old one replaced', async () => {
        const name = stand.tradable()
        const old = await resting(13, name)
        await stand.disturb({ kind: 'loseReply', of: 'amend' })
        const order = await ledger.amend(old, name.belowToo)
        await ledger.next('lost', order)
        ledger.ask(order)
        expect(await ledger.next('accepted', order)).toMatchObject({ quantity: 13 })
        expect((await ledger.next('closed', old)).why).toBe('replaced')
        await ledger.cancel(order)
        await endOf(order)
      })

      it('about an amend that never arrived leaves the old order as it was', async () => {
        const name = stand.tradable()
        const old = await resting(14, name)
        await stand.disturb({ kind: 'loseRequest', of: 'amend' })
        const order = await ledger.amend(old, name.belowToo)
        await ledger.next('lost', order)
        ledger.ask(order)
        await ledger.next('absent', order)
        expect(await ledger.truth(old)).toMatchObject({ open: 14, limit: name.farBelow })
        expect(ledger.reports('closed', old.orderId)).toEqual([])
        await ledger.cancel(old)
        await ledger.next('closed', old)
      })
    })

    describe('the stream', () => {
      it('may overtake the reply: the acceptance is told first all the same', async () => {
        await stand.disturb({ kind: 'pushFirst', of: 'buy', replyAfterMs: 300 })
        const before = ledger.recorder.heard.length
        const order = await bought(6)
        expect(ledger.story(order)[0]).toBe('accepted')
        expect(ledger.recorder.heard.slice(before).filter(({ kind }) => kind === 'foreign')).toEqual([])
      })

      it('may break while an order trades: its fills are told when it is back', async () => {
        const name = stand.tradable()
        await stand.dropLines()
        const order = ledger.place(name, 'buy', 5)
        await ledger.allFilled(order)
        expect(ledger.story(order)[0]).toBe('accepted')
        expect(await ledger.truth(order)).toMatchObject({ filled: 5 })
      })
    })

    describe('the account', () => {
      /** The venue's account, once it stands still. */
      const settled = async (): Promise<TrueAccount> => {
        let last = await stand.account()
        return eventually('an account at rest', async () => {
          await pause(50)
          const now = await stand.account()
          const still = JSON.stringify(now) === JSON.stringify(last)
          last = now
          return still ? now : undefined
        })
      }

      it('is told as the venue keeps it: cash, what it buys, and every holding', async () => {
        const name = stand.tradable()
        await bought(10, name)
        const sale = ledger.place(name, 'sell', 4)
        await ledger.allFilled(sale)
        const bound = ledger.place(name, 'sell', 2, name.farAbove)
        await ledger.next('accepted', bound)
        const { cash, buyingPower, holdings } = await settled()
        const from = ledger.recorder.heard.length
        stand.client.askAccount()
        const report = await ledger.recorder.until('account', (told) => told.kind === 'account', { from })
        expect(report).toMatchObject({ cash, buyingPower })
        const told = report.kind === 'account' ? report.holdings.map(({ name: _, ...rest }) => rest) : []
        const byId = (a: { instrument: string }, b: { instrument: string }) =>
          a.instrument < b.instrument ? -1 : 1
        expect(told.toSorted(byId)).toEqual(holdings.toSorted(byId))
        expect(told.find(({ instrument }) => instrument === name.instrument)?.sellable).toBeLessThan(
          told.find(({ instrument }) => instrument === name.instrument)?.quantity ?? 0,
        )
        await ledger.cancel(bound)
        await endOf(bound)
      })

      it('pays what the venue says it paid', async () => {
        const { commission, tax } = await settled()
        expect(commission).toBeGreaterThan(0)
        expect(await stand.client.dayTotals()).toEqual({ ok: true, value: { commission, tax } })
      })
    })

    describe('looking back', () => {
      it('every order was told as the venue has it, each fact once unless we asked', async () => {
        const truth = new Map((await stand.orders()).map((order) => [order.number, order]))
        expect(ledger.placed.length).toBeGreaterThan(20)
        for (const order of ledger.placed) {
          const fills = ledger.reports('fill', order.orderId)
          const cumulative = fills.map((fill) => fill.cumulative)
          expect(cumulative, order.orderId).toEqual([...new Set(cumulative)].toSorted((a, b) => a - b))
          const ends = ledger.reports('closed', order.orderId).length
          expect(ends, `${order.orderId}: ${ledger.story(order)}`).toBeLessThanOrEqual(
            ledger.wasAsked(order) ? 2 : 1,
          )
          const number = ledger.reports('accepted', order.orderId)[0]?.venueOrderId
          const known = number && truth.get(number)
          expect(cumulative.at(-1) ?? 0, order.orderId).toBe(known?.filled ?? 0)
        }
      })

      it('no order of ours was sent twice, and none was forgotten', async () => {
        const numbers = ledger.placed.flatMap((order) => [
          ...new Set(ledger.reports('accepted', order.orderId).map((each) => each.venueOrderId)),
        ])
        expect(new Set(numbers).size).toBe(numbers.length)
        const foreign = ledger.recorder.heard.flatMap((report) =>
          report.kind === 'foreign' ? [report.venueOrderId] : [],
        )
        const theirs = (await stand.orders()).filter(({ action }) => action !== 'cancel')
        const strangers = theirs.filter(({ number }) => !numbers.includes(number))
        expect(strangers.map(({ number }) => number)).toEqual([...new Set(foreign)])
      })
    })

    it('after a restart a client that is told its orders goes on with them', async () => {
      const waiting = await resting(15)
      const filled = await bought(4)
      const numbers = [await ledger.numberOf(waiting), await ledger.numberOf(filled)] as const
      await stand.client.stop()
      const silent = ledger.recorder.heard.length
      const client = stand.restarted()
      const second = createOrderLedger(stand, client, 'second')
      // The last thing the journal knows of both is their acceptance.
      client.adopt([
        { ...waiting, venueOrderId: numbers[0], filled: NO_SHARES },
        { ...filled, venueOrderId: numbers[1], filled: NO_SHARES },
      ])
      expect(await client.start(second.recorder.sink)).toEqual({ ok: true, value: undefined })
      second.ask(waiting)
      second.ask(filled)
      expect((await second.next('accepted', waiting)).venueOrderId).toBe(numbers[0])
      await second.allFilled(filled)
      // Whoever asks as if he had heard nothing is told everything again.
      const told = second.recorder.heard.length
      client.ask({ ...filled, venueOrderId: numbers[1], filled: NO_SHARES })
      await second.next('fill', filled, { from: told })
      await second.cancel(waiting)
      expect((await second.next('closed', waiting)).why).toBe('cancelled')
      await client.stop()
      expect(ledger.recorder.heard.slice(silent)).toEqual([])
    })
  })
}
