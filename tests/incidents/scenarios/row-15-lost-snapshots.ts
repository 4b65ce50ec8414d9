import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expectUnbroken } from '../laws.ts'
import { holds, trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

/** The snapshots are what others keep in a database: quick to read, and no record. */
export const lostSnapshots: Scenario = {
  row: 15,
  title: 'without its snapshots the trader still knows its orders, positions and stops',
  play: async (stage, expect) => {
    await stage.until(holds(stage), 'a position')
    await stage.until(trades(stage, 2), 'fills')
    await stage.restart((folder) => rm(join(folder, 'snapshots'), { recursive: true }))
    expect(stage.trader.view().counts.fills).toBeGreaterThan(0)
    await stage.until(
      async () => stage.trader.view().counts.fills === (await stage.fills()).length,
      'all fills',
    )
    await stage.until(trades(stage, 2), 'trading goes on')
    await expectUnbroken(stage, expect)
  },
}
