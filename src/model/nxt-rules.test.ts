import { describe, expect, it } from 'vitest'
import { nxtRulesOn, nxtViRates } from './nxt-rules.ts'
import type { Phase } from './session.ts'
import { tradingDay } from './time.ts'

const OLD = tradingDay('2026-09-11')
const NEW = tradingDay('2026-09-14')
const percent = (numerator: number) => ({ numerator, denominator: 100 })

describe('the rules of NXT', () => {
  // Rule book §1.4.
  it('change on 2026-09-14', () => {
    expect(nxtRulesOn(OLD)).toMatchObject({ vi: 'stop', staticVi: false, resumptionCallMs: 0, gtp: false })
    expect(nxtRulesOn(NEW)).toMatchObject({
      vi: 'singlePrice',
      staticVi: true,
      resumptionCallMs: 30_000,
      gtp: true,
    })
  })

  it.each([
    ['narrow', 'preMarket', OLD, { dynamic: percent(3) }],
    ['wide', 'continuous', OLD, { dynamic: percent(6) }],
    ['narrow', 'continuous', NEW, { dynamic: percent(3), static: percent(10) }],
    ['wide', 'afterMarket', NEW, { dynamic: percent(6), static: percent(10) }],
    ['wide', 'afterMarketEntry', NEW, {}],
    ['wide', 'closed', NEW, {}],
  ] as ['narrow' | 'wide', Phase, typeof NEW, object][])(
    'give %s names in %s on %s the VI rates %j',
    (group, phase, day, rates) => {
      expect(nxtViRates(group, phase, day)).toEqual(rates)
    },
  )
})
