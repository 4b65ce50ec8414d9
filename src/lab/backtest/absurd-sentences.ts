import { currencyOf, type HomeVenue, localDay } from '../../model/home-venue.ts'
import { moneyWords } from '../../model/money-words.ts'
import type { Sentence } from '../../model/sentence.ts'
import { never } from '../../std/invariant.ts'
import type { Absurdity } from './absurd.ts'

/** What cannot have happened, and what is the most likely cause. `home`: by whose day and in whose currency. */
export function absurdSentence(absurdity: Absurdity, home: HomeVenue = 'KRX'): Sentence {
  const day = localDay(home, absurdity.at)
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
      if (home === 'US') return overSplit(day, absurdity)
      return {
        ko: `${day} ${instrument}: 보유 중에 ${from} → ${to}. 기록되지 않은 분할·감자이거나 정리매매입니다. 권리 변동(상장폐지일도)을 가져오거나 수정주가 데이터를 쓰세요`,
        en: `${day} ${instrument}: held while the price went from ${from} to ${to}, an event not on record or a liquidation; import the corporate actions (the day of a delisting too) or use adjusted prices`,
      }
    }
    case 'moreThanTheMarket': {
      const { instrument, ours, traded } = absurdity
      return {
        ko: `${day} ${instrument}: 시장 전체 ${traded}주인 봉에서 ${ours}주가 체결되었습니다`,
        en: `${day} ${instrument}: ${ours} shares were ours in a bar of ${traded}`,
      }
    }
    case 'cashBelowZero': {
      const cash = moneyWords(currencyOf(home), absurdity.cash)
      return {
        ko: `${day}: 현금이 ${cash.ko}입니다. 미수는 없으므로 주문 금액을 줄이세요 (시가가 뛰면 전날 종가로 잡은 금액을 넘습니다)`,
        en: `${day}: cash is ${cash.en} and there is no credit; order less (an open above the last close costs more than was planned)`,
      }
    }
    default:
      return never(absurdity)
  }
}

/** No price limit tells a split from a crash in the US: the sentence leaves both open. */
function overSplit(day: string, { instrument, from, to }: Absurdity & { code: 'heldOverJump' }): Sentence {
  const [before, after] = [moneyWords('USD', from).ko, moneyWords('USD', to).ko]
  return {
    ko: `${day} ${instrument}: 보유 중에 ${before} → ${after}. 기록되지 않은 분할로 보입니다. 분할을 가져오거나(garam data splits) 수정주가 데이터를 쓰고, 실제 급변이면 그 종목을 빼고 돌리세요`,
    en: `${day} ${instrument}: held while the price went from ${before} to ${after}, which looks like a split not on record; import the splits (garam data splits) or use adjusted prices, and if it was a true crash run without the name`,
  }
}

const percent = (ratio: number): string => `${ratio > 0 ? '+' : ''}${(ratio * 100).toFixed(1)}%`
