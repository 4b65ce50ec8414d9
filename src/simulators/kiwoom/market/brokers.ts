import { chanceOf, cut, type Flow } from './chance.ts'

export interface Member {
  /** Exchange member number, three digits. */
  readonly code: string
  readonly name: string
  /** `gb` of ka10102: 1 marks a foreign firm (assumed). */
  readonly foreign: boolean
  /** Part of the volume on an average day (invented). */
  readonly share: number
}

const member = (code: string, name: string, share: number, foreign = false): Member => ({
  code,
  name,
  share,
  foreign,
})

/** 회원사. Source of codes and names: Kiwoom REST API guide, examples of ka10102 and ka10040. */
export const MEMBERS: readonly Member[] = [
  member('001', '교  보', 0.02),
  member('002', '신한금융투자', 0.08),
  member('003', '한국투자증권', 0.11),
  member('004', '대  신', 0.04),
  member('005', '미래대우', 0.13),
  member('006', '신  영', 0.01),
  member('008', '유진투자증권', 0.02),
  member('009', '한  양', 0.01),
  member('010', '메리츠', 0.06),
  member('012', 'NH투자증권', 0.1),
  member('017', 'KB증권', 0.09),
  member('030', '삼  성', 0.08),
  member('036', '모건스탠리', 0.07, true),
  member('050', '키움증권', 0.18),
]

export const memberOf = (code: string): Member | undefined =>
  MEMBERS.find((each) => each.code === code.padStart(3, '0'))

export interface BrokerFlow extends Flow {
  readonly member: Member
}

/** Through which firms a stock traded, in the unit of `total`: buys sum to the total, and so do sales. Invented. */
export function brokersOf(code: string, day: string, total: number): readonly BrokerFlow[] {
  const sideOf = (side: string) =>
    cut(
      total,
      MEMBERS.map(
        ({ code: firm, share }) => share * (0.4 + 1.2 * chanceOf(`${code}/${day}/${firm}/${side}`)),
      ),
    )
  const buys = sideOf('buy')
  const sells = sideOf('sell')
  return MEMBERS.map((each, index) => ({ member: each, buy: buys[index] ?? 0, sell: sells[index] ?? 0 }))
}

/** The first five by one side, biggest first: what the broker screens show. */
export const topFive = (flows: readonly BrokerFlow[], side: 'buy' | 'sell'): readonly BrokerFlow[] =>
  [...flows].sort((a, b) => b[side] - a[side]).slice(0, 5)
