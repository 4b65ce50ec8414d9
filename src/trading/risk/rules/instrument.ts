import type { Designation } from '../../../model/instrument.ts'
import type { RiskRule } from '../rule.ts'

/** Symbols the user never wants bought. */
export const notExcluded: RiskRule = ({ side, instrument }, { settings }) =>
  side === 'buy' && settings.excluded.includes(instrument) ? { code: 'instrumentExcluded' } : undefined

export const notKnown: RiskRule = (_, { view }) => (view ? undefined : { code: 'instrumentUnknown' })

/** The exchange takes no order of either side. */
export const notHalted: RiskRule = (_, { view }) => (view?.halted ? { code: 'instrumentHalted' } : undefined)

/** 투자주의 is a remark for a day, and a first day is no warning: neither forbids. */
const FORBIDDING: ReadonlySet<Designation> = new Set([
  'administrative',
  'warning',
  'danger',
  'overheated',
  'liquidation',
  'disclosureCaution',
])

export const notDesignated: RiskRule = ({ side }, { view, settings }) => {
  if (side === 'sell' || !settings.limits.forbid.designated) return undefined
  const designations = view?.designations.filter((designation) => FORBIDDING.has(designation)) ?? []
  return designations.length > 0 ? { code: 'instrumentDesignated', designations } : undefined
}

export const notInVi: RiskRule = ({ side }, { view, settings }) =>
  side === 'buy' && settings.limits.forbid.inVi && view?.inVi ? { code: 'inVi' } : undefined
