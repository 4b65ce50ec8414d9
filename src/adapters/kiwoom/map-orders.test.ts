import { describe, expect, it } from 'vitest'
import { orderId, venueOrderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { OrderType, TimeInForce } from '../../model/order.ts'
import { amendRequest, cancelRequest, listedOrder, orderFrame, placeRequest } from './map-orders.ts'
import { orderFrameOf, orderRowOf } from './testing/frames.ts'
import { orderOf, SAMSUNG } from './testing/harness.ts'
import { orderRow, realEvents } from './wire.ts'

const frameOf = (values: Record<string, string>) =>
  orderFrame(realEvents(orderFrameOf(values)).events[0] as never)
const rowOf = (more: Record<string, string>) => listedOrder(orderRow.parse(orderRowOf(more)))

describe('requests', () => {
  it('spell a limit buy as the guide does', () =>
    expect(placeRequest(orderOf())).toEqual({
      ok: true,
      value: {
        api: 'kt10000',
        body: {
          dmst_stex_tp: 'KRX',
          stk_cd: '005930',
          ord_qty: '5',
          ord_uv: '71400',
          trde_tp: '0',
          cond_uv: '',
        },
      },
    }))

  /** Codes: Kiwoom REST API guide, 매매구분; wire reference §7.4. */
  it.each<[OrderType, TimeInForce, string, boolean]>([
    ['limit', 'day', '0', true],
    ['limit', 'ioc', '10', true],
    ['limit', 'fok', '20', true],
    ['market', 'day', '3', false],
    ['market', 'ioc', '13', false],
    ['market', 'fok', '23', false],
    ['conditional', 'day', '5', true],
    ['best', 'day', '6', false],
    ['best', 'ioc', '16', false],
    ['best', 'fok', '26', false],
    ['priority', 'day', '7', false],
    ['mid', 'day', '29', false],
    ['mid', 'ioc', '30', false],
    ['mid', 'fok', '31', false],
    ['preClose', 'day', '61', false],
    ['postClose', 'day', '81', false],
  ])('send %s %s as trde_tp %s', (type, timeInForce, code, priced) =>
    expect(placeRequest(orderOf({ type, timeInForce, side: 'sell' }))).toMatchObject({
      value: { api: 'kt10001', body: { trde_tp: code, ord_uv: priced ? '71400' : '' } },
    }),
  )

  it.each<[OrderType, TimeInForce]>([
    ['conditional', 'ioc'],
    ['priority', 'fok'],
  ])('refuse %s %s, which Kiwoom does not have or we cannot express', (type, timeInForce) =>
    expect(placeRequest(orderOf({ type, timeInForce }))).toMatchObject({
      ok: false,
      error: { kind: 'rejected', code: 'typeNotOffered' },
    }),
  )

  it('send a stop-limit with its trigger, and an amend of it with both prices', () => {
    const stop = orderOf({ type: 'stopLimit', venue: 'NXT', side: 'sell', stop: price(71_500) })
    expect(placeRequest(stop)).toMatchObject({
      value: {
        body: { dmst_stex_tp: 'NXT', trde_tp: '28', ord_uv: '71400', cond_uv: '71500' },
      },
    })
    expect(
      amendRequest({ ...stop, replaces: orderId('x'), replacesVenueOrderId: venueOrderId('0000123') }),
    ).toMatchObject({ value: { body: { dmst_stex_tp: 'NXT', mdfy_uv: '71400', mdfy_cond_uv: '71500' } } })
    const { stop: _, ...stopless } = stop
    expect(placeRequest(stopless)).toMatchObject({ ok: false, error: { code: 'priceMissing' } })
  })

  it('refuse a limit order without a price', () => {
    const { limit: _, ...order } = orderOf()
    expect(placeRequest(order)).toMatchObject({ ok: false, error: { code: 'priceMissing' } })
  })

  it('amend and cancel all that is open', () => {
    const amend = amendRequest({
      ...orderOf({ limit: price(71_300) }),
      replaces: orderId('old'),
      replacesVenueOrderId: venueOrderId('0000123'),
    })
    expect(amend).toEqual({
      ok: true,
      value: {
        api: 'kt10002',
        body: {
          dmst_stex_tp: 'KRX',
          orig_ord_no: '0000123',
          stk_cd: '005930',
          mdfy_qty: '0',
          mdfy_uv: '71300',
          mdfy_cond_uv: '',
        },
      },
    })
    const cancel = cancelRequest({
      orderId: orderId('old'),
      venueOrderId: venueOrderId('0000125'),
      instrument: SAMSUNG,
      venue: 'KRX',
    })
    expect(cancel).toEqual({
      api: 'kt10003',
      body: { dmst_stex_tp: 'KRX', orig_ord_no: '0000125', stk_cd: '005930', cncl_qty: '0' },
    })
  })
})

describe('order frames', () => {
  it('are read with blanks as unknown', () =>
    expect(frameOf({ '9203': '123' })).toEqual({
      number: '0000123',
      original: undefined,
      instrument: '005930',
      side: 'buy',
      status: 'accepted',
      action: 'new',
      quantity: 5,
      open: 5,
      filled: undefined,
      amount: undefined,
      unitPrice: undefined,
      unitQuantity: undefined,
      fillPrice: undefined,
      venue: 'KRX',
      reason: '0',
      time: 36_301_000,
    }))

  it.each([
    [
      { '905': '매수정정', '904': '0000120' },
      { action: 'amend', original: '0000120', side: 'buy' },
    ],
    [
      { '905': '-매도취소', '904': '0000120', '907': '1' },
      { action: 'cancel', side: 'sell' },
    ],
    [
      { '905': '-매도', '907': '' },
      { action: 'new', side: 'sell' },
    ],
    [{ '9001': 'A005930' }, { instrument: '005930' }],
    [{ '2134': '2', '2135': 'NXT' }, { venue: 'NXT' }],
    [{ '2134': '0', '2135': '통합', '2136': 'Y' }, { venue: undefined }],
    [{ '2134': '', '2135': 'NXT' }, { venue: 'NXT' }],
    [{ '9001': '005930_NX' }, { instrument: '005930' }],
    [
      { '910': '-71400', '914': '+71400' },
      { fillPrice: 71_400, unitPrice: 71_400 },
    ],
  ])('understand %o', (values, expected) => expect(frameOf(values)).toMatchObject(expected))

  it.each([
    [{ '9203': '0000000' }],
    [{ '9001': '', item: '' }],
    [{ '913': '모름' }],
    [{ '900': '' }],
    [{ '905': '', '907': '' }],
  ])('that lack %o are no order frames', (values) => {
    const event = realEvents(orderFrameOf(values)).events[0] as never
    expect(orderFrame({ ...(event as object), item: '' } as never)).toBeUndefined()
  })
})

describe('rows of the order list', () => {
  it('are read', () =>
    expect(rowOf({ cntr_qty: '0000000002', cntr_uv: '0000071400', ord_remnq: '0000000003' })).toEqual({
      number: '0000123',
      original: undefined,
      instrument: '005930',
      side: 'buy',
      action: 'new',
      type: { type: 'limit', timeInForce: 'day' },
      venue: 'KRX',
      channel: 'REST API',
      price: 71_400,
      stop: 0,
      quantity: 5,
      filled: 2,
      averagePrice: 71_400,
      open: 3,
      confirmed: 0,
      refused: false,
      time: 36_301_000,
    }))

  it.each([
    [{ trde_tp: '보통' }, { type: { type: 'limit', timeInForce: 'day' } }],
    [{ trde_tp: '시장가' }, { type: { type: 'market', timeInForce: 'day' } }],
    [{ trde_tp: '새로운유형' }, { type: undefined }],
    [{ acpt_tp: '주문거부' }, { refused: true }],
    [
      { mdfy_cncl: '정정', ori_ord: '0000100' },
      { action: 'amend', original: '0000100' },
    ],
    [
      { io_tp_nm: '현금매도취소', ori_ord: '0000100' },
      { action: 'cancel', side: 'sell' },
    ],
  ])('understand %o', (more, expected) => expect(rowOf(more)).toMatchObject(expected))

  it.each([[{ ord_no: '' }], [{ ord_qty: '' }], [{ ord_remnq: 'x' }], [{ io_tp_nm: '' }]])(
    'that lack %o cannot be read',
    (more) => expect(rowOf(more)).toBeUndefined(),
  )

  it('of the smallest order are whole shares', () =>
    expect(rowOf({ ord_qty: '0000000001' })?.quantity).toBe(quantity(1)))
})
