import { chanceOf, cut, type Flow, sumOf } from './chance.ts'

/** Kinds of investors and the share of the volume they have on an average day (invented). Names as on the wire. */
const SHARES = {
  ind_invsr: 0.6,
  frgnr_invsr: 0.21,
  fnnc_invt: 0.06,
  insrnc: 0.01,
  invtrt: 0.025,
  etc_fnnc: 0.004,
  bank: 0.004,
  penfnd_etc: 0.03,
  samo_fund: 0.022,
  natn: 0.002,
  etc_corp: 0.025,
  natfor: 0.008,
} as const

export type Investor = keyof typeof SHARES

export const INVESTORS = Object.keys(SHARES) as readonly Investor[]

/** What 기관계 sums up. Source: Kiwoom REST API guide, ka10059 example: 개인 + 외국인 + 기관 is zero. */
const INSTITUTIONS = [
  'fnnc_invt',
  'insrnc',
  'invtrt',
  'etc_fnnc',
  'bank',
  'penfnd_etc',
  'samo_fund',
  'natn',
] as const satisfies readonly Investor[]

export type InvestorFlows = Readonly<Record<Investor, Flow>>

/**
 * Who bought and who sold, in the unit of `total` (shares, thousands of shares, millions of won): buys sum to the total and
 * so do sales, so the nets sum to zero. Invented: no participant of the simulated market says what he is.
 */
export function investorsOf(code: string, day: string, total: number): InvestorFlows {
  const sideOf = (side: string) =>
    cut(
      total,
      INVESTORS.map((name) => SHARES[name] * (0.6 + 0.8 * chanceOf(`${code}/${day}/${name}/${side}`))),
    )
  const buys = sideOf('buy')
  const sells = sideOf('sell')
  return Object.fromEntries(
    INVESTORS.map((name, index) => [name, { buy: buys[index] ?? 0, sell: sells[index] ?? 0 }]),
  ) as InvestorFlows
}

export const institutionsOf = (flows: InvestorFlows): Flow => sumOf(INSTITUTIONS.map((name) => flows[name]))

/** Foreigners hold this part of a stock on the eve of the simulated day (invented). */
export const foreignShareOf = (code: string): number => 0.12 + 0.36 * chanceOf(`${code}/foreign`)
