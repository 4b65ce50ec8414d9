import type { SettingField } from './settings-fields.ts'

/** A value of the settings in words, with its unit, in both languages. */
export interface Words {
  readonly ko: string
  readonly en: string
}

const NONE: Words = { ko: '없음', en: 'none' }
const both = (text: string): Words => ({ ko: text, en: text })

/** `3` → 3%, `true` → 켬, `last+1` → 현재가 +1틱. */
export function valueWords(field: SettingField | undefined, value: unknown): Words {
  if (value === undefined || value === null) {
    const none = field?.none
    return none ? { ko: none[0], en: none[1] } : NONE
  }
  switch (field?.control) {
    case 'flag':
      return value === true ? { ko: '켬', en: 'on' } : { ko: '끔', en: 'off' }
    case 'choice': {
      const named = field.choices?.[String(value)]
      return named ? { ko: named[0], en: named[1] } : both(String(value))
    }
    case 'order':
      return orderWords(String(value))
    case 'codes':
    case 'addresses':
      return Array.isArray(value) && value.length > 0 ? both(value.join(', ')) : NONE
    case 'params':
      return both(paramsText(value))
    default:
      return withUnit(field, value)
  }
}

function withUnit(field: SettingField | undefined, value: unknown): Words {
  const text =
    typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 6 }) : plainText(value)
  if (!field?.unit) return both(text)
  const [ko, en] = field.unit
  return { ko: `${text}${ko}`, en: en === '%' || en === '×' ? `${text}${en}` : `${text} ${en}` }
}

const plainText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)

function paramsText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const pairs = Object.entries(value)
  return pairs.length === 0 ? '–' : pairs.map(([key, each]) => `${key} ${String(each)}`).join(', ')
}

/** By the word that stands in the file. */
export const ORDER_WORDS: Readonly<Record<string, Words>> = {
  market: { ko: '시장가', en: 'market' },
  best: { ko: '최유리', en: 'best' },
  priority: { ko: '최우선', en: 'priority' },
  mid: { ko: '중간가', en: 'mid' },
  conditional: { ko: '조건부지정가', en: 'conditional' },
  last: { ko: '현재가', en: 'last' },
  bid: { ko: '매수호가', en: 'bid' },
  ask: { ko: '매도호가', en: 'ask' },
}

/** `last+1` in its two parts. */
export function orderParts(text: string): { readonly kind: string; readonly ticks: number } {
  const match = /^(last|bid|ask)([+-]\d+)?$/.exec(text)
  return match ? { kind: match[1] ?? text, ticks: Number(match[2] ?? 0) } : { kind: text, ticks: 0 }
}

function orderWords(text: string): Words {
  const { kind, ticks } = orderParts(text)
  const word = ORDER_WORDS[kind] ?? both(text)
  if (ticks === 0) return word
  const signed = ticks > 0 ? `+${ticks}` : `−${-ticks}`
  return { ko: `${word.ko} ${signed}틱`, en: `${word.en} ${signed} ticks` }
}
