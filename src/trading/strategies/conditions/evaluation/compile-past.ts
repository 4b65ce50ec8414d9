import type { Indicator } from '../../../indicators/indicator.ts'
import type { IndicatorSpec } from '../language/indicator-spec.ts'
import type { Aggregate } from '../language/tree.ts'
import { AGGREGATE_INDICATORS } from './aggregates.ts'
import type { Site } from './compile.ts'
import { joined, type Origin } from './step.ts'
import {
  agoStep,
  barsStep,
  crossStep,
  DURING_AT_FIRST,
  duringStep,
  FED_AT_FIRST,
  type Past,
  valuesStep,
} from './steps-past.ts'

/** What a step with a past does with its parts. */
type Looking =
  | { readonly kind: 'aggregate'; readonly how: Aggregate; readonly count: number }
  | { readonly kind: 'ago'; readonly bars: number }
  | { readonly kind: 'cross'; readonly direction: 'above' | 'below' }
  | {
      readonly kind: 'during'
      readonly how: 'for' | 'within'
      readonly bars: number
      readonly intervalMs?: number
    }

/** Builds a step with a past, or finds the same one. */
export function buildPast({ builder }: Site, looking: Looking, parts: readonly number[]): number {
  const explicit = looking.kind === 'during' ? looking.intervalMs : undefined
  const { past, origin, clockMs } = pastOf(builder, parts, explicit)
  const [of = 0, other = 0] = parts
  const one = (key: string, make: (out: number) => Parameters<typeof builder.past>[0]) =>
    builder.shared(`${key}(${parts.join()})@${clockMs}`, () => {
      const out = builder.reserve(Number.NaN)
      builder.past(make(out), [out], origin, past.clockBit)
      return out
    })
  switch (looking.kind) {
    case 'ago': {
      const { bars } = looking
      return one(`ago ${bars}`, (out) => agoStep(past, of, bars, builder.reserve(0, bars + 3), out))
    }
    case 'cross': {
      const up = looking.direction === 'above'
      return one(`cross ${looking.direction}`, (out) =>
        crossStep(past, up, of, other, builder.reserve(Number.NaN, 2), out),
      )
    }
    case 'during': {
      const { how, bars } = looking
      return one(`${how} ${bars}`, (out) =>
        duringStep(past, how, of, bars, builder.reserve(DURING_AT_FIRST), out),
      )
    }
    case 'aggregate': {
      const { how, count } = looking
      const create = () => AGGREGATE_INDICATORS[how](count)
      return one(`${how} ${count}`, (out) =>
        valuesStep(past, of, builder.indicator(create), create().snapshot(), builder.reserve(FED_AT_FIRST), [
          { name: undefined, place: out },
        ]),
      )
    }
  }
}

/** Builds an indicator with all its outputs, or finds it; gives the place of the one that is asked for. */
export function buildIndicator(
  { builder }: Site,
  name: string,
  spec: IndicatorSpec,
  parameters: readonly number[],
  of: number,
  output: string,
): number {
  const { past, origin, clockMs } = pastOf(builder, [of], undefined)
  const names = Object.keys(spec.outputs)
  const first = builder.shared(`${name} ${parameters.join()}(${of})@${clockMs}`, () => {
    const begin = builder.reserve(Number.NaN, names.length)
    const outputs = names.map((each, i) => ({
      name: names.length === 1 ? undefined : each,
      place: begin + i,
    }))
    const create = (): Indicator<never, number | object> => spec.create(...parameters)
    const index = builder.indicator(create)
    const state = builder.reserve(FED_AT_FIRST)
    const step =
      spec.input === 'bars'
        ? barsStep(past, of, index, state, outputs)
        : valuesStep(past, of, index, create().snapshot(), state, outputs)
    builder.past(
      step,
      outputs.map(({ place }) => place),
      origin,
      past.clockBit,
    )
    return begin
  })
  return first + names.indexOf(output)
}

function pastOf(
  builder: Site['builder'],
  parts: readonly number[],
  explicitMs: number | undefined,
): { readonly past: Past; readonly origin: Origin; readonly clockMs: number } {
  const mixed = joined(parts.map(builder.origin))
  const clockMs = explicitMs ?? mixed.clockMs ?? builder.frame.defaultIntervalMs
  const clockBit = builder.bitOf(clockMs)
  // What looks back is seen with its own clock from above; the time alone does not make a sample of it.
  const origin: Origin = { ...mixed, reads: mixed.reads | clockBit, clockMs, time: false }
  return { past: { clockBit, origin }, origin, clockMs }
}
