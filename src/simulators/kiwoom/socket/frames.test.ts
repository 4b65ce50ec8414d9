import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tape } from '../market/tape.ts'
import { DOCUMENTED_FIDS } from '../testing/documented.ts'
import { eventually, type Line, openStand, type Stand } from '../testing/stand.ts'

type Values = Record<string, string>

/** Frames recorded from the real server; they are not part of the repository, the golden sets in `documented.ts` are. */
const RECORDING = fileURLToPath(new URL('../../../../../shared/data/frames/kiwoom-ws.jsonl', import.meta.url))

const recorded = (type: string): Values[] =>
  !existsSync(RECORDING)
    ? []
    : readFileSync(RECORDING, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { frame: { data?: { type: string; values: Values }[] } })
        .flatMap(({ frame }) => frame.data ?? [])
        .filter((event) => event.type === type)
        .map(({ values }) => values)

/** The form of a text: digits become 9, so that `-257750` and `-98100` look alike. */
const shapes = (values: readonly Values[], fid: string): Set<string> =>
  new Set(values.map((each) => (each[fid] ?? '(absent)').replace(/\d+/g, '9')))

describe('realtime frames', () => {
  let stand: Stand
  let line: Line
  let tapes: readonly Tape[]

  beforeAll(async () => {
    stand = await openStand({ at: '08:39', marketSize: 24, accounts: RICH })
    line = await stand.loggedIn()
    tapes = stand.core.market.tapes.filter(({ listing }) => !listing.today.halted)
    const items = tapes.slice(0, 20).map(({ id }) => id)
    line.send({
      trnm: 'REG',
      grp_no: '1',
      refresh: '1',
      data: [
        { item: items, type: ['0B', '0C', '0D', '0H', '0g'] },
        { item: ['001', '101'], type: ['0J', '0U'] },
        { item: [''], type: ['00', '04', '0s', '1h'] },
      ],
    })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    for (let minute = 0; minute < 50; minute++) stand.run(60_000)
    await eventually(() => line.events('0B').length > 100, 'trades')
  })
  afterAll(() => stand.close())

  /** A registered stock with quotes on both sides that trades continuously and none of which we bid for. */
  const quoted = (): Tape => {
    const ours = new Set(line.events('00').map(({ item }) => item))
    const found = tapes
      .slice(0, 20)
      .find(
        (tape) =>
          tape.bid > 0 && tape.ask > 0 && !tape.inVi && isOrdinary(tape.listing) && !ours.has(tape.id),
      )
    if (!found) throw new Error('no quoted stock')
    return found
  }

  it.each(['0B', '0D', '0H', '0J', '0s'])('%s carries the documented FIDs', (type) => {
    const events = line.events(type)
    expect(events.length).toBeGreaterThan(0)
    const documented = (DOCUMENTED_FIDS[type] ?? '').split(' ').sort()
    for (const { values } of events) expect(Object.keys(values).sort()).toEqual(documented)
  })

  it('prices carry the direction against the base price, differences their own sign', () => {
    for (const { item, values: v } of line.events('0B')) {
      const tape = stand.core.market.tape(item)
      const [price, change] = [Number(v['10']), Number(v['11'])]
      expect(Math.abs(price) - change).toBe(tape?.base)
      expect(Math.sign(change)).toBe(v['25'] === '3' ? 0 : Math.sign(price))
      expect(v['12']).toMatch(/^([+-]\d+\.\d\d|0\.00)$/)
    }
  })

  it('closes the arithmetic of the tape: 13 grows by |15|, 1030 and 1031 by the side, 1313 is the traded thousand', () => {
    const trades = line.events('0B')
    for (const item of new Set(trades.map((event) => event.item))) {
      let volume: number | undefined
      for (const { values: v } of trades.filter((event) => event.item === item)) {
        const quantity = Number(v['15'])
        if (volume !== undefined) expect(Number(v['13']) - volume).toBe(Math.abs(quantity))
        volume = Number(v['13'])
        expect(Number(v['1313'])).toBe(Math.trunc((Math.abs(Number(v['10'])) * quantity) / 1000) || 0)
        expect(Number(v['1030']) + Number(v['1031'])).toBeLessThanOrEqual(volume)
      }
    }
  })

  it('adds the ten levels of a book up to its totals, in price order and never crossed', () => {
    for (const { values: v } of line.events('0D').slice(-500)) {
      const at = (fid: number) => Math.abs(Number(v[String(fid)]))
      const asks = Array.from({ length: 10 }, (_, n) => at(41 + n)).filter((price) => price > 0)
      const bids = Array.from({ length: 10 }, (_, n) => at(51 + n)).filter((price) => price > 0)
      expect(asks).toEqual([...asks].sort((a, b) => a - b))
      expect(bids).toEqual([...bids].sort((a, b) => b - a))
      const sum = (from: number) => Array.from({ length: 10 }, (_, n) => at(from + n)).reduce((a, b) => a + b)
      expect(sum(61)).toBe(at(121))
      expect(sum(71)).toBe(at(125))
      expect(Number(v['128'])).toBe(at(125) - at(121))
      expect(v['6044']).toBe(v['61'])
    }
  })

  it('begins the differences of a book at nothing, then counts from the book before', () => {
    const books = line.events('0D')
    for (const item of new Set(books.map((event) => event.item))) {
      const [first, second] = books.filter((event) => event.item === item).map(({ values }) => values)
      const changes = Array.from({ length: 20 }, (_, n) => first?.[String(81 + n)])
      expect([...changes, first?.['122'], first?.['126']]).toEqual(Array(22).fill('0'))
      if (!second) continue
      expect(Number(second['122'])).toBe(Number(second['121']) - Number(first?.['121']))
      expect(Number(second['126'])).toBe(Number(second['125']) - Number(first?.['125']))
    }
    expect(books.length).toBeGreaterThan(20)
  })

  it('writes both key orders and batches events', () => {
    const real = line.frames.filter(({ trnm }) => trnm === 'REAL')
    expect(new Set(real.map((frame) => Object.keys(frame)[0]))).toEqual(new Set(['trnm', 'data']))
    const events = real.flatMap(({ data }) => data as Values[])
    expect(new Set(events.map((event) => Object.keys(event)[0]))).toEqual(new Set(['type', 'values']))
    expect(Math.max(...real.map(({ data }) => (data as unknown[]).length))).toBeGreaterThan(1)
  })

  it('counts down to the opening and tells it', () => {
    const marks = line.events('0s').map(({ values: v }) => [v['215'], v['20'], v['214']])
    expect(marks.slice(0, 2)).toEqual([
      ['0', '084000', '002000'],
      ['0', '084100', '001900'],
    ])
    expect(marks.at(-1)).toEqual(['3', '090000', '000000'])
  })

  it('sends the expected price of the opening call and the best quotes', () => {
    expect(line.events('0H').every(({ values }) => values['20'] !== undefined)).toBe(true)
    const best = line.events('0C')
    expect(best.length).toBeGreaterThan(0)
    expect(Object.keys(best[0]?.values ?? {})).toEqual(['27', '28'])
  })

  it('tells of an interruption under its code, when it starts and when it ends', async () => {
    // A bid at the upper limit empties the book; the next seller meets it there and the exchange interrupts.
    const tape = quoted()
    await stand.call('kt10000', {
      ...market(tape),
      trde_tp: '0',
      ord_qty: '3000000',
      ord_uv: String(tape.band?.upper),
    })
    for (let step = 0; step < 30 && !tape.inVi; step++) stand.run(2_000)
    stand.run(160_000)
    const own = () => line.events('1h').filter(({ item }) => item === tape.id)
    await eventually(() => own().some(({ values }) => values['9068'] === '2'), 'the end of the interruption')
    const documented = (DOCUMENTED_FIDS['1h'] ?? '').split(' ').sort()
    for (const { item, values } of line.events('1h')) {
      expect(Object.keys(values).sort()).toEqual(documented)
      expect(item).toBe(values['9001'])
    }
    expect(own()[0]?.values).toMatchObject({ '9068': '1', '9069': '1', '1490': '1' })
    expect(line.events('0g').some(({ values }) => /VI$/.test(values['297'] ?? ''))).toBe(true)
  })

  it.each(['00', '04'])('%s carries the documented FIDs', async (type) => {
    const tape = quoted()
    expect((await stand.call('kt10000', market(tape))).body.return_msg).toContain('매수주문')
    expect((await stand.call('kt10001', market(tape))).body.return_msg).toContain('매도주문')
    await eventually(
      () => line.events(type).some(({ values }) => values['907'] === '1' || values['946'] === '1'),
      type,
    )
    const documented = (DOCUMENTED_FIDS[type] ?? '').split(' ').sort()
    for (const { values } of line.events(type)) expect(Object.keys(values).sort()).toEqual(documented)
  })

  it.each(['0B', '00'])('%s has the FIDs and the forms of what was recorded', (type) => {
    const theirs = recorded(type).filter((values) => Object.keys(values).length > 20)
    const ours = line.events(type).map(({ values }) => values)
    expect(ours.length).toBeGreaterThan(0)
    for (const fid of Object.keys(theirs[0] ?? {})) {
      // Free text: names, account and terminal numbers. 906: the recording has market orders.
      if (['302', '9201', '921'].includes(fid)) continue
      for (const shape of shapes(theirs, fid)) {
        const signless = shape.replace(/^[+ -]/, '')
        const known = new Set([...shapes(ours, fid)].map((each) => each.replace(/^[+ -]/, '')))
        expect([...known], `${type} ${fid} like ${shape}`).toContain(signless)
      }
    }
  })
})

const market = (tape: Tape) => ({
  dmst_stex_tp: 'KRX',
  stk_cd: tape.id,
  ord_qty: '1',
  ord_uv: '',
  trde_tp: '3',
})

const isOrdinary = ({ instrument, today }: Tape['listing']): boolean =>
  instrument.class === 'stock' && today.designations.length === 0

const RICH = [
  { appKey: 'SIMKEY_1', secretKey: 'SIMSECRET_1', number: '1234567890', cash: 900_000_000_000_000 as never },
]
