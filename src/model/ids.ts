import type { Brand } from '../std/brand.ts'

/**
 * What is traded. KRX: the six-character listing code (`005930`, `0106J0`), which is text, never a number.
 * Other countries carry a prefix (`US:AAPL`), so that one map can hold both.
 */
export type InstrumentId = Brand<string, 'InstrumentId'>

/** Our own name of an order, given before it is sent: `20261120-000042`. Never reused. */
export type OrderId = Brand<string, 'OrderId'>

/** The venue's (or broker's) number of an order; unique per trading day only. */
export type VenueOrderId = Brand<string, 'VenueOrderId'>

/** Names a condition search (조건검색) at the broker: its sequence number there, as text. */
export type ConditionId = Brand<string, 'ConditionId'>

export const instrumentId = (text: string) => text as InstrumentId
export const orderId = (text: string) => text as OrderId
export const venueOrderId = (text: string) => text as VenueOrderId
export const conditionId = (text: string) => text as ConditionId
