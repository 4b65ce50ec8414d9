import { describe, it } from 'vitest'
import { runDrill } from './drill.ts'
import { CRASH_POINTS } from './points.ts'
import { runSplitDrill, type SplitDrill } from './split-drill.ts'

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

describe.concurrent('a split system', () => {
  const drills: readonly [name: string, drill: SplitDrill][] = [
    [
      'whose orders process dies with a request',
      { seed: 7, death: { role: 'orders', point: 'requestSent', nth: 3 } },
    ],
    [
      'whose orders process dies with a reply, while replies are lost',
      { seed: 11, death: { role: 'orders', point: 'replyArrived', nth: 4 }, lose: 'loseReplyAfterAccept' },
    ],
    [
      'whose trader dies with a decision',
      { seed: 7, death: { role: 'trader', point: 'intentDurable', nth: 3 } },
    ],
    [
      'whose collector dies with a push',
      { seed: 7, death: { role: 'collector', point: 'pushArrived', nth: 3 } },
    ],
    ['of which only the trader is left', { seed: 7, death: { victim: 'allButTrader', afterMs: 1_500 } }],
  ]
  it.for(drills)(
    '%s leaves no order doubled and none forgotten',
    { timeout: DRILL_MS },
    async ([, drill], { expect }) => {
      expect(await runSplitDrill(drill)).toMatchObject(EVEN)
    },
  )
})
