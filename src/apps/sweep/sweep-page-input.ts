import type { Objective } from '../../lab/optimise/objective.ts'
import { ranked, scoreOf, type Trial } from '../../lab/optimise/optimise.ts'
import type { ParameterSpace } from '../../lab/optimise/parameter-space.ts'
import { type Surface, surfaceOf } from '../../lab/optimise/surface.ts'
import type { ParameterSet } from '../../lab/optimise/trial.ts'
import type { Verdict } from '../../lab/optimise/verdict.ts'
import { amountWords, whole, written } from '../../lab/reports/format.ts'
import type { Fact } from '../../lab/reports/page.ts'
import type { SweepPageInput, SweepRow } from '../../lab/reports/sweep-page.ts'
import { currencyOf } from '../../model/home-venue.ts'
import type { Currency } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { LoadedBars } from '../backtest/load-bars.ts'
import { assumptionFacts, certificateFacts } from '../backtest/report-input.ts'
import type { BacktestRules } from '../backtest/settings.ts'
import { honestyFacts, OBJECTIVE_NAMES } from './sweep-summary.ts'
import { trialFigures } from './trials-csv.ts'

const MOST_ROWS = 20
const MOST_FAILURES = 10

/** Everything the page of a sweep tells. It follows from the trials alone, so a sweep that was resumed has the same page. */
export function sweepPageInput(parts: {
  readonly title: Sentence
  readonly subtitle: string
  readonly space: ParameterSpace
  readonly objective: Objective
  readonly trials: readonly Trial[]
  readonly verdict: Verdict
  readonly doubts: readonly Sentence[]
  /** How the search was made. */
  readonly search: readonly Fact[]
  readonly rules: BacktestRules
  readonly loaded: LoadedBars
  /** Said of the data besides what they are themselves. */
  readonly certified: readonly Fact[]
}): SweepPageInput {
  const { title, subtitle, space, objective, trials, verdict, doubts, search, rules, loaded, certified } =
    parts
  const { fixed, dimensions } = space
  const surface = surfaceOf(space, trials)
  const map = surface && mapOf(surface, objective, verdict.winner)
  return {
    title,
    subtitle,
    objective: { key: objective, ...OBJECTIVE_NAMES[objective] },
    parameters: dimensions.map(({ key, label }) => ({ key, ...label })),
    best: ranked(trials)
      .slice(0, MOST_ROWS)
      .filter((trial) => scoreOf(trial) !== undefined)
      .map((trial) => rowOf(trial, space, currencyOf(loaded.home))),
    doubts,
    honesty: honestyFacts(verdict, objective),
    ...(map && { map }),
    objectives: trials.flatMap((trial) => scoreOf(trial) ?? []),
    failures: failuresOf(trials),
    assumptions: [...search, ...assumptionFacts(rules, fixed, loaded)],
    certificate: [...certificateFacts(loaded), ...certified],
  }
}

function rowOf(trial: Trial, { dimensions }: ParameterSpace, currency: Currency): SweepRow {
  const { number, objective, outcome } = trial
  const { roundTrips, endedWith, job } = outcome
  return {
    number,
    values: dimensions.map(({ key }) => String(job.parameters[key])),
    objective,
    ...trialFigures(trial),
    roundTrips,
    endedWith: amountWords(currency, endedWith),
  }
}

function mapOf(surface: Surface, objective: Objective, winner: Trial | undefined): SweepPageInput['map'] {
  const { unit } = OBJECTIVE_NAMES[objective]
  const { across, up, rows } = surface
  const value = (number: number) => written(unit, { ok: true, value: number }).text
  return {
    across: { name: across.key, labels: across.labels },
    ...(up && { up: { name: up.key, labels: up.labels } }),
    rows: rows.map((row, at) =>
      row.map((cell, column) => {
        if (!cell) return undefined
        const place = [
          `${across.key}=${across.labels[column]}`,
          ...(up ? [`${up.key}=${up.labels[at]}`] : []),
        ]
        const note = `${place.join(', ')}: 평균 mean ${value(cell.mean)}, 최고 best ${value(cell.best)}, n=${cell.count}`
        return { value: cell.mean, note }
      }),
    ),
    ...(winner && { best: surface.placeOf(winner) }),
  }
}

/** The usual reasons, each with the number of its trials. */
function failuresOf(trials: readonly Trial[]): readonly Fact[] {
  const counts = new Map<string, { readonly why: Sentence; count: number }>()
  for (const { outcome } of trials) {
    const { failed } = outcome
    if (!failed) continue
    const seen = counts.get(failed.en)
    if (seen) seen.count++
    else counts.set(failed.en, { why: failed, count: 1 })
  }
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_FAILURES)
    .map(({ why: { ko, en }, count }) => ({ ko, en, value: whole(count) }))
}

/** `fast=10, slow=40` */
export const writtenValues = (parameters: ParameterSet): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
