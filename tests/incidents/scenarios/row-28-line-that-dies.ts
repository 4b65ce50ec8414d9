import { expectUnbroken, isUrgent } from '../laws.ts'
import { holds, isLive, trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const lineThatDies: Scenario = {
  row: 28,
  title: 'a line that dies, goes silent or speaks in fragments is noticed, replaced, and stops are not blind',
  stage: { hurry: 20 },
  play: async (stage, expect) => {
    await stage.until(holds(stage), 'a position')
    await stage.fault('corruptFrame', { count: 5 })
    await stage.fault('dropSocket')
    await stage.until(() => isUrgent(stage, /시세 연결이 끊겼습니다/), 'the alarm')
    await stage.until(isLive(stage), 'the line is back')
    await stage.fault('halfOpen')
    await stage.until(() => isUrgent(stage, /60초 동안 소식 없음/), 'the silence is noticed')
    await stage.until(isLive(stage), 'the line is back')
    await stage.until(trades(stage, 2), 'fills')
    await expectUnbroken(stage, expect)
  },
}
