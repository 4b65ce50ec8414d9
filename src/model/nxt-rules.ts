import type { ViGroup } from './instrument.ts'
import type { Phase } from './session.ts'
import { type TradingDay, tradingDay } from './time.ts'
import { type ViRates, viRates } from './vi.ts'

/** What NXT does differently from one day to another. */
export interface NxtRules {
  /** What a VI does: matching stops and goes on where it was, or the orders are collected for one price. */
  readonly vi: 'stop' | 'singlePrice'
  /** Is the static kind of VI there as well? */
  readonly staticVi: boolean
  /** How long orders are collected for one price when trading resumes; 0: matching goes on at once. */
  readonly resumptionCallMs: number
  /** Are orders taken that end with the pre-market (GTP)? */
  readonly gtp: boolean
}

/** Newest first. */
const RULES: readonly (NxtRules & { readonly from: TradingDay })[] = [
  {
    from: tradingDay('2026-09-14'),
    vi: 'singlePrice',
    staticVi: true,
    resumptionCallMs: 30_000,
    gtp: true,
  },
  { from: tradingDay('2025-03-04'), vi: 'stop', staticVi: false, resumptionCallMs: 0, gtp: false },
]

const BEFORE_NXT: NxtRules = { vi: 'stop', staticVi: false, resumptionCallMs: 0, gtp: false }

/** The rules of NXT on that day. Source: NXT trading rules of 2025-03-04 and 2026-09-14; rule book §1.4. */
export const nxtRulesOn = (day: TradingDay): NxtRules => RULES.find(({ from }) => from <= day) ?? BEFORE_NXT

const MATCHING: ReadonlySet<Phase> = new Set(['preMarket', 'continuous', 'afterMarket'])

/**
 * VI rates of NXT: in each of its sessions those of KRX's continuous trading (assumed; the pre-market was why the static
 * kind came). The static reference is the KRX base price until an auction of NXT has made another.
 */
export function nxtViRates(group: ViGroup, phase: Phase, day: TradingDay): ViRates {
  if (!MATCHING.has(phase)) return {}
  const { dynamic, static: fixed } = viRates(group, 'continuous')
  return {
    ...(dynamic === undefined ? {} : { dynamic }),
    ...(fixed !== undefined && nxtRulesOn(day).staticVi ? { static: fixed } : {}),
  }
}
