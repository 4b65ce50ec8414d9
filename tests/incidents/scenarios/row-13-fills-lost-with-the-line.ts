import { expectUnbroken } from '../laws.ts'
import { isLive, trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const fillsLostWithTheLine: Scenario = {
  row: 13,
  title: 'fills that were lost with the line are found again',
  play: async (stage, expect) => {
    await stage.fault('killDuringFill', { count: 2 })
    await stage.until(async () => (await stage.fills()).length > 0, 'a fill at the broker')
    await stage.until(isLive(stage), 'the line is back')
    await stage.until(trades(stage, 4), 'fills')
    await expectUnbroken(stage, expect)
  },
}
