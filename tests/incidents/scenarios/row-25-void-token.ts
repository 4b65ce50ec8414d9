import { expectUnbroken, isUrgent } from '../laws.ts'
import { isLive, trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const voidToken: Scenario = {
  row: 25,
  title: 'tokens that are void and a house that closes for maintenance end in trading again',
  stage: { hurry: 20 },
  play: async (stage, expect) => {
    await stage.until(trades(stage, 1), 'fills')
    await stage.fault('expireToken')
    await stage.until(trades(stage, 1), 'fills with a new token')
    await stage.fault('revokeToken')
    await stage.until(isLive(stage), 'the line is back')
    await stage.fault('maintenance', { ms: 1_500 })
    await stage.until(() => isUrgent(stage, /시세 연결이 끊겼습니다/), 'the alarm')
    await stage.wait(1_500)
    await stage.until(isLive(stage), 'the line is back')
    await stage.until(trades(stage, 2), 'fills after maintenance')
    await expectUnbroken(stage, expect)
  },
}
