import { expectUnbroken } from '../laws.ts'
import type { Scenario } from '../scenario.ts'

export const restartDuplicates: Scenario = {
  row: 11,
  title: 'a restart amid lost replies sends nothing twice',
  play: async (stage, expect) => {
    await stage.fault('loseReplyAfterAccept', { apiId: 'kt10000', count: 2 })
    await stage.until(async () => (await stage.orders()).length >= 2, 'two orders')
    await stage.restart()
    await stage.until(async () => (await stage.fills()).length >= 3, 'trading goes on')
    await expectUnbroken(stage, expect)
  },
}
