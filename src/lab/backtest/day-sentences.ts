import type { Sentence } from '../../model/sentence.ts'
import { kstClock } from '../../model/time.ts'
import { count } from '../../std/numbers.ts'
import { sentenceOf } from '../../trading/notify/sentences.ts'
import type { OrderRecord } from '../analytics/backtest-result.ts'
import type { DayDifference, DayRoot } from './day-differences.ts'
import type { DayDecision, Standing } from './recorded-day.ts'

/** Why the two engines decided differently, with the figures of both. */
export function causeSentence({ cause, live, model, root }: DayDifference): Sentence {
  const first = live && model ? (live.at <= model.at ? live : model) : (live ?? model)
  const standing = first?.standing
  const from = root && rootSentence(root)
  const because = (ko: string, en: string): Sentence => ({
    ko: from ? `${ko} ← ${from.ko}` : ko,
    en: from ? `${en} ← ${from.en}` : en,
  })
  if (!standing) return { ko: '까닭을 찾지 못했습니다', en: 'no cause was found' }
  const both = (of: (side: Standing) => string) => [of(standing.live), of(standing.model)] as const
  switch (cause.why) {
    case 'held': {
      const [a, b] = both(({ quantity, cost }) => `${count(quantity)} (${count(cost)})`)
      return because(`보유가 다릅니다: 실제 ${a}, 모형 ${b}`, `it held ${a} live, ${b} in the model`)
    }
    case 'working': {
      const [a, b] = both(({ orders }) => orders.map(orderText).join('; ') || '-')
      return because(
        `미체결이 다릅니다: 실제 ${a}, 모형 ${b}`,
        `its open orders were ${a} live, ${b} in the model`,
      )
    }
    case 'sold': {
      const [a, b] = both(({ soldAt }) => (soldAt === undefined ? '-' : kstClock(soldAt)))
      return because(
        `마지막 매도가 다릅니다: 실제 ${a}, 모형 ${b}`,
        `it was sold last at ${a} live, ${b} in the model`,
      )
    }
    case 'levels': {
      const [a, b] = both(({ levels }) => (levels ? `${levels.stop}/${levels.target ?? '-'}` : '-'))
      return because(
        `손절/익절 값이 다릅니다: 실제 ${a}, 모형 ${b}`,
        `stop/target were ${a} live, ${b} in the model`,
      )
    }
    case 'account': {
      const [a, b] = both(({ cash, places }) => `${count(cash)}, ${places}`)
      return because(
        `다른 종목의 체결로 현금과 종목 수가 다릅니다: 실제 ${a}, 모형 ${b}`,
        `other names had filled otherwise; cash and places were ${a} live, ${b} in the model`,
      )
    }
    case 'refused': {
      const { ko, en } = sentenceOf(cause.denial)
      const [where, there] = cause.by === 'live' ? ['실제', 'live'] : ['모형', 'in the model']
      return because(`${where}에서는 거절: ${ko}`, `refused ${there}: ${en}`)
    }
    case 'answered':
      return because('체결 통보가 다른 때에 왔습니다', 'the answer of the venue came at another time')
    case 'none':
      return because('까닭을 찾지 못했습니다', 'no cause was found')
  }
}

function rootSentence(root: DayRoot): Sentence {
  if (root.of === 'decision')
    return {
      ko: `${kstClock(root.at)}의 다른 판단`,
      en: `the other decision of ${kstClock(root.at)}`,
    }
  const [a, b] = [fillsText(root.live), fillsText(root.model)]
  return {
    ko: `${kstClock(root.order.at)} ${decisionText(root.order)}: 실제 체결 ${a}, 모형 체결 ${b}`,
    en: `${decisionText(root.order)} of ${kstClock(root.order.at)} filled ${a} live, ${b} in the model`,
  }
}

function fillsText(fills: OrderRecord['fills']): string {
  const last = fills.at(-1)
  if (!last) return '-'
  const shares = fills.map(({ price, quantity }) => `${count(quantity)}@${count(price)}`)
  return `${shares.join('+')} (${kstClock(last.at)})`
}

const orderText = ({ side, type, limit, status, quantity, filled }: Standing['orders'][number]): string =>
  `${side} ${limit === undefined ? type : count(limit)} ${filled}/${quantity} ${status}`

/** A decision in a few words. */
export const decisionText = ({ do: what, side, type, limit, quantity }: DayDecision): string =>
  `${what} ${side} ${count(quantity)} @ ${limit === undefined ? type : count(limit)}`
