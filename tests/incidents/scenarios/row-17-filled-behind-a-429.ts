import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const filledBehindA429: Scenario = {
  row: 17,
  title: 'an order that filled behind a 429 is not sent again',
  play: async (stage, expect) => {
    await stage.fault('throttleGhost', { apiId: 'kt10000', count: 3 })
    await stage.fault('throttle', { apiId: 'kt10000', count: 2 })
    await stage.fault('throttleGhost', { apiId: 'kt10001', count: 2 })
    await stage.until(trades(stage, 6), 'fills')
    await expectUnbroken(stage, expect)
  },
}
