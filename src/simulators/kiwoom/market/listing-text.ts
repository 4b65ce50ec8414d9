import type { Listing } from '../../../matching/types.ts'
import type { Designation } from '../../../model/instrument.ts'

/** `auditInfo` of ka10099. */
const AUDIT: Partial<Record<Designation, string>> = {
  administrative: '관리종목',
  caution: '투자주의',
  warning: '투자경고',
  danger: '투자위험',
  overheated: '단기과열',
  disclosureCaution: '투자주의환기종목',
}

/** `orderWarning` of ka10099. */
const WARNING: Partial<Record<Designation, string>> = {
  liquidation: '2',
  overheated: '3',
  danger: '4',
  warning: '5',
}

export function auditText({ today }: Listing): string {
  if (today.halted) return '거래정지'
  const named = today.designations.map((each) => AUDIT[each]).find((text) => text !== undefined)
  return named ?? '정상'
}

export const warningCode = ({ today }: Listing): string =>
  today.designations.map((each) => WARNING[each]).find((code) => code !== undefined) ?? '0'

export const marginPercent = ({ today }: Listing): string =>
  `${Math.round((today.marginRate.numerator / today.marginRate.denominator) * 100)}%`

/** 종목상태: texts joined by `|`. */
export function stateText(listing: Listing): string {
  const { today } = listing
  const texts = [`증거금${marginPercent(listing)}`]
  if (today.halted) texts.push('거래정지')
  for (const designation of today.designations) {
    const text = AUDIT[designation]
    if (text) texts.push(text)
  }
  if (texts.length === 1) texts.push('담보대출', '신용가능')
  return texts.join('|')
}

/** `marketCode` and `marketName` of ka10099. */
export function marketOf({ instrument }: Listing): { readonly code: string; readonly name: string } {
  if (instrument.class === 'etf') return { code: '8', name: 'ETF' }
  if (instrument.class === 'etn') return { code: '60', name: 'ETN' }
  return instrument.market === 'KOSPI' ? { code: '0', name: '거래소' } : { code: '10', name: '코스닥' }
}

const PREFIX = { stock: 'A', etf: 'A', etn: 'Q', elw: 'J' } as const

/** The code as account queries and condition search write it: `A005930`. */
export const prefixed = ({ instrument }: Listing): string => PREFIX[instrument.class] + instrument.id
