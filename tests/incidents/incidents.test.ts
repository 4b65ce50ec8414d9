import { describe, it } from 'vitest'
import { SCENARIOS } from './scenarios.ts'
import { openStage } from './stage.ts'

/** Real time at 60 times its speed: a busy machine needs patience. */
const TIMEOUT_MS = 120_000

/** The table that ties each scenario to its complaint and its rule: docs/incidents.md. */
describe.concurrent('incidents of the field', () => {
  it.for(SCENARIOS)('row $row: $title', { timeout: TIMEOUT_MS }, async (scenario, { expect }) => {
    const stage = await openStage({ seed: 7, ...scenario.stage })
    try {
      await scenario.play(stage, expect)
    } finally {
      await stage.close()
    }
  })
})
