import { expectUnbroken } from '../laws.ts'
import { holds } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

export const phantomHolding: Scenario = {
  row: 21,
  title: 'a phantom holding, and one told twice, do not enter the books',
  play: async (stage, expect) => {
    await stage.until(holds(stage), 'a position')
    await stage.fault('phantomHolding', { mode: 'twice', count: 2 })
    await stage.wait(1_200)
    await stage.fault('phantomHolding', { mode: 'stranger', count: 1 })
    await stage.wait(1_200)
    await expectUnbroken(stage, expect)
  },
}
