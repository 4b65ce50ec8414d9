import { type InstrumentId, instrumentId, type VenueOrderId, venueOrderId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import type { OrderType, Side, TimeInForce } from '../../model/order.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { AmendRequest, CancelRequest, VenueOrder } from '../../ports/execution-client.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { bareCode, isNoOrder, lookUp, magnitude, orderNumber, timeOfDayMs, wonPrice } from './codec/values.ts'
import { fid, type JsonObject, type OrderApi, type OrderRow, type RealEvent } from './wire.ts'

/** Kiwoom's orders ↔ ours. Source: Kiwoom REST API guide, 주문 and 주문체결(00); wire reference §7.4, §9, §15.1. */

interface TypeCode {
  readonly code: string
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  /** The texts by which answers name it. */
  readonly names: readonly string[]
  readonly priced: boolean
}

const TYPES: readonly TypeCode[] = [
  { code: '0', type: 'limit', timeInForce: 'day', names: ['보통', '지정가'], priced: true },
  { code: '10', type: 'limit', timeInForce: 'ioc', names: ['보통(IOC)', '지정가(IOC)'], priced: true },
  { code: '20', type: 'limit', timeInForce: 'fok', names: ['보통(FOK)', '지정가(FOK)'], priced: true },
  { code: '3', type: 'market', timeInForce: 'day', names: ['시장가'], priced: false },
  { code: '13', type: 'market', timeInForce: 'ioc', names: ['시장가(IOC)'], priced: false },
  { code: '23', type: 'market', timeInForce: 'fok', names: ['시장가(FOK)'], priced: false },
  { code: '5', type: 'conditional', timeInForce: 'day', names: ['조건부지정가'], priced: true },
  { code: '6', type: 'best', timeInForce: 'day', names: ['최유리지정가', '최유리'], priced: false },
  {
    code: '16',
    type: 'best',
    timeInForce: 'ioc',
    names: ['최유리(IOC)', '최유리지정가(IOC)'],
    priced: false,
  },
  {
    code: '26',
    type: 'best',
    timeInForce: 'fok',
    names: ['최유리(FOK)', '최유리지정가(FOK)'],
    priced: false,
  },
  { code: '7', type: 'priority', timeInForce: 'day', names: ['최우선지정가', '최우선'], priced: false },
  // The guide misprints the name once.
  { code: '28', type: 'stopLimit', timeInForce: 'day', names: ['스톱지정가', '스톰지정가'], priced: true },
  { code: '29', type: 'mid', timeInForce: 'day', names: ['중간가'], priced: false },
  { code: '30', type: 'mid', timeInForce: 'ioc', names: ['중간가(IOC)'], priced: false },
  { code: '31', type: 'mid', timeInForce: 'fok', names: ['중간가(FOK)'], priced: false },
  {
    code: '61',
    type: 'preClose',
    timeInForce: 'day',
    names: ['장전시간외', '장시작전시간외'],
    priced: false,
  },
  {
    code: '81',
    type: 'postClose',
    timeInForce: 'day',
    names: ['장후시간외', '장마감후시간외'],
    priced: false,
  },
]

export interface OrderRequest {
  readonly api: OrderApi
  readonly body: JsonObject
}

/** A new order as kt10000 / kt10001; an error when Kiwoom has no such kind of order. */
export function placeRequest(order: VenueOrder): Result<OrderRequest, VenueError> {
  const type = TYPES.find((known) => known.type === order.type && known.timeInForce === order.timeInForce)
  if (!type) return err(notOffered(order))
  if (type.priced && order.limit === undefined) return err(noPrice(order.type))
  if (order.type === 'stopLimit' && order.stop === undefined) return err(noPrice(order.type))
  return ok({
    api: order.side === 'buy' ? 'kt10000' : 'kt10001',
    body: {
      dmst_stex_tp: order.venue,
      stk_cd: order.instrument,
      ord_qty: String(order.quantity),
      ord_uv: type.priced ? String(order.limit) : '',
      trde_tp: type.code,
      cond_uv: stopOf(order),
    },
  })
}

/** kt10002 changes price and quantity, never the type; quantity 0 means all that is open. */
export function amendRequest(order: AmendRequest): Result<OrderRequest, VenueError> {
  if (order.limit === undefined) return err(noPrice(order.type))
  return ok({
    api: 'kt10002',
    body: {
      dmst_stex_tp: order.venue,
      orig_ord_no: order.replacesVenueOrderId,
      stk_cd: order.instrument,
      mdfy_qty: '0',
      mdfy_uv: String(order.limit),
      mdfy_cond_uv: stopOf(order),
    },
  })
}

const stopOf = ({ stop }: VenueOrder): string => (stop === undefined ? '' : String(stop))

export const cancelRequest = (order: CancelRequest): OrderRequest => ({
  api: 'kt10003',
  body: {
    dmst_stex_tp: order.venue,
    orig_ord_no: order.venueOrderId,
    stk_cd: order.instrument,
    cncl_qty: '0',
  },
})

const notOffered = ({ type, timeInForce }: VenueOrder): VenueError => ({
  kind: 'rejected',
  code: 'typeNotOffered',
  text: `키움에 없는 주문 유형입니다 · no such order type at Kiwoom: ${type} ${timeInForce}`,
})

const noPrice = (type: OrderType): VenueError => ({
  kind: 'rejected',
  code: 'priceMissing',
  text: `가격이 필요한 주문입니다 · this order needs a price: ${type}`,
})

/** What the 00 stream says of an order. Numbers are `undefined` where the frame leaves them blank. */
export interface OrderFrame {
  readonly number: VenueOrderId
  /** 904: the order that this one amends or cancels. */
  readonly original: VenueOrderId | undefined
  readonly instrument: InstrumentId
  readonly side: Side
  readonly status: 'accepted' | 'filled' | 'confirmed' | 'cancelled' | 'refused'
  readonly action: 'new' | 'amend' | 'cancel'
  readonly quantity: number
  readonly open: number | undefined
  /** 911: filled so far, by the usual reading. */
  readonly filled: number | undefined
  /** 903: won filled so far. */
  readonly amount: number | undefined
  /** 914 and 915: this fill. */
  readonly unitPrice: number | undefined
  readonly unitQuantity: number | undefined
  /** 910 */
  readonly fillPrice: number | undefined
  /** 2134 and 2135: where it is, or traded; `undefined` while the broker's router has not said. */
  readonly venue: Venue | undefined
  readonly reason: string
  readonly time: number | undefined
}

const STATUSES: Readonly<Record<string, OrderFrame['status']>> = {
  접수: 'accepted',
  체결: 'filled',
  확인: 'confirmed',
  취소: 'cancelled',
  거부: 'refused',
}

/** `undefined` when the frame lacks what makes it an order's: number, code, status, side. */
export function orderFrame({ item, values }: RealEvent): OrderFrame | undefined {
  const text = (key: string) => fid(values, key).trim()
  const positive = (key: string) => {
    const number = magnitude(text(key))
    return number === 0 ? undefined : number
  }
  const priceAt = (key: string) => wonPrice(text(key)) || undefined
  const code = bareCode(text('9001')) ?? bareCode(item)
  const status = lookUp(STATUSES, text('913'))
  const side = sideOf(text('907'), text('905'))
  const quantity = magnitude(text('900'))
  if (isNoOrder(text('9203')) || code === undefined || !status || !side || quantity === undefined)
    return undefined
  return {
    number: venueOrderId(orderNumber(text('9203'))),
    original: originalOf(text('904')),
    instrument: instrumentId(code),
    side,
    status,
    action: actionOf(text('905')),
    quantity,
    open: magnitude(text('902')),
    filled: positive('911'),
    amount: positive('903'),
    unitPrice: priceAt('914'),
    unitQuantity: positive('915'),
    fillPrice: priceAt('910'),
    venue: tradedAt(text('2134')) ?? tradedAt(text('2135')),
    reason: text('919'),
    time: timeOfDayMs(text('908')),
  }
}

const VENUES: Readonly<Record<string, Venue>> = {
  '1': 'KRX',
  KRX: 'KRX',
  'S-KRX': 'KRX',
  '2': 'NXT',
  NXT: 'NXT',
  'S-NXT': 'NXT',
}

/** `0`, `통합` and `SOR` name no venue. `S-KRX` was seen for an order that the router sent to KRX; `S-NXT` is assumed. */
export const tradedAt = (text: string): Venue | undefined => VENUES[text.trim()]

const originalOf = (text: string): VenueOrderId | undefined =>
  isNoOrder(text) ? undefined : venueOrderId(orderNumber(text))

function sideOf(code: string, name: string): Side | undefined {
  if (code === '1' || code === '2') return code === '1' ? 'sell' : 'buy'
  return name.includes('매도') ? 'sell' : name.includes('매수') ? 'buy' : undefined
}

const actionOf = (name: string): OrderFrame['action'] =>
  name.includes('취소') ? 'cancel' : name.includes('정정') ? 'amend' : 'new'

/** A row of the day's order list (kt00007) in our words. */
export interface ListedOrder {
  readonly number: VenueOrderId
  readonly original: VenueOrderId | undefined
  readonly instrument: InstrumentId
  readonly side: Side
  readonly action: OrderFrame['action']
  /** `undefined` for a text we do not know. */
  readonly type: { readonly type: OrderType; readonly timeInForce: TimeInForce } | undefined
  readonly venue: string
  readonly channel: string
  readonly price: number
  /** Trigger of a stop-limit, 0 for every other order. */
  readonly stop: number
  readonly quantity: number
  readonly filled: number
  readonly averagePrice: number
  readonly open: number
  readonly confirmed: number
  readonly refused: boolean
  readonly time: number | undefined
}

/** `undefined` when the row cannot be read: the whole look then proves nothing. */
export function listedOrder(row: OrderRow): ListedOrder | undefined {
  const code = bareCode(row.stk_cd)
  const side = sideOf('', row.io_tp_nm)
  const quantity = magnitude(row.ord_qty)
  const open = magnitude(row.ord_remnq)
  const filled = row.cntr_qty.trim() === '' ? 0 : magnitude(row.cntr_qty)
  if (isNoOrder(row.ord_no) || code === undefined || !side) return undefined
  if (quantity === undefined || open === undefined || filled === undefined) return undefined
  const name = row.trde_tp.trim()
  const type = TYPES.find((known) => known.names.includes(name))
  return {
    number: venueOrderId(orderNumber(row.ord_no)),
    original: originalOf(row.ori_ord),
    instrument: instrumentId(code),
    side,
    action: actionOf(`${row.mdfy_cncl}${row.io_tp_nm}`),
    type: type && { type: type.type, timeInForce: type.timeInForce },
    venue: row.dmst_stex_tp.trim(),
    channel: row.comm_ord_tp.trim(),
    price: wonPrice(row.ord_uv) ?? 0,
    stop: wonPrice(row.cond_uv) ?? 0,
    quantity,
    filled,
    averagePrice: wonPrice(row.cntr_uv) ?? 0,
    open,
    confirmed: magnitude(row.cnfm_qty) ?? 0,
    refused: row.acpt_tp.includes('거부'),
    time: timeOfDayMs(row.ord_tm),
  }
}
