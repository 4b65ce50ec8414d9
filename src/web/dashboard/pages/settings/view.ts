import type { SettingEdit } from '../../../contract/settings.ts'
import { at, type SettingsValues } from '../../../contract/settings-changes.ts'
import { fieldPath, SETTING_FIELDS, type SettingField } from '../../../contract/settings-fields.ts'
import { valueWords, type Words } from '../../../contract/settings-words.ts'

export type SettingPath = readonly (string | number)[]

/** What is read of the JSON Schema of the file. */
export interface SchemaNode {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
}

export function nodeAt(schema: SchemaNode, path: SettingPath): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema
  for (const part of path) node = typeof part === 'number' ? node?.items : node?.properties?.[part]
  return node
}

/** What holds when the file says nothing at that place. */
export function defaultAt(defaults: SettingsValues, schema: SchemaNode, path: SettingPath): unknown {
  if (path.some((part) => typeof part === 'number')) {
    const own = nodeAt(schema, path)?.default
    return own ?? at(nodeAt(schema, path.slice(0, -1))?.default, path.slice(-1))
  }
  return at(defaults, path) ?? nodeAt(schema, path)?.default
}

/** The settings with changes that are not written yet; what is taken out has its default again. */
export function withEdits(
  saved: SettingsValues,
  edits: readonly SettingEdit[],
  fallback: (path: SettingPath) => unknown,
): SettingsValues {
  return edits.reduce<SettingsValues>((values, { path, value }) => {
    const next = put(values, path, value === null ? fallback(path) : value)
    return next as SettingsValues
  }, saved)
}

function put(values: unknown, path: SettingPath, value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return value
  if (typeof part === 'number') {
    const list: readonly unknown[] = Array.isArray(values) ? values : []
    const next = put(list[part], rest, value)
    if (next === undefined) return list.filter((_, index) => index !== part)
    return part < list.length ? list.with(part, next) : [...list, next]
  }
  const record = typeof values === 'object' && values !== null ? values : {}
  const { [part]: before, ...others } = record as Record<string, unknown>
  const next = put(before, rest, value)
  return next === undefined ? others : { ...record, [part]: next }
}

/** The changes with one more; a value that is as it was is no change. `undefined` is the default, `preset`. */
export function withEdit(
  edits: readonly SettingEdit[],
  path: SettingPath,
  value: unknown,
  { saved, preset }: { readonly saved: unknown; readonly preset: unknown },
): readonly SettingEdit[] {
  const others = edits.filter((edit) => fullPath(edit.path) !== fullPath(path))
  const isSame = JSON.stringify(value ?? preset ?? null) === JSON.stringify(saved ?? null)
  return isSame ? others : [...others, { path: [...path], value: value ?? null }]
}

const fullPath = (path: SettingPath): string => path.join('.')
export const fieldAt = (path: SettingPath): SettingField | undefined => SETTING_FIELDS[fieldPath(path)]

/** As findings name a place: `exits.trailing[0].activate_pct`. */
export const pathText = (path: SettingPath): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )

/** What has no meaning any more beside a new value, and goes with it. */
export function goesWith(path: SettingPath, value: unknown): readonly SettingPath[] {
  const beside = (...keys: readonly string[]) => keys.map((key) => [...path.slice(0, -1), key])
  switch (fieldPath(path)) {
    case 'unfilled.buy.then':
    case 'unfilled.sell.then':
      return value === 'reprice' ? [] : beside('times', 'finally')
    case 'limits.rebuy.not_today':
      return value === true ? beside('wait_min') : []
    case 'orders.hours':
      return value === 'regular' ? beside('extended_entries') : []
    case 'buy.*.amount_krw':
    case 'strategies.*.amount_krw':
      return beside('amount_pct')
    case 'buy.*.amount_pct':
    case 'strategies.*.amount_pct':
      return beside('amount_krw')
    default:
      return []
  }
}

const NUMERIC = ['won', 'percent', 'count', 'number', 'seconds', 'minutes']
export const isNumeric = ({ control }: SettingField): boolean => NUMERIC.includes(control)

/** A value as it stands in its box. */
export const inputText = (field: SettingField, value: unknown): string => {
  if (value === undefined || value === null) return ''
  return typeof value === 'number' && field.control === 'won' ? value.toLocaleString('en-US') : String(value)
}

