import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { isUrgent } from '../laws.ts'
import { holds } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const cashDrift: Scenario = {
  row: 14,
  title: 'a trade made elsewhere moves the cash, and is alarmed within minutes',
  stage: { settings: { ...demoSettings(), buys: [] } },
  play: async (stage, expect) => {
    await stage.until(() => stage.trader.view().accountKnown, 'the account')
    await stage.wait(500)
    await stage.byPhone()
    await stage.until(() => isUrgent(stage, /원장이 증권사와 다릅니다/), 'the alarm')
    await stage.until(holds(stage), 'the holding taken over')
    const proof = await stage.trader.proof()
    expect(proof.difference).toMatchObject({ cash: 0, positions: 0 })
  },
}
