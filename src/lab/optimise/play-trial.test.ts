import { describe, expect, it } from 'vitest'
import { type TradingDay, tradingDay } from '../../model/time.ts'
import { err, ok } from '../../std/result.ts'
import { defineStrategy } from '../../trading/strategies/strategy.ts'
import { type BarRow, barTable } from '../backtest/bar-table.ts'
import { runBacktest } from '../backtest/run.ts'
import { daily, planOf as planFrom } from '../backtest/testing/play.ts'
import { type PlanOf, playTrial } from './play-trial.ts'

/** Wants to hold whatever closed above `above`, from the second bar on. */
const above = defineStrategy({
  id: 'planned',
  title: { ko: '위', en: 'above' },
  parameters: {
    above: { kind: 'whole', from: 1, to: 1_000_000, default: 10_000, label: { ko: '위', en: 'above' } },
  },
  needs: () => ({ warmUpBars: 1 }),
  each: ({ above }) => ({
    onBar: ({ close }) => ({ want: close > above ? 'long' : 'flat', reason: { ko: '종가', en: 'close' } }),
  }),
})

const flat = (close: number) => [close, close, close, close] as const
const ROWS = daily(flat(9_000), flat(11_000), flat(11_100), flat(11_200), flat(11_300))
const day = (date: number): TradingDay => tradingDay(`2026-11-${date}`)
const window = (from: number, to: number, parameters = {}) => ({ parameters, from: day(from), to: day(to) })

const planOf: PlanOf = (parameters, bars) => {
  const started = above.start(parameters, [])
  if (!started.ok) return err({ ko: '값', en: started.error.map(({ en }) => en).join() })
  const run = above.start(parameters, planFrom(above, ROWS).instruments)
  return run.ok
    ? ok({ ...planFrom(above, ROWS), bars, participants: [{ name: 'planned', run: run.value }] })
    : err({ ko: '값', en: 'values' })
}
const play = (rows: readonly BarRow[], job = window(16, 20)) => playTrial(planOf, barTable(rows), job)

describe('one trial', () => {
  it('over all bars is the ordinary backtest', () => {
    const whole = runBacktest(planFrom(above, ROWS))
    const trial = play(ROWS)
    expect(trial.decisionHash).toBe(whole.decisionHash)
    expect(trial.endedWith).toBe(whole.endedWith)
    expect(trial.returns).toHaveLength(5)
  })

  it('trades its window alone, warmed up by the bars before', () => {
    const trial = play(ROWS, window(18, 20))
    // What closed on the 17th is known on the 18th: bought at 11,100, worth 11,300 at the end; the fee of 149.85 is cut to tens.
    expect(trial.returns).toHaveLength(3)
    expect(trial.endedWith).toBe(10_000_000 + 90 * 200 - 140)
    expect(play(ROWS, window(16, 17)).endedWith).toBe(10_000_000)
  })

  it('knows nothing of the bars behind its window', () => {
    const other = daily(flat(9_000), flat(11_000), flat(11_100), flat(11_200), flat(8_000))
    const [known, changed] = [play(ROWS, window(18, 19)), play(other, window(18, 19))]
    expect(changed).toEqual(known)
    expect(play(other)).not.toEqual(play(ROWS))
  })

  it('says why it has no result', () => {
    expect(play(ROWS, window(21, 22)).failed?.en).toMatch(/no bars in 2026-11-21/)
    expect(play(ROWS, window(16, 20, { above: -1 })).failed?.en).toMatch(/above/)
  })
})
