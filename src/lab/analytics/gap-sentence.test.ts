import { describe, expect, it } from 'vitest'
import { gapSentence } from './gap-sentence.ts'
import type { Gap } from './statistic.ts'

const GAPS: readonly Gap[] = [
  { code: 'tooFew', have: 1, need: 2 },
  { code: 'flat' },
  { code: 'noLosses' },
  { code: 'noDrawdown' },
  { code: 'wipedOut' },
  { code: 'zeroBase', base: 'beta' },
  { code: 'zeroBase', base: 'benchmark' },
  { code: 'zeroBase', base: 'lowerTail' },
  { code: 'zeroBase', base: 'equity' },
  { code: 'zeroBase', base: 'edge' },
  { code: 'notGiven', input: 'initialRisk' },
  { code: 'notGiven', input: 'excursion' },
  { code: 'outOfRange' },
]

describe('sentences for missing statistics', () => {
  it.each(GAPS)('say in Korean and in English why: %j', (gap) => {
    const { ko, en } = gapSentence(gap)
    expect(ko).toMatch(/[가-힣]/)
    expect(en).toMatch(/^[ -~]+$/)
    expect(`${ko} ${en}`).not.toMatch(/undefined|NaN/)
  })

  it('differ from each other', () => {
    for (const language of ['ko', 'en'] as const)
      expect(new Set(GAPS.map((gap) => gapSentence(gap)[language])).size).toBe(GAPS.length)
  })

  it('carry the counts', () => {
    const { ko, en } = gapSentence({ code: 'tooFew', have: 1, need: 2 })
    expect(ko).toContain('1개, 최소 2개')
    expect(en).toContain('1, at least 2')
  })
})
