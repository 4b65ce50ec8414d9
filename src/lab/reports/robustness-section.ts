import type { Currency } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import { gapSentence } from '../analytics/gap-sentence.ts'
import type { Percentiles } from '../analytics/monte-carlo.ts'
import type { Robustness } from '../analytics/robustness.ts'
import type { Statistic } from '../analytics/statistic.ts'
import type { Unit } from './figure.ts'
import { escaped, written } from './format.ts'

/** One line of what chance might have made of a run. */
export interface ShakenLine extends Sentence {
  readonly unit: Unit
  readonly percentiles: Statistic<Percentiles>
}

/** What is shown of it, in order: page and terminal show the same. */
export function shakenLines({ shuffled, bootstrap, costs, delays }: Robustness): readonly ShakenLine[] {
  return [
    line(
      '거래 순서를 섞음: 최대 낙폭',
      'trades shuffled: maximum drawdown',
      'ratio',
      shuffled,
      (runs) => runs.maximumDrawdown,
    ),
    line(
      '다른 역사(블록 부트스트랩): 최종 평가금액',
      'other histories (block bootstrap): final equity',
      'money',
      bootstrap,
      (runs) => runs.finalEquity,
    ),
    line(
      '다른 역사: 최대 낙폭',
      'other histories: maximum drawdown',
      'ratio',
      bootstrap,
      (runs) => runs.maximumDrawdown,
    ),
    line('다른 역사: 샤프', 'other histories: Sharpe', 'number', bootstrap, (runs) => runs.sharpe),
    line(
      '비용 0.5–2배: 실현 손익',
      'costs times 0.5 to 2: net profit',
      'money',
      costs,
      (runs) => runs.netProfit,
    ),
    line(
      '체결 0–2봉 지연: 실현 손익',
      'fills 0 to 2 bars late: net profit',
      'money',
      delays,
      (runs) => runs.netProfit,
    ),
  ]
}

const line = <T>(
  ko: string,
  en: string,
  unit: Unit,
  runs: Statistic<T>,
  pick: (runs: T) => Percentiles,
): ShakenLine => ({ ko, en, unit, percentiles: runs.ok ? { ok: true, value: pick(runs.value) } : runs })

/** The three figures of a line, worst first, or why there are none. */
export function shakenTexts(
  { unit, percentiles }: ShakenLine,
  currency: Currency = 'KRW',
): readonly string[] {
  if (!percentiles.ok) {
    const { ko, en } = gapSentence(percentiles.error)
    return [`– ${ko} · ${en}`]
  }
  const { p5, p50, p95 } = percentiles.value
  return [p5, p50, p95].map((value) => written(unit, { ok: true, value }, currency).text)
}

/** The table of a page. */
export function shakenTable(robustness: Robustness, currency: Currency = 'KRW'): string {
  const rows = shakenLines(robustness).map((each) => {
    const texts = shakenTexts(each, currency)
    const cells =
      texts.length === 1
        ? `<td colspan="3">${escaped(texts[0] ?? '')}</td>`
        : texts.map((text) => `<td>${escaped(text)}</td>`).join('')
    return `<tr><td class="text">${escaped(each.ko)}<br><span class="en">${escaped(each.en)}</span></td>${cells}</tr>`
  })
  const { runs, seed } = robustness
  return `<div class="scroll"><table><tr><th class="text"></th><th>5%</th><th>50%</th><th>95%</th></tr>${rows.join('')}</table></div><p class="legend">${runs}번, 시드 ${seed} · ${runs} runs, seed ${seed}</p>`
}
