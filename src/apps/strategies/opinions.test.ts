import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { Placed } from '../../trading/strategies/strategy.ts'
import { createOpinions } from './opinions.ts'

const OPENS_AT = 10_000
const REASON = { ko: '까닭', en: 'why' }
const long = (index: number): Placed => ({ index, want: 'long', reason: REASON })
const flat = (index: number): Placed => ({ index, want: 'flat', reason: REASON })

function stand(now = OPENS_AT) {
  const clock = createVirtualClock(now)
  const said: string[] = []
  const opinions = createOpinions({
    clock,
    opensAt: OPENS_AT,
    voice: ({ index, want }) => said.push(`${clock.now() - OPENS_AT} ${want} ${index}`),
  })
  return { clock, said, opinions }
}

describe('what a strategy thinks', () => {
  it('is said at once when nothing is to be sold first', () => {
    const { opinions, said } = stand()
    opinions.say([long(0), long(1)])
    expect(said).toEqual(['0 long 0', '0 long 1'])
  })

  it('is sold first and bought three seconds later, so that the sale can pay', () => {
    const { opinions, said, clock } = stand()
    opinions.say([long(0), flat(1)])
    expect(said).toEqual(['0 flat 1'])
    clock.advance(3_000)
    expect(said).toEqual(['0 flat 1', '3000 long 0'])
  })

  it('is the newest word on each instrument', () => {
    const { opinions, said, clock } = stand(OPENS_AT - 1_000)
    opinions.keep([long(0), long(1)])
    clock.advance(5_000)
    opinions.say([flat(0)])
    opinions.onPrint(0)
    opinions.forget(1)
    opinions.onPrint(1)
    clock.advance(100_000)
    expect(said).toEqual(['4000 flat 0'])
  })

  it('is kept for the first print behind the opening by our own clock', () => {
    const { opinions, said, clock } = stand(OPENS_AT - 1_000)
    opinions.keep([long(0)])
    opinions.onPrint(0)
    clock.advance(1_000)
    expect(said).toEqual([])
    opinions.onPrint(0)
    opinions.onPrint(0)
    expect(said).toEqual(['0 long 0'])
  })

  it('buys a minute after the opening even if what is to be sold has not printed', () => {
    const { opinions, said, clock } = stand(OPENS_AT - 1_000)
    opinions.keep([flat(0), long(1)])
    clock.advance(1_000)
    opinions.onPrint(1)
    clock.advance(59_000)
    expect(said).toEqual([])
    clock.advance(3_000)
    expect(said).toEqual(['60000 long 1'])
  })

  it('is forgotten when the strategy stops', () => {
    const { opinions, said, clock } = stand()
    opinions.say([flat(0), long(1)])
    opinions.stop()
    clock.advance(60_000)
    expect(said).toEqual(['0 flat 0'])
  })
})
