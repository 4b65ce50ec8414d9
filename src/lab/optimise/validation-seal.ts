import type { TradingDay } from '../../model/time.ts'
import type { LedgerRecord, OpeningRecord, TrialRecord } from '../../ports/trial-ledger.ts'
import { canonical } from './validation-count.ts'

/** The first sealed day of a set; a seal moves to earlier days only. */
export function sealedFrom(records: readonly LedgerRecord[], set: string): TradingDay | undefined {
  let first: TradingDay | undefined
  for (const record of records)
    if (record.what === 'seal' && record.set === set && (first === undefined || record.from < first))
      first = record.from
  return first
}

/** The opening that counts for an idea: the first one written. */
export const openingOf = (
  records: readonly LedgerRecord[],
  idea: string,
  set: string,
): OpeningRecord | undefined =>
  records.find(
    (record): record is OpeningRecord =>
      record.what === 'opening' && record.idea.id === idea && record.set === set,
  )

/** Whether these very values, under these rules, were played on this set before. */
export const wasTried = (
  records: readonly LedgerRecord[],
  wanted: Pick<TrialRecord, 'parameters' | 'rules'> & { readonly idea: string; readonly set: string },
): boolean =>
  records.some(
    (record) =>
      record.what === 'trial' &&
      record.idea.id === wanted.idea &&
      record.window.set === wanted.set &&
      record.rules === wanted.rules &&
      canonical(record.parameters) === canonical(wanted.parameters),
  )
