import { describe, it } from 'vitest'
import { runDrill } from './drill.ts'
import { CRASH_POINTS } from './points.ts'

/** Each drill is two real processes and a real server; two at a time is what two cores take. */
const DRILL_MS = 120_000

const EVEN = {
  killedBy: 'SIGKILL',
  strangers: [],
  openAtBroker: 0,
  difference: { cash: 0, positions: 0, commission: 0, tax: 0 },
  replayAgrees: true,
}

describe.concurrent('a trader killed on the way of an order', () => {
  it.for(CRASH_POINTS)(
    'at %s leaves no order doubled and none forgotten',
    { timeout: DRILL_MS },
    async (point, { expect }) => {
      expect(await runDrill({ seed: 7, point, nth: 3 })).toMatchObject(EVEN)
    },
  )

  it.for(CRASH_POINTS)(
    'at %s, with the reply lost too, leaves no order doubled and none forgotten',
    { timeout: DRILL_MS },
    async (point, { expect }) => {
      expect(await runDrill({ seed: 11, point, nth: 2, lose: 'loseReplyAfterAccept' })).toMatchObject(EVEN)
    },
  )
})
