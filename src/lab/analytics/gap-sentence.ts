import type { Sentence } from '../../model/sentence.ts'
import { never } from '../../std/invariant.ts'
import type { Base, Gap, Input } from './statistic.ts'

const BASES: Readonly<Record<Base, Sentence>> = {
  beta: { ko: '베타가 0입니다', en: 'Beta is zero' },
  benchmark: {
    ko: '기준 지수가 그 방향으로 움직인 구간이 없습니다',
    en: 'The benchmark never moved in that direction',
  },
  lowerTail: { ko: '하위 5% 수익률이 0입니다', en: 'The return at the lower 5% is zero' },
  equity: { ko: '평가금액이 0 이하입니다', en: 'The equity is zero or below' },
  edge: {
    ko: '비교 기준보다 나은 성과가 아니어서 필요한 기간이 없습니다',
    en: 'The result is not better than the threshold, so no length would be enough',
  },
}

const INPUTS: Readonly<Record<Input, Sentence>> = {
  initialRisk: {
    ko: '처음 손절 위험(1R)을 아는 거래가 없습니다',
    en: 'No trade has a known initial risk (1R)',
  },
  excursion: {
    ko: '보유 중 고가·저가를 아는 거래가 없습니다',
    en: 'No trade has known highs and lows while it was held',
  },
}

/** One sentence for people that stands where a number would stand. */
export function gapSentence(gap: Gap): Sentence {
  switch (gap.code) {
    case 'tooFew':
      return {
        ko: `자료가 부족합니다 (${gap.have}개, 최소 ${gap.need}개)`,
        en: `Too little data (${gap.have}, at least ${gap.need})`,
      }
    case 'flat':
      return { ko: '값이 모두 같아 변동이 없습니다', en: 'Every value is the same: there is no deviation' }
    case 'noLosses':
      return { ko: '손실이 없습니다', en: 'No losses' }
    case 'noDrawdown':
      return { ko: '낙폭이 없습니다', en: 'No drawdown' }
    case 'wipedOut':
      return { ko: '자산이 모두 사라졌습니다', en: 'The account was wiped out' }
    case 'zeroBase':
      return BASES[gap.base]
    case 'notGiven':
      return INPUTS[gap.input]
    case 'outOfRange':
      return { ko: '표시할 수 있는 수의 범위를 벗어났습니다', en: 'The result is out of range' }
    default:
      return never(gap)
  }
}
