import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../../model/ids.ts'
import type { Instrument } from '../../../model/instrument.ts'
import { DAY_MS, kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import { conditionStrategy } from './strategy.ts'

const SAMSUNG: Instrument = {
  id: instrumentId('005930'),
  name: '삼성전자',
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'narrow',
}
const MINUTE = 60_000

/** What it wants after each close, `.` for nothing. */
function wants(
  texts: Parameters<typeof conditionStrategy>[0],
  closes: readonly number[],
  intervalMs = DAY_MS,
) {
  const made = conditionStrategy(texts, intervalMs)
  if (!made.ok) throw new Error(made.error.map(({ en }) => en).join())
  const started = made.value.start({}, [SAMSUNG])
  if (!started.ok) throw new Error('not started')
  const first = kstInstant(tradingDay('2024-03-04'), timeOfDay('09:00'))
  const said = closes.map((close, i) => {
    const openAt = first + i * intervalMs
    const bar = {
      openAt,
      closeAt: openAt + intervalMs,
      open: close,
      high: close,
      low: close,
      close,
      volume: 10,
    }
    return started.value.onBar(0, bar)?.want ?? '.'
  })
  return { said: said.join(' '), warmUp: started.value.needs.warmUpBars }
}

describe('a strategy of written conditions', () => {
  it('buys when the entry becomes true and sells when it no longer holds', () => {
    const { said } = wants({ entry: 'close > 100' }, [99, 101, 102, 100, 99, 103])
    expect(said).toBe('. long . flat . long')
  })

  it('sells by the exit where there is one, whatever the entry says', () => {
    const { said } = wants({ entry: '종가 100 초과', exit: '종가 110 초과' }, [99, 101, 99, 111, 112, 101])
    expect(said).toBe('. long . flat . .')
  })

  it('says nothing while it has no answer, and tells how many bars that takes', () => {
    const { said, warmUp } = wants({ entry: 'close > sma(3)' }, [10, 11, 12, 13, 1])
    expect(said).toBe('. . long . flat')
    expect(warmUp).toBe(2)
  })

  it('puts longer bars together', () => {
    const closes = [10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 5]
    const { said } = wants({ entry: 'close(5m) > 20' }, closes, MINUTE)
    expect(said).toBe('. . . . . . . . . long .')
  })

  it.each([
    ['close > ', /./, true],
    ['close > emma(20)', /./, true],
    ['last > 100', /prints or quotes/, false],
    ['change > 3%', /change\(1d\)/, false],
    ['close(1m) > 100', /cannot be put together/, false],
  ] as const)('explains why %s is none', (entry, said, hasPlace) => {
    const made = conditionStrategy({ entry }, DAY_MS)
    expect(made.ok).toBe(false)
    const [first] = made.ok ? [] : made.error
    expect(first?.en).toMatch(said)
    expect(first?.text).toBe(entry)
    expect(first?.from !== undefined).toBe(hasPlace)
  })
})
