import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createStamper } from './codec/stamper.ts'
import { describeInstrument, marketEvent, polledQuote, screenChange } from './map.ts'
import { statusOf } from './status.ts'
import { at, DAY, SAMSUNG } from './testing/harness.ts'
import { basicsReply, type Listing, listingReply, watchRow } from './wire.ts'

const NOW = at('10:05:04')
const stamper = createStamper(createVirtualClock(NOW))
const event = (type: string, item: string, values: Record<string, string>) =>
  marketEvent({ type, item, values }, stamper)

/** ka10100 and ka10001 of wire reference §12.2, §10.1. */
const LISTING: Listing = listingReply.parse({
  code: '005930',
  name: '삼성전자',
  listCount: '0000005919637922',
  auditInfo: '정상',
  regDay: '19750611',
  lastPrice: '00071000',
  state: '증거금20%|담보대출|신용가능',
  marketCode: '0',
  marketName: '거래소',
  upName: '전기/전자 ',
  orderWarning: '0',
  nxtEnable: 'Y',
})
const BASICS = basicsReply.parse({
  stk_cd: '005930',
  stk_nm: '삼성전자',
  base_pric: '71000',
  upl_pric: '+92300',
  lst_pric: '-49700',
  cur_prc: '-71500',
})

describe('realtime events', () => {
  it('turn 0J into an index in hundredths, its level without sign', () =>
    expect(event('0J', '001', { '20': '100500', '10': '-3120.55', '11': '-18.24' })).toEqual({
      kind: 'index',
      at: at('10:05:00'),
      receivedAt: NOW,
      index: 'KOSPI',
      value: 312_055,
      change: -1_824,
    }))

  it.each([
    ['0', 'KRX', 'openingCall'],
    ['3', 'KRX', 'continuous'],
    ['2', 'KRX', 'closingCall'],
    ['4', 'KRX', 'postCloseEntry'],
    ['a', 'KRX', 'postClose'],
    ['b', 'KRX', 'closed'],
    ['R', 'NXT', 'continuous'],
  ])('turn the session mark %s into %s %s', (mark, venue, phase) =>
    expect(event('0s', '', { '215': mark, '20': '090000', '214': '000000' })).toMatchObject({
      kind: 'session',
      at: at('09:00:00'),
      venue,
      phase,
    }),
  )

  it.each([['8'], ['e'], ['']])('leave the session mark %j out', (mark) =>
    expect(event('0s', '', { '215': mark, '20': '888888' })).toBeUndefined(),
  )

  it.each([
    ['1', '정적', 'on', 'static', '11:14:54'],
    ['1', '동적', 'on', 'dynamic', '11:14:54'],
    ['2', '동적+정적', 'off', 'both', '11:17:03'],
  ])('turn a VI notice %s %s into %s %s', (flag, kind, state, cause, time) =>
    expect(
      event('1h', '123450', {
        '9001': '123450',
        '9068': flag,
        '1221': '4125',
        '1223': '111454',
        '1224': '111703',
        '1225': kind,
      }),
    ).toMatchObject({ kind: 'vi', instrument: '123450', state, cause, price: 4_125, at: at(time) }),
  )

  it('leave a trade on an auction without an aggressor', () =>
    expect(
      event('0B', '005930', { '20': '090012', '10': '71000', '15': '120', '13': '120' }),
    ).not.toHaveProperty('aggressor'))

  it('make an empty side of a price without quantity', () =>
    expect(
      event('0D', '005930', { '21': '100503', '41': '+92300', '61': '0', '51': '+92300', '71': '500' }),
    ).toMatchObject({
      ask: 0,
      askQuantity: 0,
      bid: 92_300,
      bidQuantity: 500,
    }))

  it.each([
    ['a book without prices', '0D', { '21': '100503', '61': '1' }],
    ['a trade without a price', '0B', { '15': '+1' }],
    ['an index we do not follow', '0J', { '10': '100.00' }],
    ['a type we do not know', '0w', { '10': '1' }],
    ['an unreadable VI flag', '1h', { '9068': '9' }],
  ])('make nothing of %s', (_, type, values) => expect(event(type, '005930', values)).toBeUndefined())

  it('read condition events with padded numbers and any spelling of the code', () => {
    const values = { '841': '1  ', '9001': 'A005930_AL', '843': 'I', '20': '152028', '907': '2' }
    expect(screenChange({ type: '02', item: '', values })).toEqual({
      seq: '1',
      code: '005930',
      change: 'enter',
      time: 55_228_000,
    })
    expect(screenChange({ type: '02', item: '', values: { ...values, '843': 'D' } })?.change).toBe('leave')
    expect(screenChange({ type: '02', item: '', values: { ...values, '843': '?' } })).toBeUndefined()
  })
})

