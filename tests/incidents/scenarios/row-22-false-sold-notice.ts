import { expectUnbroken, toldFills } from '../laws.ts'
import type { Scenario } from '../scenario.ts'

export const falseSoldNotice: Scenario = {
  row: 22,
  title: 'people hear of a sale when the broker has sold, not when we asked',
  play: async (stage, expect) => {
    await stage.fault('loseRequestBeforeAccept', { apiId: 'kt10001', count: 3 })
    await stage.fault('serverError', { apiId: 'kt10001', mode: 'empty', count: 2 })
    await stage.until(() => stage.trader.view().roundTrips.length >= 2, 'round trips')
    await expectUnbroken(stage, expect)
    expect(toldFills(stage)).toBe((await stage.fills()).length)
  },
}
