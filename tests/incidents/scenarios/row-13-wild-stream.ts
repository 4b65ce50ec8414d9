import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

/** Pushes late, twice, out of order, on a line whose clock is wrong: the books know the order of things themselves. */
export const wildStream: Scenario = {
  row: 13,
  title: 'fills that come late, twice and out of order are counted once',
  play: async (stage, expect) => {
    for (const kind of ['delayPush', 'duplicatePush', 'reorderPush'] as const)
      await stage.fault(kind, { apiId: '00', count: 5, ms: 400 })
    await stage.fault('clockSkew', { ms: -30_000 })
    await stage.until(trades(stage, 8), 'fills')
    await expectUnbroken(stage, expect)
  },
}
