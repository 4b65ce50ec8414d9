import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../std/random.ts'
import { parseCondition } from './condition.ts'
import type { IndicatorOutput } from './indicator-spec.ts'
import { INDICATORS } from './indicator-table.ts'

const random = createRandom(7)
const bars = Array.from({ length: 400 }, () => {
  const low = random.int(900, 1_100)
  const high = low + random.int(0, 40)
  return {
    open: random.int(low, high),
    high,
    low,
    close: random.int(low, high),
    volume: random.int(1, 9_000),
  }
})

const numbersOf = (value: IndicatorOutput): Readonly<Record<string, number>> =>
  typeof value === 'number' ? { value } : { ...value }

describe.each(Object.entries(INDICATORS))('%s', (_, spec) => {
  const presets = spec.parameters.map(({ default: preset = 20 }) => preset)
  const least = spec.parameters.map((parameter) => parameter.least)

  it.each([
    ['with the usual parameters', presets],
    ['with the smallest', least],
    [
      'with others',
      spec.parameters.map((parameter, i) => (parameter.whole ? parameter.least + 3 * i + 2 : 0.5)),
    ],
  ])('gives its first values when the table says so, %s', (__, parameters) => {
    const begin = new Map<string, number>()
    const note = (value: IndicatorOutput, i: number) => {
      for (const [output, number] of Object.entries(numbersOf(value)))
        if (!Number.isNaN(number) && !begin.has(output)) begin.set(output, i + 1)
    }
    if (spec.input === 'bars') {
      const indicator = spec.create(...parameters)
      for (const [i, bar] of bars.entries()) note(indicator.next(bar), i)
    } else {
      const indicator = spec.create(...parameters)
      for (const [i, { close }] of bars.entries()) note(indicator.next(close), i)
    }
    const outputs = Object.keys(spec.outputs)
    const begins = outputs.map((output) => begin.get(output) ?? Number.POSITIVE_INFINITY)
    expect(Math.max(...begins)).toBe(spec.warmUp(...parameters))
    expect(spec.settles?.(...presets) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
      spec.warmUp(...presets),
    )
  })

  it('is known by each of its names, and each of its outputs by theirs', () => {
    const call = presets.length === 0 ? '' : `(${presets.join(', ')})`
    const plain = spec.main !== undefined || Object.keys(spec.outputs).length === 1
    for (const word of [...spec.spelling.en, ...spec.spelling.ko]) {
      const outputs = Object.values(spec.outputs).flatMap(({ en, ko }) => [...en, ...ko])
      for (const output of Object.keys(spec.outputs).length === 1 ? [] : outputs)
        expect(
          parseCondition(`${word}${call}.${output} == ${word}${call}.${output}`),
          `${word}.${output}`,
        ).toMatchObject({ ok: true })
      if (plain) expect(parseCondition(`${word}${call} == ${word}${call}`), word).toMatchObject({ ok: true })
    }
  })
})
