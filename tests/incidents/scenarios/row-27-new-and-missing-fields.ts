import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'
import { ENDLESS } from '../stage.ts'

export const newAndMissingFields: Scenario = {
  row: 27,
  title: 'new fields disturb nobody, and missing ones are not read as nothing',
  play: async (stage, expect) => {
    await stage.fault('missingFields', { apiId: 'kt00018', fields: ['rmnd_qty'], count: 2 })
    await stage.fault('missingFields', { apiId: 'kt00001', count: 1 })
    await stage.fault('missingFields', { apiId: '00', fields: ['911'], count: 1 })
    for (const apiId of ['kt10000', 'kt10001', 'kt00007', 'kt00018', 'kt00001', 'ka10100', '00', '0B', '02'])
      await stage.fault('extraFields', { apiId, count: ENDLESS })
    await stage.until(trades(stage, 6), 'fills')
    await expectUnbroken(stage, expect)
  },
}
