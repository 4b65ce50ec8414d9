import { demoSettings } from '../../../src/apps/demo-settings.ts'
import type { TradingSettings } from '../../../src/model/settings.ts'
import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

const quickToCancel: TradingSettings['unfilled'] = {
  ...demoSettings().unfilled,
  buy: { afterMs: 10_000, then: 'cancel', times: 0, finally: 'cancel' },
}

export const cancelLoops: Scenario = {
  row: 16,
  title: 'cancels that fail are repeated a few times, never for ever',
  stage: { settings: { ...demoSettings(), unfilled: quickToCancel } },
  play: async (stage, expect) => {
    await stage.fault('serverError', { apiId: 'kt10003', count: 2 })
    await stage.fault('loseReplyAfterAccept', { apiId: 'kt10003', count: 1 })
    await stage.until(trades(stage, 2), 'fills')
    await expectUnbroken(stage, expect)
    const cancels = stage.requests.filter((id) => id === 'kt10003').length
    expect(cancels).toBeLessThanOrEqual(2 * stage.trader.view().counts.orders + 10)
  },
}
