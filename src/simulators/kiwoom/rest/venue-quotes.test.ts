import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tape } from '../market/tape.ts'
import { eventually, openStand, pathOf, type Stand } from '../testing/stand.ts'

type Json = Record<string, string>

let stand: Stand
let krx: Tape
let nxt: Tape
let both: Tape

beforeAll(async () => {
  stand = await openStand({ from: '08:00', at: '09:20', marketSize: 10, nxt: 0.5 })
  const { market } = stand.core
  const found = market.inForm('NXT').toSorted((a, b) => b.volume - a.volume)[0]
  const [plain, combined] = [market.tape(found?.id ?? ''), market.quote(`${found?.id}_AL`)]
  if (!found || !plain || !combined) throw new Error('nothing is on NXT')
  krx = plain
  nxt = found
  both = combined
})
afterAll(() => stand.close())

/** An answer's own fields, and its lists. */
interface Body {
  readonly fields: Json
  readonly lists: Readonly<Record<string, readonly Json[]>>
}

/** Two seconds on, so that limits are no subject. */
const now = async (id: string, body: Json): Promise<Body> => {
  const headers = { 'api-id': id, authorization: `Bearer ${await stand.token()}` }
  stand.clock.advance(2_000)
  stand.core.step()
  const answer = (await stand.post(pathOf(id), body, headers)).body
  return { fields: answer as Json, lists: answer as Record<string, readonly Json[]> }
}
const magnitude = (text: string | undefined): number => Math.abs(Number(text))

describe('a quote by the suffix of its code', () => {
  it('adds the volumes of both venues, and shows the newest print of either', async () => {
    for (const tape of [krx, nxt, both]) {
      const { fields: body } = await now('ka10001', { stk_cd: tape.code })
      expect([body.stk_cd, Number(body.trde_qty), magnitude(body.cur_prc)]).toEqual([
        tape.code,
        tape.volume,
        tape.last,
      ])
    }
    expect(nxt.volume).toBeGreaterThan(0)
    expect(both.volume).toBe(krx.volume + nxt.volume)
    expect(both.value).toBe(krx.value + nxt.value)
    expect(both.last).toBe(
      krx.lastAt > nxt.lastAt ? krx.last : nxt.lastAt > krx.lastAt ? nxt.last : both.last,
    )
    expect(both.high).toBe(Math.max(krx.high, nxt.high))
    expect(both.low).toBe(Math.min(krx.low, nxt.low))
    expect(both.venue).toBe(krx.lastAt > nxt.lastAt ? 'KRX' : nxt.lastAt > krx.lastAt ? 'NXT' : both.venue)
  })

  it('merges the books in ka10007, and ka10004 keeps to KRX whatever `_AL` says', async () => {
    const { fields: combined } = await now('ka10007', { stk_cd: both.code })
    const { market } = stand.core
    const at = (venue: 'KRX' | 'NXT', of: number) =>
      market
        .venue(venue)
        ?.levels(krx.id, 'sell', 10)
        .find(({ price }) => price === of)?.quantity ?? 0
    for (let n = 1; n <= 10; n++) {
      const level = magnitude(combined[`sel_${n}bid`])
      if (level > 0) expect(Number(combined[`sel_${n}bid_req`])).toBe(at('KRX', level) + at('NXT', level))
    }
    expect(magnitude(combined.sel_1bid)).toBe(Math.min(...[krx.ask, nxt.ask].filter((each) => each > 0)))
    const book = (tape: Tape) =>
      market.levels(tape, 'sell', 10).map(({ price, quantity }) => [price, quantity])
    const asked = async (tape: Tape) => {
      const { fields } = await now('ka10004', { stk_cd: tape.code })
      const level = (n: number) =>
        n === 1
          ? [magnitude(fields.sel_fpr_bid), Number(fields.sel_fpr_req)]
          : [magnitude(fields[`sel_${n}th_pre_bid`]), Number(fields[`sel_${n}th_pre_req`])]
      return Array.from({ length: 10 }, (_, n) => level(n + 1)).filter(([price]) => price !== 0)
    }
    expect(await asked(krx)).toEqual(book(krx))
    expect(await asked(nxt)).toEqual(book(nxt))
    expect(await asked(both)).toEqual(book(krx))
    expect(book(both)).not.toEqual(book(krx))
  })

  it('names the venue of trades', async () => {
    const names = []
    for (const tape of [krx, nxt, both])
      names.push((await now('ka10003', { stk_cd: tape.code })).lists.cntr_infr?.[0]?.stex_tp)
    expect(names).toEqual(['KRX', 'NXT', '통합'])
  })

  it('gives all three in one list, and blanks for a name that is not on NXT', async () => {
    const off = stand.core.market.tapes.find(({ id }) => !stand.core.market.isOnNxt(id))
    const codes = [krx.code, nxt.code, both.code, `${off?.id}_AL`, `${off?.id}_NX`]
    const rows = (await now('ka10095', { stk_cd: codes.join('|') })).lists.atn_stk_infr ?? []
    expect(rows.map(({ stk_cd }) => stk_cd)).toEqual([...codes.slice(0, 4), ''])
    expect(rows.slice(0, 4).map(({ trde_qty }) => Number(trde_qty))).toEqual(
      [krx, nxt, both, off].map((tape) => tape?.volume),
    )
  })

  it('charts each form by itself: the minutes of both add up', async () => {
    const day = new Map<string, number>()
    for (const tape of [krx, nxt, both]) {
      const body = { stk_cd: tape.code, tic_scope: '1', upd_stkpc_tp: '1' }
      const rows = (await now('ka10080', body)).lists.stk_min_pole_chart_qry
      const today = rows?.filter(({ cntr_tm }) => cntr_tm?.startsWith('20261120')) ?? []
      day.set(
        tape.form,
        today.reduce((sum, row) => sum + Number(row.trde_qty), 0),
      )
      expect(day.get(tape.form)).toBe(tape.volume)
      // Before the opening of KRX only NXT has bars.
      expect(today.some(({ cntr_tm = '' }) => cntr_tm.slice(8) < '0900')).toBe(tape.form !== 'KRX')
    }
  })

  it('ranks by the venue asked for', async () => {
    const ask = { mrkt_tp: '000', sort_tp: '1', mang_stk_incls: '0', crd_tp: '0', trde_qty_tp: '0' }
    const more = { pric_tp: '0', trde_prica_tp: '0', mrkt_open_tp: '0' }
    const rank = async (stex_tp: string) =>
      (await now('ka10030', { ...ask, ...more, stex_tp })).lists.tdy_trde_qty_upper ?? []
    const { market } = stand.core
    expect((await rank('1')).every(({ stk_cd = '' }) => !stk_cd.includes('_'))).toBe(true)
    const there = await rank('2')
    expect(there.map(({ stk_cd }) => stk_cd).toSorted()).toEqual(
      market
        .inForm('NXT')
        .filter(({ volume }) => volume > 0)
        .map(({ code }) => code)
        .toSorted(),
    )
    const combined = (await rank('3')).find(({ stk_cd }) => stk_cd === both.code)
    expect(Number(combined?.trde_qty)).toBe(both.volume)
  })

  it('says which names are on NXT', async () => {
    const { list } = (await now('ka10099', { mrkt_tp: '10' })).lists
    for (const { code = '', nxtEnable } of list ?? [])
      expect(nxtEnable).toBe(
        stand.core.market.isOnNxt(stand.core.market.tape(code)?.id ?? krx.id) ? 'Y' : 'N',
      )
    expect((await now('ka10100', { stk_cd: krx.id })).fields.nxtEnable).toBe('Y')
  })
})

