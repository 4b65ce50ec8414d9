import { isUrgent } from '../laws.ts'
import { isLive } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

/** Not of the list, but of the vendor's own rules: a newer login of the same key ends ours. */
export const anotherLogin: Scenario = {
  row: 0,
  title: 'another login of the key is alarmed, and not fought over',
  play: async (stage, expect) => {
    await stage.until(isLive(stage), 'the line')
    await stage.fault('duplicateLogin')
    await stage.until(() => isUrgent(stage, /같은 앱키로 다른 곳에서 접속/), 'the alarm')
    await stage.wait(2_500)
    expect(stage.trader.health().feed.state).toBe('down')
  },
}
