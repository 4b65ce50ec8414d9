import type { QuirkName, Quirks } from '../quirks.ts'
import type { SimulatorReply } from '../wire.ts'
import { CATALOGUE, names } from './catalogue/catalogue.ts'

type Json = Record<string, unknown>
type Change = (body: Json, id: string) => Json

const isRow = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The body with every row of its lists changed. */
const inRows = (body: Json, change: (row: Json, index: number) => unknown): Json =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((row, index) => (isRow(row) ? change(row, index) : row)) : value,
    ]),
  )

/** Every text value of the body and of its rows. */
const inTexts = (body: Json, change: (text: string, name: string) => string): Json => {
  const texts = (row: Json): Json =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' ? change(value, name) : value,
      ]),
    )
  return texts(inRows(body, texts))
}

/** Names of nets and changes, whose minus the server doubles. */
const NETS = /(net|_irds|_pre$|req_pre|^ind|^orgn|^frgn|^for_|invsr)/
const isPrice = (name: string): boolean => /(pric|prc|bid)$|^pred_pre$/.test(name)

const doubleMinus: Change = (body, id) =>
  id.startsWith('ka')
    ? inTexts(body, (text, name) =>
        /^-\d+$/.test(text) && NETS.test(name) && !isPrice(name) ? `-${text}` : text,
      )
    : body

const blankRow: Change = (body, id) =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!Array.isArray(value) || value.length > 0) return [name, value]
      const row = names(CATALOGUE[id]?.row)
      return [
        name,
        [Object.fromEntries((row.length > 0 ? row : ['stk_cd', 'stk_nm']).map((each) => [each, '']))],
      ]
    }),
  )

const reversed = (row: Json): Json => Object.fromEntries(Object.entries(row).reverse())

const camelEnvelope: Change = (body, id) => {
  if (id !== 'ka10030' && id !== 'ka10084') return body
  const { return_code, return_msg, ...rest } = body
  return { ...rest, returnCode: return_code, returnMsg: return_msg }
}

/** The first number below one. */
const brokenNumber: Change = (body) => {
  let broken = false
  return inTexts(body, (text) => {
    const digits = broken ? undefined : /^[+-]?0\.(\d+)$/.exec(text)?.[1]
    if (digits === undefined || Number(digits) === 0) return text
    broken = true
    return `. ${digits.padEnd(3, '0')}`
  })
}

const UNPREFIXED: ReadonlySet<string> = new Set(['ka10075', 'ka10076', 'ka10085'])

const prefixedCodes: Change = (body, id) =>
  UNPREFIXED.has(id)
    ? inTexts(body, (text, name) => (name === 'stk_cd' && text.length === 6 ? `A${text}` : text))
    : body

const shortOrderNumber: Change = (body, id) =>
  /^kt1000[0-3]$/.test(id)
    ? inTexts(body, (text, name) => (name === 'ord_no' ? text.replace(/^00/, '') : text))
    : body

const RANKED_VOLUME: ReadonlySet<string> = new Set(['ka10030', 'ka10031', 'ka10034'])
const OVERFLOW = '4294967295'

const saturatedVolume: Change = (body, id) =>
  RANKED_VOLUME.has(id)
    ? inRows(body, (row, index) => (index === 0 ? { ...row, trde_qty: OVERFLOW } : row))
    : body

const CHANGES: Partial<Record<QuirkName, Change>> = {
  doubleMinus,
  blankRow,
  brokenNumber,
  prefixedCodes,
  shortOrderNumber,
  saturatedVolume,
  kindField: (body, id) => (id === 'ka10100' ? { ...body, kind: 'A' } : body),
  halfMinutes: (body, id) =>
    id === 'ka10080'
      ? inTexts(body, (text, name) => (name === 'cntr_tm' ? text.replace(/00$/, '30') : text))
      : body,
  closingMark: (body, id) =>
    id === 'ka20001' ? inRows(body, (row, index) => (index === 0 ? { ...row, tm_n: '888888' } : row)) : body,
  reorderedKeys: (body) => reversed(inRows(body, reversed)),
  camelEnvelope,
  textCode: (body) => ('return_code' in body ? { ...body, return_code: String(body.return_code) } : body),
}

const EXCEEDED = 429
const NOT_VALID = '[8005:'

/** An answer as the switched-on quirks let it out. */
export function quirkReply(reply: SimulatorReply, id: string, quirks: Quirks): SimulatorReply {
  if (quirks.on.length === 0 || !reply.headers['content-type']?.includes('json')) return reply
  const whole = JSON.parse(reply.body) as Json
  const changes = Object.entries(CHANGES).filter(([name]) => quirks.has(name as QuirkName))
  const body = changes.reduce((made, [, change]) => change(made, id), whole)
  return { ...reply, status: statusOf(reply, quirks), body: JSON.stringify(body) }
}

function statusOf({ status, body }: SimulatorReply, quirks: Quirks): number {
  if (status === EXCEEDED && quirks.has('throttle200')) return 200
  return body.includes(NOT_VALID) && quirks.has('token401') ? 401 : status
}
