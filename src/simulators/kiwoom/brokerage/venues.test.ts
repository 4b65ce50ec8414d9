import { afterEach, describe, expect, it } from 'vitest'
import { krw } from '../../../model/money.ts'
import type { Tape } from '../market/tape.ts'
import {
  ACCOUNT,
  eventually,
  KEY,
  type Line,
  openStand,
  pathOf,
  SECRET,
  type Stand,
} from '../testing/stand.ts'

type Json = Record<string, unknown>
type Venue = 'KRX' | 'NXT'
type Route = Venue | 'SOR'

const CASH = 500_000_000

describe('orders at two venues', () => {
  let stand: Stand
  afterEach(() => stand.close())

  const open = async (overrides: Parameters<typeof openStand>[0] = {}) => {
    stand = await openStand({
      from: '08:00',
      at: '09:10',
      marketSize: 8,
      nxt: 1,
      accounts: [{ appKey: KEY, secretKey: SECRET, number: ACCOUNT, cash: krw(CASH) }],
      ...overrides,
    })
  }

  const ask = (tape: Tape, venue: Venue) =>
    stand.core.market.venue(venue)?.levels(tape.id, 'sell', 1)[0]?.price ?? 0

  /** A name that has sellers at both venues and is not in an interruption. */
  const shared = (fits: (tape: Tape) => boolean = () => true): Tape | undefined =>
    stand.core.market
      .inForm('NXT')
      .flatMap(({ id }) => stand.core.market.tape(id) ?? [])
      .find((tape) => ask(tape, 'KRX') > 0 && ask(tape, 'NXT') > 0 && !tape.inVi && fits(tape))

  /** The first such name as time goes by. */
  const waitFor = (fits: (tape: Tape) => boolean = () => true): Tape => {
    for (let seconds = 0; seconds < 600; seconds++) {
      const tape = shared(fits)
      if (tape) return tape
      stand.run(1_000)
    }
    throw new Error('no such name in ten minutes')
  }

  /** A call that lets no market time pass, so that the books are those the test has seen. */
  const now = async (id: string, body: Json): Promise<Json> => {
    const headers = { 'api-id': id, authorization: `Bearer ${await stand.token()}` }
    return (await stand.post(pathOf(id), body, headers)).body
  }

  const buy = (tape: Tape, route: Route, limit: number, more: Json = {}): Json => ({
    dmst_stex_tp: route,
    stk_cd: tape.id,
    ord_qty: '1',
    ord_uv: String(limit),
    trde_tp: '0',
    cond_uv: '',
    ...more,
  })
  const cancel = (tape: Tape, route: Route, number: unknown): Json => ({
    dmst_stex_tp: route,
    orig_ord_no: number,
    stk_cd: tape.id,
    cncl_qty: '0',
  })
  const floor = (tape: Tape): number => tape.band?.lower ?? 0
  const truth = async () => (await stand.control('GET', '/orders')) as unknown as Json[]
  const buyingPower = async () =>
    ((await stand.control('GET', '/account')).buyingPower as { amount: number }).amount

  const follow = async (): Promise<Line> => {
    const line = await stand.loggedIn()
    line.send({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: [''], type: ['00', '04'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    return line
  }

  it.each([
    ['KRX', 'KRX', '1', 'KRX', 'N'],
    ['NXT', 'NXT', '2', 'NXT', 'N'],
    ['SOR', 'KRX', '1', 'S-KRX', 'Y'],
    ['SOR', 'NXT', '2', 'S-NXT', 'Y'],
  ] as const)(
    'fills by %s at %s, and every list and the stream name the venue',
    async (route, venue, code, text, sor) => {
      await open()
      const line = await follow()
      // The router takes the better price: the two venues' asks must differ the way that the row wants.
      const tape = waitFor((each) =>
        route === 'SOR' && venue === 'NXT'
          ? ask(each, 'NXT') < ask(each, 'KRX')
          : ask(each, 'KRX') < ask(each, 'NXT'),
      )
      const limit = Math.max(ask(tape, 'KRX'), ask(tape, 'NXT'))
      const price = ask(tape, venue)
      const placed = await now('kt10000', buy(tape, route, limit))
      expect(placed).toMatchObject({ ord_no: '0000001', dmst_stex_tp: route, return_code: 0 })
      expect(await truth()).toMatchObject([{ ordNo: '0000001', route, venue, filled: 1, filledValue: price }])

      const lists = { stex_tp: code, stex_tp_txt: text, sor_yn: sor, stop_pric: '0' }
      const fills = { qry_tp: '0', sell_tp: '0', stk_cd: '', ord_no: '' }
      const other = code === '1' ? '2' : '1'
      expect(await stand.rows('ka10076', { ...fills, stex_tp: '0' }, 'cntr')).toMatchObject([lists])
      expect(await stand.rows('ka10076', { ...fills, stex_tp: code }, 'cntr')).toHaveLength(1)
      expect(await stand.rows('ka10076', { ...fills, stex_tp: other }, 'cntr')).toEqual([])
      const ledger = { ord_dt: '', qry_tp: '1', stk_bond_tp: '0', sell_tp: '0', stk_cd: '', fr_ord_no: '' }
      const inLedger = async (asked: string) =>
        stand.rows('kt00007', { ...ledger, dmst_stex_tp: asked }, 'acnt_ord_cntr_prps_dtl')
      expect(await inLedger('%')).toMatchObject([{ dmst_stex_tp: route, comm_ord_tp: 'REST API' }])
      for (const asked of ['KRX', 'NXT', 'SOR'])
        expect(await inLedger(asked)).toHaveLength(asked === venue || asked === route ? 1 : 0)

      stand.run(0)
      await eventually(() => line.events('04').length > 0, 'a balance event')
      for (const { values } of line.events('00'))
        expect([values['2134'], values['2135'], values['2136']]).toEqual([code, venue, sor])
      expect(line.events('00').at(-1)?.values).toMatchObject({ '913': '체결', '914': String(price) })
    },
  )

  it('takes a cancel or an amend only under the exchange that the order named', async () => {
    await open()
    const tape = waitFor()
    for (const route of ['KRX', 'NXT', 'SOR'] as const) {
      const { ord_no } = await now('kt10000', buy(tape, route, floor(tape)))
      stand.run(5_000)
      for (const wrong of (['KRX', 'NXT', 'SOR'] as const).filter((each) => each !== route)) {
        expect((await now('kt10003', cancel(tape, wrong, ord_no))).return_msg).toContain('(000000:')
        const amend = {
          dmst_stex_tp: wrong,
          orig_ord_no: ord_no,
          stk_cd: tape.id,
          mdfy_qty: '0',
        }
        expect((await now('kt10002', { ...amend, mdfy_uv: String(tape.band?.lower) })).return_code).toBe(20)
      }
      stand.run(5_000)
      expect((await truth()).at(-1)).toMatchObject({ ordNo: ord_no, open: 1 })
      expect((await now('kt10003', cancel(tape, route, ord_no))).return_code).toBe(0)
    }
    expect(await buyingPower()).toBe(CASH)
  })

  it('amends an order of the router where it went, whatever the other venue offers by then', async () => {
    await open()
    const tape = waitFor((each) => ask(each, 'NXT') < ask(each, 'KRX'))
    const { ord_no } = await now('kt10000', buy(tape, 'SOR', floor(tape)))
    const to = ask(tape, 'NXT')
    const amend = { dmst_stex_tp: 'SOR', orig_ord_no: ord_no, stk_cd: tape.id, mdfy_qty: '0' }
    expect(await now('kt10002', { ...amend, mdfy_uv: String(to) })).toMatchObject({
      return_code: 0,
      dmst_stex_tp: 'SOR',
      base_orig_ord_no: ord_no,
    })
    expect((await truth()).at(-1)).toMatchObject({ action: 'amend', venue: 'KRX', limit: to, filled: 0 })
  })

  it('keeps an order of the pre-market through the break into the main session', async () => {
    await open({ from: '07:59', at: '08:01' })
    const tape = stand.core.market.inForm('NXT').find(({ bid }) => bid > 0)
    if (!tape) throw new Error('nobody trades before the opening')
    // KRX is not open yet: only NXT and the router take an order.
    expect((await now('kt10000', buy(tape, 'KRX', floor(tape)))).return_msg).toContain('(571489:')
    expect((await now('kt10000', buy(tape, 'NXT', floor(tape)))).return_code).toBe(0)
    expect((await now('kt10000', buy(tape, 'SOR', floor(tape)))).return_code).toBe(0)
    const states = async () => (await truth()).map(({ venue, open: left }) => [venue, left])
    expect(await states()).toEqual([
      ['NXT', 1],
      ['NXT', 1],
    ])
    stand.run(54 * 60_000)
    // 08:55: NXT takes no order between its sessions, and keeps those it has.
    expect((await now('kt10000', buy(tape, 'NXT', floor(tape)))).return_msg).toContain('(571489:')
    stand.run(10 * 60_000)
    expect(stand.core.market.venue('NXT')?.phase).toBe('continuous')
    expect((await states()).map(([, left]) => left)).toEqual([1, 1])
    expect((await now('kt10003', cancel(tape, 'NXT', '0000001'))).return_code).toBe(0)
  })

  it('ends what is open when the day of its venue ends, and gives the cash back', async () => {
    await open({ from: '19:50', at: '19:52' })
    const line = await follow()
    const tape = stand.core.market.inForm('NXT')[0]
    if (!tape) throw new Error('nothing is on NXT')
    expect((await now('kt10000', buy(tape, 'NXT', floor(tape)))).return_code).toBe(0)
    expect(await buyingPower()).toBeLessThan(CASH)
    stand.run(7 * 60_000)
    expect(await truth()).toMatchObject([{ venue: 'NXT', open: 1 }])
    stand.run(2 * 60_000)
    expect(await truth()).toMatchObject([{ venue: 'NXT', open: 0, note: 'expired' }])
    expect(await buyingPower()).toBe(CASH)
    await eventually(() => line.events('00').length > 1, 'the end of the order')
    expect(line.events('00').at(-1)?.values).toMatchObject({ '902': '0', '2135': 'NXT' })
  })

  it.each([
    ['28', 'KRX'],
    ['28', 'SOR'],
    ['29', 'SOR'],
    ['5', 'NXT'],
    ['5', 'SOR'],
    ['3', 'NXT'],
    ['61', 'NXT'],
    ['81', 'SOR'],
  ] as const)('refuses type %s by %s with 407022', async (type, route) => {
    await open({ marketSize: 3, at: '09:05' })
    const tape = stand.core.market.tapes.find(({ id }) => stand.core.market.isOnNxt(id))
    if (!tape) throw new Error('nothing is on NXT')
    const more = { trde_tp: type, cond_uv: String(tape.band?.upper) }
    expect((await now('kt10000', buy(tape, route, floor(tape), more))).return_msg).toContain('(407022:')
  })

  it('lets a stop-limit order wait at NXT, and shows its stop', async () => {
    await open()
    const tape = waitFor()
    const stop = { trde_tp: '28', cond_uv: String(tape.band?.upper) }
    expect(
      (await now('kt10000', buy(tape, 'NXT', floor(tape), { ...stop, cond_uv: '' }))).return_msg,
    ).toContain('(571557:')
    expect((await now('kt10000', buy(tape, 'NXT', floor(tape), stop))).return_code).toBe(0)
    expect(await truth()).toMatchObject([{ venue: 'NXT', typeCode: '28', open: 1, stop: tape.band?.upper }])
    const working = await stand.rows(
      'ka10075',
      { all_stk_tp: '0', trde_tp: '0', stk_cd: '', stex_tp: '2' },
      'oso',
    )
    expect(working).toMatchObject([
      { trde_tp: '스톱지정가', stop_pric: String(tape.band?.upper), stex_tp: '2' },
    ])
    const moved = { dmst_stex_tp: 'NXT', orig_ord_no: '0000001', stk_cd: tape.id, mdfy_qty: '0' }
    const elsewhere = { ...moved, mdfy_uv: String(floor(tape)), mdfy_cond_uv: String(floor(tape)) }
    expect((await now('kt10002', elsewhere)).return_msg).toContain('(571557:')
  })

  it('holds cash for the orders of both venues together', async () => {
    await open()
    const tape = waitFor()
    await now('kt10000', buy(tape, 'KRX', floor(tape)))
    const one = CASH - (await buyingPower())
    await now('kt10000', buy(tape, 'NXT', floor(tape)))
    expect(CASH - (await buyingPower())).toBe(2 * one)
    const quantity = String(Math.floor(CASH / floor(tape)))
    const tooMuch = buy(tape, 'NXT', floor(tape), { ord_qty: quantity })
    expect((await now('kt10000', tooMuch)).return_msg).toContain('(855056:')
  })

  it('leaves an order at one venue alone when its opposite trades at the other', async () => {
    await open()
    const tape = waitFor((each) => ask(each, 'NXT') <= ask(each, 'KRX'))
    await now('kt10000', buy(tape, 'KRX', ask(tape, 'KRX')))
    expect((await now('kt10001', buy(tape, 'NXT', ask(tape, 'NXT')))).return_code).toBe(0)
    // In one book this buy would cross the sale.
    await now('kt10000', buy(tape, 'KRX', ask(tape, 'KRX')))
    expect((await truth()).map(({ venue, filled, open: left }) => [venue, filled, left])).toEqual([
      ['KRX', 1, 0],
      ['NXT', 0, 1],
      ['KRX', 1, 0],
    ])
  })

  it('refuses NXT for a name that is not on it, and routes it to KRX', async () => {
    await open({ nxt: 0.5 })
    const tape = stand.core.market.tapes.find(
      ({ id, ask: best, listing }) =>
        !stand.core.market.isOnNxt(id) && best > 0 && listing.instrument.class === 'stock',
    )
    if (!tape) throw new Error('every name is on NXT')
    expect((await now('kt10000', buy(tape, 'NXT', floor(tape)))).return_msg).toContain('[1903:')
    expect((await now('kt10000', buy(tape, 'SOR', floor(tape)))).return_code).toBe(0)
    expect(await truth()).toMatchObject([{ route: 'SOR', venue: 'KRX' }])
  })

  it('takes no NXT on the mock host', async () => {
    await open({ profile: 'mock' })
    const tape = waitFor()
    for (const route of ['NXT', 'SOR'] as const)
      expect((await now('kt10000', buy(tape, route, floor(tape)))).return_msg).toContain('[RC4058]')
  })

  describe('by the control port', () => {
    it('halts a name at both venues, and lets it trade again', async () => {
      await open()
      const tape = waitFor()
      expect(await stand.control('POST', '/halt', { instrument: tape.id })).toEqual({
        instrument: tape.id,
        halted: true,
      })
      const rejected = await now('kt10000', buy(tape, 'NXT', floor(tape)))
      expect(rejected.return_code).toBe(0)
      expect(await truth()).toMatchObject([{ venue: 'NXT', state: 'refused' }])
      const volume = () => stand.core.market.quote(`${tape.id}_NX`)?.volume
      const before = volume()
      stand.run(60_000)
      expect(volume()).toBe(before)
      await stand.control('POST', '/halt', { instrument: tape.id, on: false })
      stand.run(12 * 60_000)
      expect(volume()).toBeGreaterThan(before ?? 0)
    })

    it('lets a circuit breaker go off, and says when it cannot', async () => {
      await open()
      const tape = waitFor(({ listing }) => listing.instrument.market === 'KOSPI')
      expect(await stand.control('POST', '/trip', { market: 'KOSPI', stage: 1 })).toEqual({
        market: 'KOSPI',
        stage: 1,
      })
      for (const venue of ['KRX', 'NXT'] as const)
        expect(stand.core.market.venue(venue)?.state(tape.id)).toMatchObject(
          venue === 'NXT' ? { halted: true } : { phase: 'halted' },
        )
      expect(await stand.control('POST', '/trip', { market: 'KOSPI', stage: 1 })).toHaveProperty('error')
      expect(await stand.control('POST', '/trip', { market: 'KONEX' })).toHaveProperty('error')
    })

    it('places an order by hand that no request made', async () => {
      await open()
      const line = await follow()
      const tape = waitFor()
      const wish = { instrument: tape.id, side: 'buy', quantity: 1, limit: floor(tape), route: 'NXT' }
      expect(await stand.control('POST', '/order', wish)).toEqual({
        ordNo: '0000001',
        route: 'NXT',
        venue: 'NXT',
      })
      const ledger = { ord_dt: '', qry_tp: '1', stk_bond_tp: '0', sell_tp: '0', stk_cd: '', fr_ord_no: '' }
      expect(
        await stand.rows('kt00007', { ...ledger, dmst_stex_tp: '%' }, 'acnt_ord_cntr_prps_dtl'),
      ).toMatchObject([{ ord_no: '0000001', comm_ord_tp: '영웅문4', dmst_stex_tp: 'NXT' }])
      await eventually(() => line.events('00').length > 0, 'the order on the stream')
      expect(await stand.control('POST', '/order', { ...wish, side: 'sell' })).toEqual({ error: 'sellable' })
      expect(await stand.control('POST', '/order', { ...wish, quantity: 1.5 })).toHaveProperty('error')
    })
  })
})
