import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const repeatedPages: Scenario = {
  row: 29,
  title: 'pages that repeat, and requests that are lost, end the question and not the day',
  play: async (stage, expect) => {
    await stage.fault('repeatPage', { apiId: 'kt00007', count: 2 })
    await stage.fault('repeatPage', { apiId: 'kt00018', count: 2 })
    await stage.fault('loseReplyAfterAccept', { apiId: 'kt10000', count: 1 })
    await stage.fault('loseRequestBeforeAccept', { apiId: 'kt00007', count: 1 })
    await stage.until(trades(stage, 5), 'fills')
    await expectUnbroken(stage, expect)
  },
}
