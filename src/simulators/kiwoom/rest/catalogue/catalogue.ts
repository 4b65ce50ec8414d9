import { invariant } from '../../../../std/invariant.ts'
import type { Refusal } from '../../refusals.ts'
import { isRefusal } from '../../tokens.ts'
import type { Row } from '../../wire.ts'
import { type Field, may, need } from '../fields.ts'
import type { Answer, Call, Offer } from '../offer.ts'
import { ABSENT_FIELDS } from './absent-fields.ts'
import { ACCOUNT_FIELDS } from './account-fields.ts'
import { BROKER_FIELDS } from './broker-fields.ts'
import { INDEX_FIELDS } from './index-fields.ts'
import { INVESTOR_FIELDS } from './investor-fields.ts'
import { PROGRAM_FIELDS } from './program-fields.ts'
import { QUOTE_FIELDS } from './quote-fields.ts'
import { RANKING_FIELDS } from './ranking-fields.ts'
import type { FieldList, FieldLists } from './types.ts'

/** The fields of every API whose answer is made by `catalogued`. */
export const CATALOGUE: FieldLists = {
  ...QUOTE_FIELDS,
  ...RANKING_FIELDS,
  ...INVESTOR_FIELDS,
  ...BROKER_FIELDS,
  ...PROGRAM_FIELDS,
  ...INDEX_FIELDS,
  ...ACCOUNT_FIELDS,
  ...ABSENT_FIELDS,
}

/** What an endpoint has to say. Values under names that its API does not have are left out. */
export interface Sheet {
  readonly top?: Row
  readonly rows?: readonly Row[]
  /** Rows on one page; 100 when absent. */
  readonly size?: number
  readonly newestFirst?: boolean
  readonly message?: string
}

const ROWS_PER_PAGE = 100

/**
 * The offer of an API of the catalogue. Its answer has exactly the documented fields, in their order: what the sheet does
 * not say is blank, as the server leaves blank what it does not provide.
 */
export function catalogued(id: string, make: (call: Call) => Sheet | Refusal): Offer {
  const list = CATALOGUE[id]
  invariant(list !== undefined, `${id} is in the catalogue`)
  const top = names(list.top)
  const row = names(list.row)
  return {
    fields: asksOf(list),
    answer(call): Answer | Refusal {
      const sheet = make(call)
      if (isRefusal(sheet)) return sheet
      return {
        fields: shaped(top, sheet.top ?? {}),
        ...(list.list
          ? {
              list: {
                name: list.list,
                pages: {
                  rows: (sheet.rows ?? []).map((values) => shaped(row, values)),
                  size: sheet.size ?? ROWS_PER_PAGE,
                  newestFirst: sheet.newestFirst ?? false,
                },
              },
            }
          : {}),
        ...(sheet.message === undefined ? {} : { message: sheet.message }),
      }
    },
  }
}

const shaped = (fields: readonly string[], values: Row): Row =>
  Object.fromEntries(fields.map((name) => [name, values[name] ?? '']))

/** Names of a list, in their order. */
export const names = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.trim().split(/\s+/)

const FORMS = { day: 'day', code: 'code', venue: ['1', '2', '3'] } as const

/** The request fields of a list. */
export const asksOf = ({ asks }: FieldList): readonly Field[] =>
  names(asks).map((word) => {
    const [name = '', form = ''] = word.replace('?', '').split(':')
    const ask = word.endsWith('?') ? may : need
    return ask(name, form === 'day' || form === 'code' || form === 'venue' ? FORMS[form] : 'text')
  })
