import type { Sentence } from '../../model/sentence.ts'
import { gapSentence } from './gap-sentence.ts'
import type { Statistic } from './statistic.ts'

/** What a verdict stands on. */
export interface VerdictInput {
  /** Everything tried of the idea, this run included. */
  readonly trials: number
  /** Of the values that did best over all days. */
  readonly deflatedSharpe: Statistic
  /** Probability of backtest overfitting; absent where a single set of values was tried. */
  readonly overfitting?: Statistic
  /** Per year, of the days that chose nothing. */
  readonly outOfSampleSharpe: Statistic
  /** Round trips on them. */
  readonly trades: number
  /** What they earned and paid in fees and tax, in one currency's unit; costs are inside the profit already. */
  readonly profit: number
  readonly costs: number
}

export type CheckName = 'deflatedSharpe' | 'overfitting' | 'outOfSample' | 'trades' | 'costs'

/** One condition, with the numbers that decided in its sentence. */
export interface Check extends Sentence {
  readonly name: CheckName
  readonly passed: boolean
}

export interface Verdict {
  readonly accepted: boolean
  /** In the order in which they are shown; those that did not pass are the reasons. */
  readonly checks: readonly Check[]
}

/** Source: Bailey and López de Prado, The Deflated Sharpe Ratio (2014). */
const DEFLATED_MIN = 0.95
/** The best in one half of the days is in the lower half elsewhere as often as not. Source: Bailey et al. (2017). */
const OVERFITTING_MAX = 0.5
/** Source: rule book §5.5. */
const TRADES_MIN = 30
/** Source: rule book §5.9, the stress at costs × 2. */
const COST_FACTOR = 2

/**
 * Whether a strategy is believed: only when every check passes. What cannot be measured does not pass. It is not a promise
 * of profit, only that luck, search and costs do not explain what was seen.
 */
export function verdictOf(input: VerdictInput): Verdict {
  const checks = [
    deflated(input),
    ...(input.overfitting ? [overfitting(input.overfitting)] : []),
    outOfSample(input),
    trades(input),
    costs(input),
  ]
  return { accepted: checks.every(({ passed }) => passed), checks }
}

/** Cut down, not rounded: 94.97 % below 95 % must not be printed as 95.0 %. */
const percent = (ratio: number): string => `${(Math.floor(ratio * 1_000 + 1e-9) / 10).toFixed(1)}%`
/** A probability that must stay below: cut up, for the same reason. */
const percentUp = (ratio: number): string => `${(Math.ceil(ratio * 1_000 - 1e-9) / 10).toFixed(1)}%`

function unknown(name: CheckName, what: Sentence, statistic: Statistic & { readonly ok: false }): Check {
  const gap = gapSentence(statistic.error)
  return {
    name,
    passed: false,
    ko: `${what.ko}: 잴 수 없습니다 (${gap.ko})`,
    en: `${what.en}: not measurable (${gap.en})`,
  }
}

function deflated({ deflatedSharpe, trials }: VerdictInput): Check {
  const name = 'deflatedSharpe'
  const what = { ko: '디플레이티드 샤프', en: 'deflated Sharpe ratio' }
  if (!deflatedSharpe.ok) return unknown(name, what, deflatedSharpe)
  const passed = deflatedSharpe.value >= DEFLATED_MIN
  const [share, least] = [percent(deflatedSharpe.value), percent(DEFLATED_MIN)]
  return passed
    ? {
        name,
        passed,
        ko: `${trials}번 시도에서 운으로 나올 최고 성과를 넘을 확률 ${share} (${least} 이상)`,
        en: `${share} likely to beat the best that luck gives in ${trials} trials (at least ${least})`,
      }
    : {
        name,
        passed,
        ko: `${trials}번 시도했으니 이 정도는 운으로도 나옵니다: 넘을 확률 ${share}, ${least} 필요`,
        en: `luck gives as much in ${trials} trials: ${share} likely to beat it, ${least} needed`,
      }
}

function overfitting(probability: Statistic): Check {
  const name = 'overfitting'
  const what = { ko: '과최적화 확률 (PBO)', en: 'probability of overfitting (PBO)' }
  if (!probability.ok) return unknown(name, what, probability)
  const passed = probability.value <= OVERFITTING_MAX
  const [share, most] = [percentUp(probability.value), percent(OVERFITTING_MAX)]
  return {
    name,
    passed,
    ko: passed
      ? `과최적화 확률(PBO) ${share} (${most} 이하)`
      : `한쪽에서 고른 최고가 다른 쪽에서는 하위권입니다: 과최적화 확률(PBO) ${share}, ${most} 이하여야 합니다`,
    en: passed
      ? `probability of overfitting (PBO) ${share} (at most ${most})`
      : `the best of one half is among the worst of the other: PBO ${share}, at most ${most} is allowed`,
  }
}

function outOfSample({ outOfSampleSharpe }: VerdictInput): Check {
  const name = 'outOfSample'
  const what = { ko: '고르는 데 쓰지 않은 날의 샤프', en: 'Sharpe ratio of the days that chose nothing' }
  if (!outOfSampleSharpe.ok) return unknown(name, what, outOfSampleSharpe)
  const passed = outOfSampleSharpe.value > 0
  const ratio = outOfSampleSharpe.value.toFixed(2)
  return {
    name,
    passed,
    ko: `고르는 데 쓰지 않은 날의 샤프 ${ratio} (${passed ? '0 초과' : '0보다 커야 합니다'})`,
    en: `Sharpe ratio ${ratio} on the days that chose nothing (${passed ? 'above 0' : 'has to be above 0'})`,
  }
}

function trades({ trades }: VerdictInput): Check {
  const passed = trades >= TRADES_MIN
  return {
    name: 'trades',
    passed,
    ko: `그 날들의 거래 ${trades}번 (${TRADES_MIN}번 ${passed ? '이상' : '이상이어야 합니다'})`,
    en: `${trades} trades on those days (${passed ? 'at least' : 'has to be at least'} ${TRADES_MIN})`,
  }
}

function costs({ profit, costs }: VerdictInput): Check {
  const left = profit - (COST_FACTOR - 1) * costs
  const passed = left > 0
  const won = Math.round(left).toLocaleString('en-US')
  return {
    name: 'costs',
    passed,
    ko: `수수료와 세금이 두 배일 때 남는 돈 ${won}원 (${passed ? '0원 초과' : '0원보다 많아야 합니다'})`,
    en: `${won} won left when fees and tax double (${passed ? 'above 0' : 'has to be above 0'})`,
  }
}
