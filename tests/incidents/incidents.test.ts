import { describe, it } from 'vitest'
import { OTHER_LOGIN, SCENARIOS, WILD_STREAM } from './scenarios.ts'
import { openStage } from './stage.ts'

/** The table that ties each scenario to its complaint and its rule: docs/incidents.md. */
describe.concurrent('incidents of the field', () => {
  it.each([...SCENARIOS, WILD_STREAM, OTHER_LOGIN])(
    'row $row: $title',
    async (scenario) => {
      const stage = await openStage({ seed: 7, ...scenario.stage })
      try {
        await scenario.play(stage)
      } finally {
        await stage.close()
      }
    },
    60_000,
  )
})
