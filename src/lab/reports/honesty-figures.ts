import { minimumTrackRecord, probabilisticSharpe, sharpeSample } from '../analytics/sharpe-honesty.ts'
import { breakEvenCosts } from '../analytics/stress.ts'
import type { TradeOutcome } from '../analytics/trade-outcome.ts'
import { deflatedSharpe, sharpeNeeded, type Trials } from '../analytics/trials.ts'
import { type FigureGroup, figure, known, mapped } from './figure.ts'

/** How much of a result may be luck, and what it bears. */
export function honestyFigures(returns: Float64Array, trades: readonly TradeOutcome[]): FigureGroup {
  const sample = sharpeSample(returns)
  return {
    ko: '정직성',
    en: 'Honesty',
    figures: [
      figure(
        'probabilisticSharpe',
        '샤프가 0보다 클 확률',
        'probability that the Sharpe ratio is above 0',
        'ratio',
        sample.ok ? probabilisticSharpe(sample.value) : sample,
      ),
      figure(
        'minimumTrackRecord',
        '믿는 데 필요한 일수',
        'days needed to believe it',
        'days',
        sample.ok ? minimumTrackRecord(sample.value) : sample,
      ),
      figure(
        'breakEvenCosts',
        '비용 몇 배까지 견디나',
        'costs it bears, times',
        'number',
        breakEvenCosts(trades),
      ),
    ],
  }
}

/** What the number of trials asks for. */
export function trialFigures(
  returns: Float64Array,
  trials: Trials,
  yearly: { readonly periodsPerYear: number },
): FigureGroup {
  const sample = sharpeSample(returns)
  const root = Math.sqrt(yearly.periodsPerYear)
  return {
    ko: '시도',
    en: 'Trials',
    figures: [
      figure(
        'trialCount',
        '이 아이디어를 겹치는 기간에 시도한 횟수',
        'trials of this idea on overlapping days',
        'count',
        known(trials.count),
      ),
      figure(
        'sharpeNeeded',
        '그만큼 시도했을 때 필요한 샤프',
        'Sharpe ratio needed after so many',
        'number',
        sample.ok ? mapped(sharpeNeeded(sample.value, trials), (ratio) => ratio * root) : sample,
      ),
      figure(
        'deflatedSharpe',
        '운이 아닐 확률 (디플레이티드 샤프)',
        'deflated Sharpe ratio: probability that it is not luck',
        'ratio',
        sample.ok ? deflatedSharpe(sample.value, trials) : sample,
      ),
    ],
  }
}
