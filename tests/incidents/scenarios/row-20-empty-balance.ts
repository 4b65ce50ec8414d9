import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { expectUnbroken, isUrgent } from '../laws.ts'
import { holds, ownShares, sharesOf } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

const patientStops = { ...demoSettings().exits, maxHoldMs: 30 * 60_000 }

export const emptyBalance: Scenario = {
  row: 20,
  title: 'an empty balance answer takes no position and no stop away',
  stage: { settings: { ...demoSettings(), exits: patientStops } },
  play: async (stage, expect) => {
    await stage.until(holds(stage), 'a position')
    stage.trader.command({ do: 'pauseBuying' })
    await stage.wait(1_500)
    // Again and again, for minutes: said often, it is still no word on the shares.
    const looks = () => stage.requests.filter((id) => id === 'kt00018').length
    const asked = looks()
    await stage.fault('emptyBalance', { count: 10 })
    await stage.until(() => looks() >= asked + 5, 'five looks')
    expect(isUrgent(stage, /원장이 증권사와 다릅니다/)).toBe(true)
    expect(isUrgent(stage, /원장을 정정했습니다/)).toBe(false)
    // What was not sold by its stop meanwhile is held with its stop.
    await stage.until(async () => sharesOf(await stage.fills()) === ownShares(stage), 'all shares known')
    for (const { stopPrice } of stage.trader.view().positions) expect(stopPrice).toBeGreaterThan(0)
    await expectUnbroken(stage, expect)
  },
}
