import { describe, expect, it } from 'vitest'
import { krw } from '../../model/money.ts'
import { sampleProof, sampleTrip, sampleView } from '../testing/sample-view.ts'
import { dayResult, exitCounts, proofLines, summary } from './summary.ts'
import { displayWidth, plain } from './width.ts'

const lines = (width = 80) =>
  summary(sampleView(), { width, journal: '/tmp/j', proof: proofLines(sampleProof()) }).map(plain)

describe('the day summary', () => {
  it('shows each trade with entry, exit, reason, result and its costs', () => {
    const text = lines().join('\n')
    expect(text).toMatch(/09:05:10 09:17:44 카카오 +20 +\+3\.76% +\+33,858 +2,142 익절/)
    expect(text).toMatch(/거래량 급증 편입 → 수익률 \+4\.00 %가 익절 기준 4 %에 닿음 \(12분 34초\)/)
    expect(text).toMatch(/왕복 1 round trips: 익절 1/)
    expect(text).toMatch(/수수료 commission 1,230 \+ 거래세 tax 1,872 +3,102원/)
  })

  it.each([80, 100, 140])('keeps within %i cells', (width) => {
    for (const line of lines(width))
      if (!line.includes('journal')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  it('says so when there was no trade', () => {
    expect(summary(sampleView({ roundTrips: [] }), { width: 80, journal: 'j' }).join('\n')).toMatch(
      /완결된 매매가 없습니다/,
    )
  })
})

describe('the proof line', () => {
  it('says 0 won only when nothing differs', () => {
    expect(plain(proofLines(sampleProof())[0] ?? '')).toMatch(/^원장과 시뮬레이터 계좌의 차이 0원/)
  })

  it.each(['cash', 'positions', 'commission', 'tax'] as const)('says that %s differs', (what) => {
    const text = proofLines(sampleProof({ [what]: 7 }))
      .map(plain)
      .join(' ')
    expect(text).not.toMatch(/0원 ·.*differ by 0/)
    expect(text).toMatch(/다릅니다/)
    expect(text).toMatch(/7/)
  })

  it('does not claim anything when the broker did not answer', () => {
    expect(proofLines(undefined).join(' ')).toMatch(/not proven/)
  })
})

describe('the result for machines', () => {
  it('holds every exit kind, the differences, the hash and the journal', () => {
    const view = sampleView({
      roundTrips: [sampleTrip(), sampleTrip({ exit: 'time' }), sampleTrip({ exit: 'time' })],
    })
    expect(dayResult(view, '/j', sampleProof({ cash: -3 }))).toMatchObject({
      roundTrips: 3,
      exits: { condition: 0, stopLoss: 0, trailing: 0, takeProfit: 1, time: 2 },
      unfilledHandled: 6,
      vi: 2,
      difference: { cash: -3, positions: 0, commission: 0, tax: 0 },
      decisionHash: '6f1c0de5b2a94477',
      journal: '/j',
    })
  })

  it('counts each kind of exit', () => {
    expect(exitCounts([sampleTrip({ realizedPnl: krw(1), exit: 'stopLoss' })])).toMatchObject({
      stopLoss: 1,
      takeProfit: 0,
    })
  })
})
