import type { Sentence } from '../../model/sentence.ts'
import { kstDay } from '../../model/time.ts'
import { never } from '../../std/invariant.ts'
import type { Absurdity } from './absurd.ts'

/** What cannot have happened, and what is the most likely cause. */
export function absurdSentence(absurdity: Absurdity): Sentence {
  const day = kstDay(absurdity.at)
  switch (absurdity.code) {
    case 'impossibleDay': {
      const [moved, bound] = [percent(absurdity.ratio), percent(absurdity.bound)]
      return {
        ko: `${day}: 하루에 ${moved}. 가격제한폭 안에서는 ${bound}가 끝입니다. 가격이나 수량의 단위를 확인하세요`,
        en: `${day}: ${moved} in one day, where price limits allow ${bound}; look at the units of prices and volumes`,
      }
    }
    case 'heldOverJump': {
      const { instrument, from, to } = absurdity
      return {
        ko: `${day} ${instrument}: 보유 중에 ${from} → ${to}. 기록되지 않은 분할·감자이거나 정리매매입니다. 권리 변동을 가져오거나 수정주가 데이터를 쓰세요`,
        en: `${day} ${instrument}: held while the price went from ${from} to ${to}, an event not on record or a liquidation; import the corporate actions or use adjusted prices`,
      }
    }
    case 'moreThanTheMarket': {
      const { instrument, ours, traded } = absurdity
      return {
        ko: `${day} ${instrument}: 시장 전체 ${traded}주인 봉에서 ${ours}주가 체결되었습니다`,
        en: `${day} ${instrument}: ${ours} shares were ours in a bar of ${traded}`,
      }
    }
    case 'cashBelowZero':
      return {
        ko: `${day}: 현금이 ${absurdity.cash}원입니다. 미수는 없으므로 주문 금액을 줄이세요 (시가가 뛰면 전날 종가로 잡은 금액을 넘습니다)`,
        en: `${day}: cash is ${absurdity.cash} won and there is no credit; order less (an open above the last close costs more than was planned)`,
      }
    default:
      return never(absurdity)
  }
}

const percent = (ratio: number): string => `${ratio > 0 ? '+' : ''}${(ratio * 100).toFixed(1)}%`
