import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import { daysPerYear } from '../../lab/analytics/periods.ts'
import { type Robustness, shake } from '../../lab/analytics/robustness.ts'
import type { TradeOutcome } from '../../lab/analytics/trade-outcome.ts'
import { dailyReturns } from '../../lab/optimise/play-trial.ts'
import type { Fact } from '../../lab/reports/page.ts'
import { shakenLines, shakenTexts } from '../../lab/reports/robustness-section.ts'
import type { Currency } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { LoadedBars } from '../backtest/load-bars.ts'
import { dim } from '../screen/ansi.ts'
import { delayableTrades } from './delayable.ts'
import { type Look, type Shown, windowOf } from './look.ts'

/** What `garam backtest` says of a run besides its figures. */

/** The run as one trial. */
export const backtestShown = (
  look: Look,
  loaded: LoadedBars,
  { beganWith, equity, decisionHash }: BacktestResult,
  failed: Sentence | undefined,
): Shown => ({
  kind: 'backtest',
  parameters: look.parameters,
  window: windowOf(look, loaded),
  returns: dailyReturns(beganWith, equity.at, equity.value),
  result: decisionHash,
  ...(failed && { failed }),
})

export const shakenRun = (
  { bars, instruments, home }: Pick<LoadedBars, 'bars' | 'instruments' | 'home'>,
  result: BacktestResult,
  returns: Float64Array,
  trades: readonly TradeOutcome[],
  how: Pick<Robustness, 'runs' | 'seed'>,
): Robustness =>
  shake(
    {
      startEquity: result.beganWith,
      returns,
      periodsPerYear: daysPerYear(home),
      trades,
      delayable: delayableTrades(result, { bars, instruments }),
    },
    how,
  )

export function shakenPrint(robustness: Robustness, currency: Currency = 'KRW'): readonly string[] {
  const { runs, seed } = robustness
  return [
    `몬테카를로 ${dim(`Monte Carlo · 5% / 50% / 95% · ${runs} runs, seed ${seed}`)}`,
    ...shakenLines(robustness).map((each) => `  ${each.ko}: ${shakenTexts(each, currency).join(' / ')}`),
  ]
}

/** What was kept from being read, or was opened. */
export function sealFacts({ sealedFrom, opened }: Pick<Look, 'sealedFrom' | 'opened'>): readonly Fact[] {
  if (sealedFrom === undefined) return []
  return [
    {
      ko: '봉인된 구간',
      en: 'sealed hold-out',
      value: opened
        ? `${sealedFrom}부터, 이번에 한 번 열었음 · opened for this run, the one time`
        : `${sealedFrom}부터 읽지 않음 · not read from that day on`,
    },
  ]
}
