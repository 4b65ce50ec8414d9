import type { AccountFill, AccountOrder } from '../../../matching/account-records.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { type Customer, orderAction, type Sales, salesOf } from '../brokerage/customer.ts'
import type { Notice } from '../brokerage/desk.ts'
import { compactTime, directed, orderNumber, percent } from '../format.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import { valuesText } from './frame.ts'

const TERMINAL = '0000001'

/** `00` 주문체결, with the quotes of the venue where the order is; forms as recorded in 2026-09. 909, 914 and 915 are empty in every frame that is not a fill. */
export function orderValues(notice: Extract<Notice, { kind: 'order' }>, tape: Tape, at: EpochMs): string {
  const { order, ticket, status, fill, customer } = notice
  const { kind, route, venue } = ticket
  return valuesText([
    [9201, customer.number],
    [9203, orderNumber(order.number)],
    [9205, ''],
    [9001, order.instrument],
    [912, 'JJ'],
    [913, status],
    [302, tape.listing.instrument.name],
    [900, String(order.quantity)],
    [901, String(order.limit ?? 0)],
    [902, String(openShown(order, status))],
    [903, String(order.filledValue)],
    [904, orderNumber(order.original)],
    [905, orderAction(order)],
    [906, kind.name],
    [907, order.side === 'buy' ? '2' : '1'],
    [908, compactTime(at)],
    ...fillFields(customer, order, fill),
    [10, directed(shownPrice(tape), tape.base)],
    [27, directed(tape.ask, tape.base)],
    [28, directed(tape.bid, tape.base)],
    [914, fill ? String(fill.price) : ''],
    [915, fill ? String(fill.quantity) : ''],
    [938, String(order.commission)],
    [939, String(order.tax)],
    [919, order.state === 'refused' ? (order.note ?? '1') : '0'],
    [920, ''],
    [921, TERMINAL],
    [922, '00'],
    [923, ''],
    [10010, ` ${tape.base}`],
    [2134, venue === 'KRX' ? '1' : '2'],
    [2135, venue],
    [2136, route === 'SOR' ? 'Y' : 'N'],
  ])
}

/** A cancel shows its quantity when accepted and 0 when confirmed. */
const openShown = (order: AccountOrder, status: string): number =>
  order.action === 'cancel' && status === '접수' ? order.quantity : order.open

function fillFields(
  customer: Customer,
  order: AccountOrder,
  fill: AccountFill | undefined,
): [number, string][] {
  const last = fill ?? customer.account.fillsOf(order.number).at(-1)
  return [
    [909, fill ? String(fill.number) : ''],
    [910, last ? String(last.price) : ''],
    [911, last ? String(order.filled) : ''],
  ]
}

/** `04` 현물잔고 */
export function balanceValues({ account, number }: Customer, tape: Tape, side: 'buy' | 'sell'): string {
  const row = account.holding(tape.id)
  const quantity = row?.quantity ?? 0
  const cost = row?.cost ?? 0
  const today = salesOf(account, tape.id)
  const all = salesOf(account)
  return valuesText([
    [9201, number],
    [9001, tape.id],
    [917, '00'],
    [916, '00000000'],
    [302, tape.listing.instrument.name],
    [10, directed(shownPrice(tape), tape.base)],
    [930, String(quantity)],
    [931, String(quantity === 0 ? 0 : Math.trunc(cost / quantity))],
    [932, String(cost)],
    [933, String(row?.sellable ?? 0)],
    [945, String((row?.boughtToday ?? 0) - (row?.soldToday ?? 0))],
    [946, side === 'buy' ? '2' : '1'],
    [950, String(today.profit)],
    [951, '0'],
    [27, directed(tape.ask, tape.base)],
    [28, directed(tape.bid, tape.base)],
    [307, String(tape.base)],
    [8019, saleRate(today)],
    [957, '0'],
    [958, '0'],
    [918, '00000000'],
    [990, String(all.profit)],
    [991, saleRate(all)],
    [992, '0'],
    [993, '0.00'],
    [959, '0'],
    [924, '0'],
  ])
}

const saleRate = (sales: Sales): string => percent(sales.profit, sales.cost)
