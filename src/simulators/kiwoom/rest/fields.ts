import { type Refusal, refuse } from '../refusals.ts'

type Form = 'text' | 'digits' | 'code' | 'day' | readonly string[]

/** One parameter of a request body, in the order of the vendor's specification. */
export interface Field {
  readonly name: string
  readonly required: boolean
  readonly form: Form
}

export const need = (name: string, form: Form = 'text'): Field => ({ name, required: true, form })
export const may = (name: string, form: Form = 'text'): Field => ({ name, required: false, form })

export type Body = Readonly<Record<string, unknown>>

/** The text of a field, trimmed; absent is empty. */
export const textOf = (body: Body, name: string): string => {
  const value = body[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** All required ones must be there before any form is looked at. */
export function checkFields(fields: readonly Field[], body: Body): Refusal | undefined {
  for (const { name, required } of fields)
    if (required && (body[name] === undefined || body[name] === null || body[name] === ''))
      return refuse.fieldMissing(name)
  for (const { name, form } of fields) {
    const why = complaint(form, body[name])
    if (why) return refuse.badValue(name, why)
  }
  return undefined
}

function complaint(form: Form, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return '문자열이 아닙니다'
  if (Array.isArray(form)) return form.includes(value) ? undefined : '허용되지 않은 값입니다'
  if (form === 'digits') return /^\d{1,12}$/.test(value) ? undefined : '숫자가 아닙니다'
  if (form === 'day') return /^\d{8}$/.test(value) ? undefined : '날짜 형식(YYYYMMDD)이 아닙니다'
  if (form === 'code') return /^[0-9A-Z_]{3,20}$/.test(value) ? undefined : '종목코드 형식이 아닙니다'
  return undefined
}