describe('realtime by the suffix of the item', () => {
  it('sends trades and books of each form under its own item, with the venue of the print', async () => {
    const line = await stand.loggedIn()
    const items = [krx.code, nxt.code, both.code]
    line.send({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: items, type: ['0B', '0D'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    const before = new Map([krx, nxt, both].map((tape) => [tape.code, tape.volume]))
    stand.run(120_000)
    await eventually(
      () => items.every((item) => line.events('0D').some((event) => event.item === item)),
      'three books',
    )
    await eventually(() => line.events('0B').some(({ item }) => item === nxt.code), 'a trade at NXT')
    const venues = (item: string) => line.events('0B').filter((event) => event.item === item)
    const of = (item: string) => [...new Set(venues(item).map(({ values }) => values['9081']))].toSorted()
    expect([of(krx.code), of(nxt.code), of(both.code)]).toEqual([['KRX'], ['NXT'], ['KRX', 'NXT']])
    for (const tape of [krx, nxt, both]) {
      const traded = venues(tape.code).reduce((sum, { values }) => sum + magnitude(values['15']), 0)
      expect(traded).toBe(tape.volume - (before.get(tape.code) ?? 0))
      expect(Number(venues(tape.code).at(-1)?.values['13'])).toBe(tape.volume)
    }
    for (const { item, values } of line.events('0D')) {
      const shares = (first: number) =>
        Array.from({ length: 10 }, (_, n) => Number(values[String(first + n)]))
      const [shown, here, there] = [shares(61), shares(6044), shares(6066)]
      expect(here.map((each, n) => each + (there[n] ?? 0))).toEqual(shown)
      if (item === krx.code) expect(there.every((each) => each === 0)).toBe(true)
      if (item === nxt.code) expect(here.every((each) => each === 0)).toBe(true)
      expect(Number(values['6064']) + Number(values['6086'])).toBe(Number(values['121']))
      expect(Number(values['6065']) + Number(values['6087'])).toBe(Number(values['125']))
    }
  })
})

describe('the day of NXT', () => {
  it('is announced by its letters on 0s', async () => {
    const day = await openStand({ from: '07:59', at: '07:59', marketSize: 2, nxt: 1, flowProfile: 'quiet' })
    const line = await day.loggedIn()
    line.send({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: [''], type: ['0s'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    day.run(12 * 3_600_000 + 120_000)
    const letters = () => line.events('0s').map(({ values }) => `${values['215']} ${values['20']}`)
    await eventually(() => letters().some((each) => each.startsWith('W')), 'the end of NXT')
    expect(letters().filter((each) => /^[P-W]/.test(each))).toEqual([
      'P 080000',
      'Q 085000',
      'R 090030',
      'S 152000',
      'T 153000',
      'U 154000',
      'V 160000',
      'W 200000',
    ])
    await day.close()
  })

  it('changes nothing of KRX', async () => {
    const digest = async (nxtNames: number | 'none') => {
      const day = await openStand({ from: '08:00', at: '09:10', marketSize: 6, nxt: nxtNames })
      const tapes = day.core.market.tapes.map(({ last, volume, minutes, books }) => [
        last,
        volume,
        minutes,
        books,
      ])
      await day.close()
      return createHash('sha256').update(JSON.stringify(tapes)).digest('hex')
    }
    expect(await digest(1)).toBe(await digest('none'))
  })
})