describe('a polled row', () => {
  const row = watchRow.parse({
    stk_cd: '005930',
    cur_prc: '-71500',
    sel_bid: '+71600',
    buy_bid: '-71500',
    pri_sel_req: '18214',
    pri_buy_req: '25310',
    exp_cntr_pric: '-0',
    exp_cntr_qty: '0',
  })

  it('is a quote of now with the last price, and no print', () =>
    expect(polledQuote(row, stamper)).toEqual({
      kind: 'quote',
      at: NOW,
      receivedAt: NOW,
      instrument: '005930',
      venue: 'KRX',
      bid: 71_500,
      bidQuantity: 25_310,
      ask: 71_600,
      askQuantity: 18_214,
      expectedPrice: 0,
      expectedQuantity: 0,
      last: 71_500,
    }))

  it('of an unknown code is blank and nothing', () =>
    expect(polledQuote(watchRow.parse({}), stamper)).toBeUndefined())
})

describe('a description', () => {
  it('holds listing, prices without direction signs, band and a full margin', () =>
    expect(describeInstrument(SAMSUNG, BASICS, LISTING, DAY, NOW)).toEqual({
      kind: 'description',
      at: NOW,
      receivedAt: NOW,
      instrument: '005930',
      listing: {
        id: '005930',
        name: '삼성전자',
        market: 'KOSPI',
        class: 'stock',
        viGroup: 'wide',
        listedShares: 5_919_637_922,
        sector: '전기/전자',
      },
      basePrice: 71_000,
      last: 71_500,
      band: { upper: 92_300, lower: 49_700 },
      designations: [],
      halted: false,
      marginRate: { numerator: 1, denominator: 1 },
      onNxt: true,
    }))

  it.each([
    ['Y', true],
    ['N', false],
    ['', false],
    [undefined, undefined],
  ])('with nxtEnable %j says %s of NXT', (nxtEnable, onNxt) =>
    expect(describeInstrument(SAMSUNG, BASICS, { ...LISTING, nxtEnable }, DAY, NOW)?.onNxt).toBe(onNxt),
  )

  it.each([
    [
      { marketCode: '10', marketName: '코스닥' },
      { market: 'KOSDAQ', class: 'stock' },
    ],
    [
      { marketCode: '50', marketName: '코넥스' },
      { market: 'KONEX', class: 'stock' },
    ],
    [
      { marketCode: '8', marketName: 'ETF', name: 'KODEX 200' },
      { market: 'KOSPI', class: 'etf', viGroup: 'narrow' },
    ],
    [
      { marketCode: '8', marketName: 'ETF', name: 'KODEX 200선물인버스2X' },
      { class: 'etf', viGroup: 'wide', leverage: 2 },
    ],
    [
      { marketCode: '8', marketName: 'ETF', name: 'KODEX 레버리지' },
      { class: 'etf', leverage: 2 },
    ],
    [{ marketCode: '60', marketName: 'ETN' }, { class: 'etn' }],
    [{ marketCode: '3', marketName: 'ELW' }, { class: 'elw' }],
    // A share whose name says 2X is still a share.
    [{ name: '가상2X' }, { class: 'stock', viGroup: 'wide' }],
  ])('tells class and market from %o', (more, expected) =>
    expect(describeInstrument(SAMSUNG, BASICS, { ...LISTING, ...more }, DAY, NOW)?.listing).toMatchObject(
      expected,
    ),
  )

  it.each([
    [{ state: '관리종목|증거금100%' }, ['administrative'], false],
    [{ state: '증거금100%|거래정지' }, [], true],
    [{ auditInfo: '거래정지' }, [], true],
    [{ auditInfo: '투자주의환기종목' }, ['disclosureCaution'], false],
    [{ auditInfo: '투자경고', orderWarning: '5' }, ['warning'], false],
    [{ auditInfo: '단기과열', orderWarning: '3' }, ['overheated'], false],
    [{ orderWarning: '4' }, ['danger'], false],
    [{ orderWarning: '1' }, ['caution'], false],
    [{ orderWarning: '2', state: '관리종목|정리매매' }, ['administrative', 'liquidation'], false],
    [{ regDay: '20261120' }, ['firstDay'], false],
  ])('reads the status %o', (more, designations, halted) =>
    expect(statusOf({ ...LISTING, ...more }, DAY)).toEqual({ designations, halted }),
  )

  it('has no band in a liquidation, nor when the broker gives none', () => {
    const liquidated = describeInstrument(SAMSUNG, BASICS, { ...LISTING, orderWarning: '2' }, DAY, NOW)
    expect(liquidated).not.toHaveProperty('band')
    const without = describeInstrument(SAMSUNG, { ...BASICS, upl_pric: '0' }, LISTING, DAY, NOW)
    expect(without).not.toHaveProperty('band')
  })

  it('falls back to the previous close for a base price, and gives up without either', () => {
    const noBase = { ...BASICS, base_pric: '' }
    expect(describeInstrument(SAMSUNG, noBase, LISTING, DAY, NOW)?.basePrice).toBe(71_000)
    expect(describeInstrument(SAMSUNG, noBase, { ...LISTING, lastPrice: '' }, DAY, NOW)).toBeUndefined()
    expect(
      describeInstrument(instrumentId('000660'), BASICS, { ...LISTING, name: '' }, DAY, NOW),
    ).toBeUndefined()
  })
})
