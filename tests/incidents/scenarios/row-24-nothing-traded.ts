import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { krw } from '../../../src/model/money.ts'
import type { Scenario } from '../scenario.ts'

const { limits, ...others } = demoSettings()
/** No purchase of the demo is so small. */
const tooStrict = { ...others, limits: { ...limits, maxAmountPerInstrument: krw(10_000) } }

export const nothingTraded: Scenario = {
  row: 24,
  title: 'a trader that buys nothing says why, for every candidate',
  stage: { settings: tooStrict },
  play: async (stage, expect) => {
    await stage.until(() => stage.trader.view().refusals.length >= 10, 'ten refusals')
    const { refusals, conditions } = stage.trader.view()
    for (const { name, denial } of refusals) expect([name, denial.code]).not.toContain('')
    expect(conditions.some(({ entered }) => entered > 0)).toBe(true)
    expect(await stage.orders()).toEqual([])
    expect(stage.requests).not.toContain('kt10000')
  },
}
