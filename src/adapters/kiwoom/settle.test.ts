import { describe, expect, it } from 'vitest'
import { venueOrderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import { type ListedOrder, listedOrder } from './map-orders.ts'
import { cancelOf, looksLike, missingFills, stateOf } from './settle.ts'
import { fillRowOf, orderRowOf } from './testing/frames.ts'
import { at, orderOf } from './testing/harness.ts'
import { fillRow, orderRow } from './wire.ts'

const NOW = at('10:05:10')
const row = (more: Record<string, string> = {}): ListedOrder =>
  listedOrder(orderRow.parse(orderRowOf(more))) as ListedOrder
const fills = (...rows: Record<string, string>[]) => rows.map((more) => fillRow.parse(fillRowOf(more)))
const order = orderOf()

describe('the fingerprint', () => {
  it('matches the row of the order', () => expect(looksLike(row(), { order }, NOW)).toBe(true))

  it.each([
    ['another instrument', { stk_cd: 'A000660' }],
    ['the other side', { io_tp_nm: '현금매도' }],
    ['another quantity', { ord_qty: '0000000006' }],
    ['another price', { ord_uv: '0000071500' }],
    ['another type', { trde_tp: '시장가', ord_uv: '0000000000' }],
    ['an IOC', { trde_tp: '보통(IOC)' }],
    ['an order of the HTS', { comm_ord_tp: '영웅문4' }],
    ['another exchange', { dmst_stex_tp: 'NXT' }],
    ['six seconds too early', { ord_tm: '10:04:54' }],
    ['a time to come', { ord_tm: '10:05:16' }],
    ['an amend', { ori_ord: '0000100', mdfy_cncl: '정정' }],
    ['a cancel', { ori_ord: '0000100', mdfy_cncl: '취소' }],
  ])('does not match %s', (_, more) => expect(looksLike(row(more), { order }, NOW)).toBe(false))

  it.each([
    ['five seconds early', { ord_tm: '10:04:55' }],
    ['a late one', { ord_tm: '10:05:15' }],
    ['a blank time', { ord_tm: '' }],
    ['a blank channel', { comm_ord_tp: '' }],
    ['smart routing', { dmst_stex_tp: 'SOR' }],
    ['a type in words we do not know', { trde_tp: '신유형' }],
    ['one that was refused', { acpt_tp: '주문거부' }],
  ])('matches %s: rather one candidate too many', (_, more) =>
    expect(looksLike(row(more), { order }, NOW)).toBe(true),
  )

  it.each(['KRX', 'NXT', 'SOR', '통합', 'S-KRX'])('of a routed order matches a row that names %s', (venue) =>
    expect(looksLike(row({ dmst_stex_tp: venue }), { order: orderOf({ venue: 'SOR' }) }, NOW)).toBe(true),
  )

  it('of an order for NXT matches no row of KRX', () => {
    const nxt = orderOf({ venue: 'NXT' })
    expect(looksLike(row({ dmst_stex_tp: 'S-KRX' }), { order: nxt }, NOW)).toBe(false)
    expect(looksLike(row({ dmst_stex_tp: 'NXT' }), { order: nxt }, NOW)).toBe(true)
  })

  it('of a stop-limit matches no other trigger', () => {
    const stop = orderOf({ type: 'stopLimit', venue: 'NXT', stop: price(71_500) })
    const listed = { trde_tp: '스톱지정가', dmst_stex_tp: 'NXT' }
    expect(looksLike(row({ ...listed, cond_uv: '0000071500' }), { order: stop }, NOW)).toBe(true)
    expect(looksLike(row({ ...listed, cond_uv: '0000071600' }), { order: stop }, NOW)).toBe(false)
  })

  it('matches a market order by a price of 0', () => {
    const { limit: _, ...plain } = orderOf({ type: 'market' })
    expect(looksLike(row({ trde_tp: '시장가', ord_uv: '0000000000' }), { order: plain }, NOW)).toBe(true)
    expect(looksLike(row(), { order: plain }, NOW)).toBe(false)
  })

  it('matches an amend by the order it replaces; it may have moved less', () => {
    const amend = { order: orderOf({ limit: price(71_300) }), replaces: { number: venueOrderId('100') } }
    const amended = { ori_ord: '0000100', mdfy_cncl: '정정', ord_uv: '0000071300' }
    expect(looksLike(row(amended), amend, NOW)).toBe(true)
    expect(looksLike(row({ ...amended, ord_qty: '0000000003' }), amend, NOW)).toBe(true)
    expect(looksLike(row({ ...amended, ord_qty: '0000000009' }), amend, NOW)).toBe(false)
    expect(looksLike(row({ ...amended, ori_ord: '0000099' }), amend, NOW)).toBe(false)
    expect(looksLike(row({ ord_uv: '0000071300' }), amend, NOW)).toBe(false)
    expect(looksLike(row(amended), { order: amend.order, replaces: { number: undefined } }, NOW)).toBe(true)
  })
})

describe('the state of a listed order', () => {
  const closed = { ord_remnq: '0000000000' }
  const other = (more: Record<string, string>) => row({ ord_no: '0000126', ori_ord: '0000123', ...more })

  it.each([
    ['open', row(), [], 'open'],
    ['filled', row({ cntr_qty: '5', ...closed }), [], 'filled'],
    ['rejected', row({ acpt_tp: '주문거부', ...closed }), [], 'rejected'],
    ['cancelled', row(closed), [other({ mdfy_cncl: '취소' })], 'cancelled'],
    ['replaced', row({ cntr_qty: '2', ...closed }), [other({ mdfy_cncl: '정정' })], 'replaced'],
    ['closed by itself (IOC)', row(closed), [], 'cancelled'],
    [
      'a refused amend behind it',
      row(closed),
      [other({ mdfy_cncl: '정정', acpt_tp: '주문거부' })],
      'cancelled',
    ],
    ['an amend not confirmed yet', row({ ...closed, ori_ord: '0000100', mdfy_cncl: '정정' }), [], 'entered'],
  ] as const)('is told: %s', (_, listed, others, state) =>
    expect(stateOf(listed, [listed, ...others], NOW)).toBe(state),
  )

  it('is expired when it closed by itself after the end of the day', () =>
    expect(stateOf(row(closed), [], at('15:40:00'))).toBe('expired'))

  it('tells what became of a cancel', () => {
    expect(cancelOf(row(), [row()])).toBe('none')
    expect(cancelOf(row(), [other({ mdfy_cncl: '취소' })])).toBe('entered')
    expect(cancelOf(row(), [other({ mdfy_cncl: '취소', acpt_tp: '주문거부' })])).toBe('refused')
  })
})

describe('missing fills', () => {
  const five = row({ cntr_qty: '0000000005', cntr_uv: '0000071440', ord_remnq: '0000000000' })
  const two = { cntr_no: '0002001', cntr_qty: '0000000002', cntr_uv: '0000071400' }
  const three = { cntr_no: '0002002', cntr_qty: '0000000003', cntr_uv: '0000071500', cntr_tm: '10:05:03' }
  const pairs = (listed: ListedOrder, rows: ReturnType<typeof fills>, filled: number, value?: number) =>
    missingFills(listed, rows, filled, value)?.map((step) => [step.price, step.quantity])

  it.each([
    [
      'all of them, in order of their number',
      fills(three, two),
      0,
      [
        [71_400, 2],
        [71_500, 3],
      ],
    ],
    ['those after what we know', fills(two, three), 2, [[71_500, 3]]],
    ['the rest of one that we know in part', fills(two, three), 3, [[71_500, 2]]],
    ['none when we know all', fills(two, three), 5, []],
    [
      'each once, though the page came twice',
      fills(two, three, two, three),
      0,
      [
        [71_400, 2],
        [71_500, 3],
      ],
    ],
    [
      'none of other orders',
      fills(two, { ...three, ord_no: '0000999' }),
      2,
      [
        [71_466, 1],
        [71_467, 2],
      ],
    ],
    ['one at the average when the list has none', fills(), 0, [[71_440, 5]]],
    ['the unknown rest at the average', fills(), 2, [[71_440, 3]]],
  ] as const)('are %s', (_, rows, filled, expected) =>
    expect(pairs(five, [...rows], filled)).toEqual(expected),
  )

  it('make the sum exact when one row stands for several fills and the worth of the first is known', () => {
    const whole = { cntr_no: '0002001', cntr_qty: '0000000005', cntr_uv: '0000071460' }
    expect(pairs(five, fills(whole), 2, 142_800)).toEqual([[71_500, 3]])
  })

  it('are unknown when a row or the average cannot be read', () => {
    expect(missingFills(five, fills({ ...two, cntr_uv: 'x' }), 0, 0)).toBeUndefined()
    expect(missingFills({ ...five, averagePrice: 0 }, [], 0, 0)).toBeUndefined()
  })

  it('hold whole shares', () => expect(pairs(five, fills(two, three), 4)).toEqual([[71_500, quantity(1)]]))
})
