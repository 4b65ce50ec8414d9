import type { Designation } from '../../model/instrument.ts'
import type { TradingDay } from '../../model/time.ts'
import { compactDay, lookUp } from './codec/values.ts'
import type { Listing } from './wire.ts'

const STATUS_WORDS: Readonly<Record<string, Designation>> = {
  관리종목: 'administrative',
  투자주의: 'caution',
  투자주의종목: 'caution',
  투자경고: 'warning',
  투자경고종목: 'warning',
  투자위험: 'danger',
  투자위험종목: 'danger',
  단기과열: 'overheated',
  단기과열종목: 'overheated',
  정리매매: 'liquidation',
  정리매매종목: 'liquidation',
  투자주의환기: 'disclosureCaution',
  투자주의환기종목: 'disclosureCaution',
}

/** orderWarning: 1 ETF투자주의요망 · 2 정리매매 · 3 단기과열 · 4 투자위험 · 5 투자경고 */
const WARNING_CODES: Readonly<Record<string, Designation>> = {
  '1': 'caution',
  '2': 'liquidation',
  '3': 'overheated',
  '4': 'danger',
  '5': 'warning',
}

/** What the exchange says of it: spread over `state` (`관리종목|증거금100%|…`), `auditInfo` and `orderWarning`. */
export function statusOf(
  listing: Listing,
  day: TradingDay,
): { designations: readonly Designation[]; halted: boolean } {
  const words = `${listing.state}|${listing.auditInfo}`.split('|').map((word) => word.replaceAll(' ', ''))
  const found = new Set<Designation>()
  for (const word of words) {
    const designation = lookUp(STATUS_WORDS, word)
    if (designation) found.add(designation)
  }
  const warning = lookUp(WARNING_CODES, listing.orderWarning.trim())
  if (warning) found.add(warning)
  if (listing.regDay.trim() === compactDay(day)) found.add('firstDay')
  return { designations: [...found], halted: words.some((word) => word.includes('거래정지')) }
}
