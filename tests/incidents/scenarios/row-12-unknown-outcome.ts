import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const unknownOutcome: Scenario = {
  row: 12,
  title: 'an unknown outcome is neither taken for a rejection nor for an order',
  play: async (stage, expect) => {
    await stage.fault('loseReplyAfterAccept', { apiId: 'kt10000', count: 2 })
    await stage.fault('loseRequestBeforeAccept', { apiId: 'kt10000', count: 2 })
    await stage.fault('serverError', { apiId: 'kt10000', mode: 'taken' })
    await stage.fault('loseReplyAfterAccept', { apiId: 'kt10001', count: 1 })
    await stage.until(trades(stage, 6), 'fills')
    await expectUnbroken(stage, expect)
  },
}
