import type { Statistic } from '../../lab/analytics/statistic.ts'
import type { Objective } from '../../lab/optimise/objective.ts'
import { scoreOf, type Trial } from '../../lab/optimise/optimise.ts'
import { boundsOf, type ParameterSpace } from '../../lab/optimise/parameter-space.ts'
import type { Verdict } from '../../lab/optimise/verdict.ts'
import type { Unit } from '../../lab/reports/figure.ts'
import { whole, written } from '../../lab/reports/format.ts'
import type { Fact } from '../../lab/reports/page.ts'
import type { Sentence } from '../../model/sentence.ts'

export const OBJECTIVE_NAMES: Readonly<Record<Objective, Sentence & { readonly unit: Unit }>> = {
  sharpe: { ko: '샤프 지수', en: 'Sharpe ratio', unit: 'number' },
  return: { ko: '수익률', en: 'return', unit: 'ratio' },
  calmar: { ko: '칼마 지수', en: 'Calmar ratio', unit: 'number' },
  sortino: { ko: '소르티노 지수', en: 'Sortino ratio', unit: 'number' },
}

const text = (unit: Unit, figure: Statistic): string => {
  const { text, why } = written(unit, figure)
  return why === undefined ? text : `${text} (${why})`
}

/** What a person has to know before believing the winner. */
export function honestyFacts(verdict: Verdict, objective: Objective): readonly Fact[] {
  const { winner, overfitting, stability } = verdict
  if (!winner) return [trialsFact(verdict)]
  const { unit } = OBJECTIVE_NAMES[objective]
  const value = (number: number) => written(unit, { ok: true, value: number }).text
  return [
    trialsFact(verdict),
    {
      ko: '1위의 샤프 (연)',
      en: "winner's Sharpe, per year",
      value: text('number', winner.sharpe),
    },
    {
      ko: '이만큼 시험하면 운만으로 나올 최대 샤프 (연)',
      en: 'largest Sharpe by luck alone in so many trials, per year',
      value: text('number', verdict.sharpeByLuck),
    },
    {
      ko: '운보다 나을 확률 (디플레이티드 샤프)',
      en: 'probability that it is more than luck (deflated Sharpe)',
      value: text('ratio', verdict.deflatedSharpe),
    },
    {
      ko: '과최적화 확률 (PBO, CSCV)',
      en: 'probability of backtest overfitting',
      value: overfitting.ok
        ? `${text('ratio', { ok: true, value: overfitting.value.probability })} (${whole(overfitting.value.splits)} splits)`
        : text('ratio', overfitting),
    },
    {
      ko: '1위와 그 이웃들의 평균',
      en: 'the winner, and the mean of its neighbours',
      value: stability
        ? `${text(unit, winner.objective)} / ${value(stability.mean)} (${whole(stability.neighbours)}, 최저 least ${value(stability.least)})`
        : `${text(unit, winner.objective)} / – (이웃이 없음 · none was played)`,
    },
  ]
}

const trialsFact = ({ trials, failed, tried }: Verdict): Fact => ({
  ko: '시험 수 (그중 실패), 이 아이디어 전부',
  en: 'trials (failed of them), of this idea in all',
  value: `${whole(trials)} (${whole(failed)}), ${whole(tried)}`,
})

/** Below this the search alone explains the result. */
const CONFIDENCE = 0.95
/** From here on the best of one half tells nothing of the other. */
const COIN = 0.5
/** Neighbours that keep less than this of the winner's figure make it a peak that stands alone. */
const KEPT_RATIO = 0.5

/** Below this a mean is mostly chance; the same bound as in the doubts of a backtest. */
const TRADES_MIN = 30

/** What speaks against the winner, one sentence each. */
export function doubtsOf(space: ParameterSpace, verdict: Verdict): readonly Sentence[] {
  const { winner, deflatedSharpe, overfitting, stability, tried } = verdict
  if (!winner) return []
  const score = scoreOf(winner) ?? 0
  const doubts: Sentence[] = []
  if (deflatedSharpe.ok && deflatedSharpe.value < CONFIDENCE)
    doubts.push({
      ko: `${whole(tried)}번 시험하면 운만으로도 나올 만한 결과입니다 (디플레이티드 샤프 ${text('ratio', deflatedSharpe)} < 95%)`,
      en: `${whole(tried)} trials would show as much by luck (deflated Sharpe ${text('ratio', deflatedSharpe)} < 95 %)`,
    })
  if (overfitting.ok && overfitting.value.probability >= COIN)
    doubts.push({
      ko: '기간의 절반에서 고른 1위가 나머지 절반에서는 절반 이상의 경우에 중간 아래였습니다 (PBO)',
      en: 'the best of one half of the days was below the middle in the other at least half of the time (PBO)',
    })
  if (stability && score > 0 && stability.mean < score * KEPT_RATIO)
    doubts.push({
      ko: '값을 한 칸만 바꿔도 성과가 절반도 남지 않습니다: 홀로 솟은 봉우리입니다',
      en: 'one step away less than half of it is left: a peak that stands alone',
    })
  const { roundTrips } = winner.outcome
  if (roundTrips < TRADES_MIN)
    doubts.push({
      ko: `1위가 끝낸 거래는 ${whole(roundTrips)}번뿐입니다 (최소 ${TRADES_MIN}번)`,
      en: `the winner closed only ${whole(roundTrips)} trades (${TRADES_MIN} at least)`,
    })
  const edges = edgesOf(space, winner)
  if (edges.length > 0)
    doubts.push({
      ko: `1위가 범위의 끝에 있습니다 (${edges.join(', ')}): 범위를 넓혀 보세요`,
      en: `the winner lies at the end of a range (${edges.join(', ')}): widen it`,
    })
  return doubts
}

const edgesOf = ({ dimensions }: ParameterSpace, { point }: Trial): readonly string[] =>
  dimensions.flatMap((dimension, i) => {
    const isOrdered = dimension.kind === 'span' || (dimension.isOrdered && dimension.values.length > 2)
    return isOrdered && boundsOf(dimension).includes(point[i] as number) ? [dimension.key] : []
  })