/** What was typed, as a value: `undefined` for nothing, and text that is no number stays text, for the check to tell. */
export function typedValue(field: SettingField, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (!isNumeric(field)) return trimmed
  const digits = trimmed.replace(/[,\s_]/g, '').replace(/(원|%|종목|건|초|분)$/, '')
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : trimmed
}

const LEAST: Readonly<Partial<Record<SettingField['control'], number>>> = { won: 10_000, percent: 0.1 }

interface Range {
  readonly least: number | undefined
  readonly most: number | undefined
}

function rangeOf({ control }: SettingField, node: SchemaNode | undefined): Range {
  const bounded = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
  return { least: LEAST[control] ?? bounded(node?.minimum), most: bounded(node?.maximum) }
}

/** `1–90`, `10,000 이상`. */
function rangeWords(field: SettingField, node: SchemaNode | undefined): Words | undefined {
  if (!isNumeric(field)) return undefined
  const { least, most } = rangeOf(field, node)
  const text = (value: number) => value.toLocaleString('en-US')
  if (least !== undefined && most !== undefined) {
    const both = `${text(least)}–${text(most)}`
    return { ko: both, en: both }
  }
  if (least !== undefined) return { ko: `${text(least)} 이상`, en: `at least ${text(least)}` }
  return most === undefined ? undefined : { ko: `${text(most)} 이하`, en: `at most ${text(most)}` }
}

const NEEDED: Words = { ko: '꼭 필요한 값입니다', en: 'A value is needed' }

/** What is wrong with a value at its place, as far as a screen can tell; the server has the last word. */
export function faultOf(
  field: SettingField,
  node: SchemaNode | undefined,
  value: unknown,
  isRequired: boolean,
): Words | undefined {
  if (value === undefined || value === null) return isRequired ? NEEDED : undefined
  if (Array.isArray(value)) return isRequired && value.length === 0 ? NEEDED : undefined
  if (isNumeric(field)) {
    if (typeof value !== 'number') return { ko: '숫자가 와야 합니다', en: 'This must be a number' }
    if (node?.type === 'integer' && !Number.isInteger(value))
      return { ko: '정수가 와야 합니다', en: 'This must be a whole number' }
    const { least, most } = rangeOf(field, node)
    if (least !== undefined && value < least)
      return {
        ko: `${least.toLocaleString('en-US')} 이상이어야 합니다`,
        en: `At least ${least.toLocaleString('en-US')}`,
      }
    if (most !== undefined && value > most)
      return {
        ko: `${most.toLocaleString('en-US')} 이하여야 합니다`,
        en: `At most ${most.toLocaleString('en-US')}`,
      }
    return undefined
  }
  const isOdd = node?.pattern !== undefined && !new RegExp(node.pattern).test(String(value))
  if (!isOdd) return undefined
  return field.control === 'time'
    ? { ko: '09:00 또는 15:19:30처럼 씁니다', en: 'Written 09:00 or 15:19:30' }
    : { ko: '모양이 맞지 않습니다', en: 'This does not have the right form' }
}

/** `기본 5종목 · 1–90`. */
export function fieldNote(
  field: SettingField,
  node: SchemaNode | undefined,
  preset: unknown,
  isRequired: boolean,
): Words {
  const range = rangeWords(field, node)
  const shown = valueWords(field, preset)
  const isPreset = !isRequired && (preset !== undefined || field.none !== undefined)
  return {
    ko: [isPreset ? `기본 ${shown.ko}` : '', range?.ko ?? '', field.hint?.[0] ?? '']
      .filter(Boolean)
      .join(' · '),
    en: [isPreset ? `default ${shown.en}` : '', range?.en ?? '', field.hint?.[1] ?? '']
      .filter(Boolean)
      .join(' · '),
  }
}

/** `005930 000660, 035420` → codes, each once. */
export const codesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[^0-9A-Z]+/)
      .filter((code) => /^[0-9][0-9A-Z]{5}$/.test(code)),
  ),
]

/** `192.168.0.0/24 10.0.0.5` → addresses and ranges, each once; whether they are some the server tells. */
export const addressesOf = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((each) => each !== '')),
]
