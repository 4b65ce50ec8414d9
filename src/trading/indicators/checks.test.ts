import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import {
  checkColumns,
  checkFactor,
  checkFinite,
  checkLengths,
  checkPeriod,
  checkResult,
  checkStarted,
  outputFor,
} from './checks.ts'

const huge = Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE)

describe('checks of indicators', () => {
  const refused: readonly [what: string, check: () => unknown, ko: RegExp, en: RegExp][] = [
    [
      'a period below the least',
      () => checkPeriod('rsi', 1, 2),
      /^rsi: 기간은 2 이상 100000 이하의 정수/,
      /rsi: a period is a whole number from 2 to 100000: 1$/,
    ],
    ['half a period', () => checkPeriod('rsi', 2.5, 2), /정수여야 합니다: 2.5/, /100000: 2.5$/],
    [
      'a factor that is none',
      () => checkFactor('t3', Number.NaN, 0, 1),
      /^t3: 0 이상 1 이하/,
      /from 0 to 1: NaN$/,
    ],
    [
      'columns of different length',
      () => checkLengths('cci', new Float64Array(2), new Float64Array(3)),
      /길이가 서로 다릅니다: 2, 3/,
      /differ in length: 2, 3$/,
    ],
    [
      'an input that is not finite',
      () => checkFinite('ema', Infinity, 7),
      /^ema: 7번째\(0부터\) 입력/,
      /index 7 is not a finite number: Infinity$/,
    ],
    [
      'a column with a hole',
      () => checkColumns('cci low', Float64Array.of(1, Number.NaN)),
      /^cci low: 1번째/,
      /index 1 is not a finite number: NaN$/,
    ],
    [
      'a result that a hole has spoilt',
      () => checkResult('ema', Number.NaN, Float64Array.of(-Infinity, 1)),
      /^ema: 0번째/,
      /index 0 is not a finite number: -Infinity$/,
    ],
    [
      'a sum of finite values that left the range of numbers',
      () =>
        checkResult(
          'sma',
          huge.reduce((a, b) => a + b, 0),
          huge,
        ),
      /^sma: 합이 수의 범위를 넘었습니다/,
      /the sums left the range of numbers$/,
    ],
    [
      'an out that overlaps an input',
      () => {
        const memory = new ArrayBuffer(80)
        return outputFor('ema', 5, new Float64Array(memory, 32, 5), new Float64Array(memory, 0, 5))
      },
      /메모리를 나눠 쓸 수 없습니다/,
      /may not share memory/,
    ],
    ['a replacement of nothing', () => checkStarted('ema', 0), /^ema: 아직 아무 값도/, /nothing came yet/],
  ]
  it.each(refused)('refuse %s, in Korean first and in English', (_, check, ko, en) => {
    expect(check).toThrow(InvariantError)
    expect(check).toThrow(ko)
    expect(check).toThrow(en)
  })

  it('let what is right pass', () => {
    const memory = new ArrayBuffer(80)
    const out = new Float64Array(memory, 40, 5)
    expect(outputFor('ema', 5, out, new Float64Array(memory, 0, 5))).toBe(out)
    expect(outputFor('ema', 5, undefined)).toEqual(new Float64Array(5))
    expect(checkLengths('cci', out, out)).toBe(5)
    for (const check of [
      () => checkPeriod('rsi', 100_000, 2),
      () => checkFactor('t3', 1, 0, 1),
      () => checkColumns('cci', huge),
      () => checkResult('ema', -1e300, huge),
      () => checkFinite('ema', -Number.MAX_VALUE, 0),
      () => checkStarted('ema', 1),
    ])
      expect(check).not.toThrow()
  })
})
