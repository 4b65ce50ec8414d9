import { refuse } from '../refusals.ts'
import { ABSENT_FIELDS } from './catalogue/absent-fields.ts'
import { asksOf, catalogued } from './catalogue/catalogue.ts'
import { textOf } from './fields.ts'
import type { Offer, Offers } from './offer.ts'

/** No ELW is listed: a list of them is empty, and one asked for by its code does not exist. */
const elw = (id: string): Offer =>
  catalogued(id, (call) =>
    ASKED_BY_CODE.has(id) ? refuse.unknownStock(textOf(call.body, 'stk_cd')) : { rows: [] },
  )

const ASKED_BY_CODE: ReadonlySet<string> = new Set(
  Object.entries(ABSENT_FIELDS)
    .filter(([, { asks }]) => asks?.includes('stk_cd:code'))
    .map(([id]) => id),
)

/** A service the account does not have: refused once the request is well-formed. */
const refused = (id: string): Offer => ({
  fields: asksOf(ABSENT_FIELDS[id] ?? {}),
  answer: () => refuse.notInMock(id),
})

const isElw = (id: string): boolean => id.startsWith('ka3') || id === 'ka10048' || id === 'ka10050'

/** ELW (none listed), gold spot and credit orders (an account without those services). */
export const ABSENT_OFFERS: Offers = Object.fromEntries(
  Object.keys(ABSENT_FIELDS).map((id) => [id, isElw(id) ? elw(id) : refused(id)]),
)
