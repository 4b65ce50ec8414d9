import type { Instrument } from '../../model/instrument.ts'
import type { Interval } from '../../model/interval.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Opinion } from '../../model/signal.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Result } from '../../std/result.ts'
import { ok } from '../../std/result.ts'
import { type ParameterFault, type ParameterSchema, type ParametersOf, readParameters } from './parameters.ts'

/**
 * A closed bar as a strategy sees it: prices adjusted for splits, in the currency's unit (won, dollar), volume in
 * shares. The object is used again for the next bar: keep its numbers, never the object.
 */
export interface StrategyBar {
  readonly openAt: EpochMs
  readonly closeAt: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** What a strategy has to be fed with. */
export interface Needs {
  /** Absent: whatever the run is given. */
  readonly interval?: Interval
  /** So many closed bars of an instrument pass before it may have an opinion on it. */
  readonly warmUpBars: number
  /**
   * It acts every so many bars, counted from the first one. Live, its past begins where such a round begins: the broker's chart
   * forgets a day each day, and a count from there would stand still.
   */
  readonly roundBars?: number
}

/** An opinion on one of the instruments of a run, by its place in the list. */
export interface Placed extends Opinion {
  readonly index: number
}

/** Looks at one instrument by itself. */
export interface Watcher {
  /** A bar has closed. */
  onBar(bar: StrategyBar): Opinion | undefined
}

/** Looks at all instruments side by side. */
export interface Council {
  /** A bar of the instrument at `index` has closed. */
  onBar?(index: number, bar: StrategyBar): void
  /** All bars that close at this moment have been told. */
  onMoment(at: EpochMs): readonly Placed[]
}

interface Described<S extends ParameterSchema> {
  /** Names it in config, records and reports: lower case and hyphens. */
  readonly id: string
  readonly title: Sentence
  readonly parameters: S
  readonly needs: (parameters: ParametersOf<S>) => Needs
}

/** One of the two ways to look; state lives in the closure that is made anew for each run. */
type Looking<S extends ParameterSchema> =
  | { readonly each: (parameters: ParametersOf<S>, instrument: Instrument) => Watcher }
  | { readonly together: (parameters: ParametersOf<S>, instruments: readonly Instrument[]) => Council }

export type StrategyDefinition<S extends ParameterSchema> = Described<S> & Looking<S>

/** One run of a strategy over a list of instruments. */
export interface StrategyRun {
  readonly needs: Needs
  onBar(index: number, bar: StrategyBar): Opinion | undefined
  onMoment(at: EpochMs): readonly Placed[]
}

/** A strategy whose parameters are known by their schema alone. */
export interface Strategy {
  readonly id: string
  readonly title: Sentence
  readonly parameters: ParameterSchema
  /** Errors: parameters that the schema does not allow, each in words. */
  start(
    given: Readonly<Record<string, unknown>>,
    instruments: readonly Instrument[],
  ): Result<StrategyRun, readonly ParameterFault[]>
}

const NOTHING: readonly Placed[] = []

/**
 * A strategy from its description: one code for backtest, paper and live. It is handed closed bars and gives opinions;
 * neither clock nor future, network nor order is within its reach, and the same bars give the same opinions.
 */
export function defineStrategy<const S extends ParameterSchema>(definition: StrategyDefinition<S>): Strategy {
  const { id, title, parameters } = definition
  return {
    id,
    title,
    parameters,
    start: (given, instruments) => {
      const read = readParameters<S>(definition.parameters, given)
      if (!read.ok) return read
      const needs = definition.needs(read.value)
      if ('together' in definition) return ok(ofCouncil(needs, definition.together(read.value, instruments)))
      const watchers = instruments.map((instrument) => definition.each(read.value, instrument))
      return ok({
        needs,
        onBar: (index, bar) => watchers[index]?.onBar(bar),
        onMoment: () => NOTHING,
      })
    },
  }
}

const ofCouncil = (needs: Needs, council: Council): StrategyRun => ({
  needs,
  onBar: (index, bar) => {
    council.onBar?.(index, bar)
    return undefined
  },
  onMoment: (at) => council.onMoment(at),
})
