import { ConfigurationError } from '../../../src/adapters/kiwoom/environment.ts'
import { createKiwoom } from '../../../src/adapters/kiwoom/kiwoom.ts'
import { DEMO_KEY } from '../../../src/apps/demo-settings.ts'
import { wallClock } from '../../../src/apps/system.ts'
import type { Network } from '../../../src/ports/network.ts'
import { expectUnbroken } from '../laws.ts'
import { trades } from '../looks.ts'
import type { Scenario } from '../scenario.ts'

const LIVE = { rest: 'https://api.kiwoom.com', socket: 'wss://api.kiwoom.com:10000' }
const MOCK = { rest: 'https://mockapi.kiwoom.com', socket: 'wss://mockapi.kiwoom.com:10000' }

/** Whatever is sent here would have reached somebody else's account. */
const forbidden: Network = {
  post: () => Promise.reject(new Error('a request left')),
  connect: () => {
    throw new Error('a line was opened')
  },
  close: async () => undefined,
}

export const wrongHost: Scenario = {
  row: 26,
  title: 'a key of one environment reaches no host of another',
  play: async (stage, expect) => {
    const { hosts } = stage
    const wrong = [
      ['simulated', LIVE],
      ['simulated', MOCK],
      ['simulated', { ...hosts, socket: LIVE.socket }],
      ['paper', LIVE],
      ['paper', hosts],
      ['paper', { ...MOCK, socket: LIVE.socket }],
      ['live', MOCK],
      ['live', hosts],
    ] as const
    for (const [environment, elsewhere] of wrong) {
      const connect = () =>
        createKiwoom({
          ...DEMO_KEY,
          network: forbidden,
          clock: wallClock,
          wall: wallClock,
          environment,
          hosts: elsewhere,
        })
      expect(connect).toThrow(ConfigurationError)
    }
    // And the one that belongs together trades.
    await stage.until(trades(stage, 1), 'a fill')
    await expectUnbroken(stage, expect)
  },
}
