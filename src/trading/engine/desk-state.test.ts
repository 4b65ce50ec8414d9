import { describe, expect, it } from 'vitest'
import { morning, settings } from './testing/morning.ts'
import { createTrader } from './trader.ts'

describe('a restored desk', () => {
  it('decides on a quiet tick just as the desk that was saved', () => {
    const { exits } = settings()
    const day = morning(settings({ exits: { ...exits, maxHoldMs: 60_000 } }))
      .cash(50_000_000)
      .at('09:01')
    day.hold('000001', 10_000)
    day.until('09:01:30')
    day.trade('000001', 10_000)
    const saved = JSON.stringify(day.trader.snapshot())
    // The time is over, and no timer has run since: the desk that goes on waits for it.
    const effects = day.at('09:02:00').trade('000001', 10_000)
    const tick = day.events.at(-1)
    if (!tick) throw new Error('a tick was fed')
    const again = createTrader()
    again.restore(JSON.parse(saved))
    expect(again.on(tick)).toEqual(effects)
  })
})
