import type { Customer } from '../brokerage/customer.ts'
import type { Desk } from '../brokerage/desk.ts'
import type { History } from '../market/history.ts'
import type { MarketDay } from '../market/market-day.ts'
import type { Refusal } from '../refusals.ts'
import type { Profile, Row } from '../wire.ts'
import type { Body, Field } from './fields.ts'
import type { Pages } from './paging.ts'

/** What an answer is made from. */
export interface Call {
  readonly id: string
  readonly body: Body
  readonly customer: Customer
  readonly market: MarketDay
  readonly history: History
  readonly desk: Desk
  readonly profile: Profile
}

export interface Answer {
  readonly fields: Row
  /** A list that is cut into pages; it stands in the body under `name`. */
  readonly list?: { readonly name: string; readonly pages: Pages<Row> }
  readonly message?: string
  /** Lists of instruments put `return_msg` first. */
  readonly envelopeFirst?: boolean
}

/** One API this simulator plays. */
export interface Offer {
  readonly fields: readonly Field[]
  answer(call: Call): Answer | Refusal
}

export type Offers = Readonly<Record<string, Offer>>

export const OK = '정상적으로 처리되었습니다'
export const FOUND = '조회가 완료되었습니다'
/** Account queries of the ka family begin with a space. */
export const KA_FOUND = ' 조회가 완료되었습니다.'

/** A list of rows as the whole of the answer. */
export const listAnswer = (
  name: string,
  rows: readonly Row[],
  size: number,
  more: { readonly fields?: Row; readonly message?: string; readonly newestFirst?: boolean } = {},
): Answer => ({
  fields: more.fields ?? {},
  list: { name, pages: { rows, size, newestFirst: more.newestFirst ?? false } },
  ...(more.message ? { message: more.message } : {}),
})
