import { currencyOf } from '../../model/home-venue.ts'
import type { Robustness } from '../analytics/robustness.ts'
import type { Statistic } from '../analytics/statistic.ts'
import type { ReportInput } from './report-content.ts'

/** The parts of a run that a file names, beside its result. */
export interface RunNames {
  readonly strategy: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Every figure by its key; what has no value is null. */
export const figuresByKey = ({
  figures: { groups },
}: Pick<ReportInput, 'figures'>): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    groups.flatMap(({ figures }) => figures.map(({ key, value }) => [key, value.ok ? value.value : null])),
  )

/**
 * The whole result as JSON, for programs: every order with its fills and reasons, the equity at every moment, the figures,
 * what was assumed and what the data were. `version` changes with the shape.
 */
export function resultJson(input: ReportInput, { strategy, parameters }: RunNames): string {
  const { result, assumptions, certificate, absurd, figures, robustness, won } = input
  const { equity, ...rest } = result
  const written = (facts: ReportInput['assumptions']) => facts.map(({ en, value }) => ({ what: en, value }))
  return `${JSON.stringify({
    ...rest,
    currency: currencyOf(result.venue ?? 'KRX'),
    strategy,
    parameters,
    equity: { at: [...equity.at], value: [...equity.value], exposure: [...equity.exposure] },
    figures: figuresByKey(input),
    remarks: figures.remarks,
    assumed: written(assumptions),
    certificate: written(certificate),
    ...(won && { won }),
    absurd,
    ...(robustness && { monteCarlo: monteCarloJson(robustness) }),
  })}\n`
}

/** What has no value is null, as among the figures. */
function monteCarloJson({ runs, seed, shuffled, bootstrap, costs, delays }: Robustness) {
  const given = <T>(value: Statistic<T>) => (value.ok ? value.value : null)
  return {
    runs,
    seed,
    shuffled: given(shuffled),
    bootstrap: given(bootstrap),
    costs: given(costs),
    delays: given(delays),
  }
}
