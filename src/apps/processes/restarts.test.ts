import { describe, expect, it } from 'vitest'
import { createRestarts } from './restarts.ts'

const SHORT = 1_000
const LONG = 60_000

describe('restarts', () => {
  it('wait ever longer while a process dies young', () => {
    const restarts = createRestarts()
    const waits = [0, 1, 2, 3].map((second) => restarts.died(second * 1_000, SHORT, false))
    expect(waits).toEqual([250, 500, 1_000, 2_000].map((ms) => ({ do: 'wait', ms })))
  })

  it('begin anew for a process that lived for a minute', () => {
    const restarts = createRestarts()
    restarts.died(0, SHORT, false)
    restarts.died(1_000, SHORT, false)
    expect(restarts.died(100_000, LONG, false)).toEqual({ do: 'wait', ms: 250 })
  })

  it('give up at the seventh death within ten minutes', () => {
    const restarts = createRestarts()
    for (let death = 0; death < 6; death++)
      expect(restarts.died(death * 99_000, LONG, false)).toMatchObject({ do: 'wait' })
    expect(restarts.died(599_000, LONG, false)).toEqual({ do: 'giveUp', deaths: 7 })
  })

  it('forget deaths that lie ten minutes back', () => {
    const restarts = createRestarts()
    for (let death = 0; death < 6; death++) restarts.died(death, LONG, false)
    expect(restarts.died(600_010, LONG, false)).toMatchObject({ do: 'wait' })
  })

  it('never give up on a start that fails for a reason outside, and end at half a minute', () => {
    const restarts = createRestarts()
    for (let start = 0; start < 40; start++) restarts.died(start, SHORT, true)
    expect(restarts.died(41, SHORT, true)).toEqual({ do: 'wait', ms: 30_000 })
  })
})
