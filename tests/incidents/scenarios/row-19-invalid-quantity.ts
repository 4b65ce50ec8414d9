import { demoSettings } from '../../../src/apps/demo-settings.ts'
import { expectUnbroken } from '../laws.ts'
import { holds } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

/** Nothing in these settings sells for a quarter of an hour but a loss of a quarter. */
const noReasonToSell = {
  ...demoSettings(),
  sells: [],
  exits: {
    stopLossRatio: 0.25,
    trailing: [],
    order: { kind: 'market' },
    protectiveOrder: { kind: 'market' },
  },
} as const

export const invalidQuantity: Scenario = {
  row: 19,
  title: 'quantities that are missing or cannot be read sell nothing',
  stage: { settings: noReasonToSell },
  play: async (stage, expect) => {
    await stage.until(holds(stage), 'a position')
    stage.trader.command({ do: 'pauseBuying' })
    await stage.wait(1_000)
    for (const fields of [['rmnd_qty'], ['trde_able_qty'], ['rmnd_qty', 'trde_able_qty', 'pur_amt']])
      await stage.fault('missingFields', { apiId: 'kt00018', fields, count: 2 })
    await stage.fault('missingFields', {
      apiId: 'kt00007',
      fields: ['ord_qty', 'cntr_qty', 'ord_remnq'],
      count: 1,
    })
    const looks = () => stage.requests.filter((id) => id === 'kt00018').length
    const asked = looks()
    await stage.until(() => looks() >= asked + 6, 'six looks')
    expect((await stage.orders()).filter(({ side }) => side === 'sell')).toEqual([])
    await stage.forget()
    await expectUnbroken(stage, expect)
  },
}
