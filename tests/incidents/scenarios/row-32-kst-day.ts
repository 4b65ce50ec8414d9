import { readdir } from 'node:fs/promises'
import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

/** The first trading day after 추석 2026 (24 to 26 September, and the weekend). 09:00 in Seoul is still Sunday in New York. */
const AFTER_HOLIDAYS = '2026-09-28'

export const kstDay: Scenario = {
  row: 32,
  title: 'the day is the one of Seoul, whatever the machine calls it, and a clock that is off breaks nothing',
  stage: { day: AFTER_HOLIDAYS },
  play: async (stage, expect) => {
    const { TZ } = process.env
    process.env.TZ = 'America/New_York'
    try {
      expect(new Date(stage.trader.view().now).getDay()).toBe(0)
      await stage.restart()
      expect(stage.trader.view().day).toBe(AFTER_HOLIDAYS)
      await stage.until(trades(stage, 2), 'fills')
      await stage.fault('clockSkew', { ms: 20_000 })
      await stage.until(trades(stage, 2), 'fills')
      await stage.fault('clockSkew', { ms: -20_000 })
      await stage.until(trades(stage, 2), 'fills')
      await expectUnbroken(stage, expect)
      const days = (await readdir(stage.trader.journal)).filter((name) => name.endsWith('.jsonl'))
      expect(days).toEqual([`${AFTER_HOLIDAYS}.jsonl`])
    } finally {
      if (TZ === undefined) delete process.env.TZ
      else process.env.TZ = TZ
    }
  },
}
