import type { Sentence } from '../../model/sentence.ts'
import { never } from '../../std/invariant.ts'
import type { Finding } from './critique-rules.ts'

/** Cut down, not rounded: 94.97 % below 95 % must not be printed as 95 %. */
const cut = (value: number, digits: number): string =>
  (Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits).toFixed(digits)

const percent = (ratio: number, digits = 0): string => `${cut(ratio * 100, digits)}%`

const MOST_NAMES = 5

/** One sentence for people with the numbers that decided; shared by screen, report and docs. */
export function findingSentence(finding: Finding): Sentence {
  switch (finding.code) {
    case 'stalePrices': {
      const share = percent(finding.share, 1)
      const [listed, more] = [finding.names.slice(0, MOST_NAMES), finding.names.length - MOST_NAMES]
      const all = (since: (day: string) => string) =>
        listed.map(({ instrument, pricedOn }) => `${instrument} (${since(pricedOn)})`).join(', ')
      return {
        ko: `가격이 끊긴 종목을 든 채 끝났습니다: ${all((day) => `${day} 뒤로 없음`)}${more > 0 ? ` 외 ${more}종목` : ''}. 최종 평가금액의 ${share}가 그 옛 가격입니다. 상장폐지였다면 그날과 받은 금액을 가져오세요 (garam data import --kind actions)`,
        en: `It ends holding what has no price any more: ${all((day) => `none since ${day}`)}${more > 0 ? ` and ${more} more` : ''}; ${share} of the final equity is prices that old. If these were delisted, bring in the day and what was paid (garam data import --kind actions)`,
      }
    }
    case 'tooFewTrades':
      return {
        ko: `거래가 ${finding.trades}번뿐이라 통계로 보기 어렵습니다 (최소 ${finding.atLeast}번)`,
        en: `${finding.trades} ${finding.trades === 1 ? 'trade is' : 'trades are'} too few for statistics (at least ${finding.atLeast})`,
      }
    case 'tooShortHistory':
      return {
        ko: `자료가 ${finding.periods}구간뿐입니다: 이 성과를 믿으려면 ${finding.atLeast}구간이 필요합니다`,
        en: `${finding.periods} periods are too short a history: this result needs ${finding.atLeast} to be believed`,
      }
    case 'beyondTrialBudget':
      return {
        ko: `${finding.trials}번 시도해 고른 결과입니다: 운으로 나올 최고 성과를 넘을 확률이 ${percent(finding.deflatedSharpe, 1)}로 ${percent(finding.atLeast)}에 못 미칩니다`,
        en: `Chosen from ${finding.trials} trials: the probability of beating the best that luck would give is ${percent(finding.deflatedSharpe, 1)}, below ${percent(finding.atLeast)}`,
      }
    case 'outOfSampleDecay': {
      const [train, test] = [percent(finding.trainAnnual, 1), percent(finding.testAnnual, 1)]
      // What turned into a loss has no share left.
      const left = finding.efficiency >= 0 ? percent(finding.efficiency) : undefined
      return {
        ko: `최적화 구간에서 연 ${train}이던 수익률이 최적화에 쓰지 않은 구간에서는 ${test}입니다${left ? ` (${left}만 남음)` : ''}`,
        en: `Growth per year falls from ${train} where the parameters were chosen to ${test} where they were not${left ? ` (${left} of it is left)` : ''}`,
      }
    }
    case 'parameterOnCliff':
      return {
        ko: `설정값을 조금만 바꿔도 무너집니다: 이웃 ${finding.neighbours}곳의 중앙값이 선택한 성과의 ${percent(finding.neighbourMedian / finding.chosen)}입니다`,
        en: `A small change of the parameters breaks it: the median of ${finding.neighbours} neighbours is ${percent(finding.neighbourMedian / finding.chosen)} of the chosen result`,
      }
    case 'oneTradeCarriesIt':
      return {
        ko: `가장 크게 번 거래 하나가 순이익의 ${percent(finding.share)}입니다`,
        en: `A single trade brings ${percent(finding.share)} of the net profit`,
      }
    case 'costSensitive':
      return {
        ko: `비용이 ${cut(finding.breakEvenFactor, 2)}배가 되면 이익이 모두 사라집니다 (${finding.atLeast}배는 견뎌야 합니다)`,
        en: `The profit is gone when costs are ${cut(finding.breakEvenFactor, 2)} times as high (it should bear ${finding.atLeast} times)`,
      }
    case 'fillsAtPriceLimit':
      return {
        ko: `체결 ${finding.fills}건 중 ${finding.atLimit}건(${percent(finding.share, 1)})이 상·하한가 체결입니다: 실제로는 체결되지 않았을 수 있습니다`,
        en: `${finding.atLimit} of ${finding.fills} fills (${percent(finding.share, 1)}) are at the daily price limit: in the market they may never have happened`,
      }
    case 'tinyExposure':
      return {
        ko: `보유 시간이 전체의 ${percent(finding.exposure, 1)}뿐이라 연 단위 수치를 그대로 믿기 어렵습니다`,
        en: `A position was held only ${percent(finding.exposure, 1)} of the time: the figures per year stretch a few bars over a year`,
      }
    default:
      return never(finding)
  }
}
