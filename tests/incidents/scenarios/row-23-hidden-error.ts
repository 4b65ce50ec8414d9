import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const hiddenError: Scenario = {
  row: 23,
  title: "a server's failure is told with its code, not as a delay",
  play: async (stage, expect) => {
    await stage.fault('serverError', { apiId: 'kt10000', mode: 'html', count: 2 })
    await stage.until(() => stage.notices.some(({ ko }) => ko.includes('502')), 'the code')
    await stage.until(trades(stage), 'fills')
    await expectUnbroken(stage, expect)
  },
}
