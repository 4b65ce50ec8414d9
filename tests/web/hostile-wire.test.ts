import { afterEach, describe, expect, it } from 'vitest'
import { startTrader } from '../../src/apps/start-trader.ts'
import { wallClock } from '../../src/apps/system.ts'
import { openFolder } from '../../src/apps/testing/recording-io.ts'
import type { RunningTrader } from '../../src/apps/trader.ts'
import { conditionId, type InstrumentId } from '../../src/model/ids.ts'
import { quantity } from '../../src/model/money.ts'
import type { Network } from '../../src/ports/network.ts'
import { STANDARD_CONDITIONS } from '../../src/simulators/kiwoom/conditions/rules.ts'
import { buyRule, settings } from '../../src/trading/engine/testing/morning.ts'
import { liveStateSchema } from '../../src/web/contract/live.ts'
import { liveStateOf } from '../../src/web/server/live/live-state.ts'
import { type KiwoomStand, openKiwoomStand } from '../contract/kiwoom-stand.ts'
import { until } from './demo.ts'
import { END, FORMULA, IMAGE, VECTOR } from './hostile-texts.ts'

/** What nobody sees, and what turns the direction of all that follows. */
const UNSEEN = '\u202E\u200F\u001B\u0007\u0000'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** The broker's answers to this API carry these fields in place of their own. */
const spoiling =
  (apiId: string, fields: object) =>
  (network: Network): Network => ({
    ...network,
    post: async (lane, request) => {
      const reply = await network.post(lane, request)
      if (request.headers['api-id'] !== apiId) return reply
      return { ...reply, body: JSON.stringify({ ...JSON.parse(reply.body), ...fields }) }
    },
  })

describe('a hostile text of the broker', () => {
  it('goes from the wire to the message for a screen letter by letter, without what nobody sees', async () => {
    const stand = await openKiwoomStand({
      ...{ at: '09:01', speed: 20, seed: 7, marketSize: 12 },
      conditions: STANDARD_CONDITIONS.map((rule, index) => ({
        ...rule,
        name: index === 0 ? VECTOR + UNSEEN : FORMULA + rule.seq,
      })),
    })
    ends.push(() => stand.close())
    const trader = await traderOf(stand)
    const code = [...stand.core.market.listings].find(({ today }) => !today.halted)?.instrument.id
    if (!code) throw new Error('nothing trades')
    await order(trader, code)
    const shown = await until('the broker refuses', () => {
      const view = trader.view()
      return view.happenings.some(({ ko }) => ko.includes(END)) ? view : undefined
    })
    const message = liveStateSchema.parse(
      liveStateOf(
        {
          ...{ view: shown, settings: trader.settings(), environment: 'simulated', speed: 1 },
          ...trader.health(),
          shownAt: trader.shownAt(),
        },
        'up',
      ),
    )
    const names = Object.values(message.conditions).map(({ id, name }) => [id, name])
    expect(names).toEqual([
      ['0', VECTOR],
      ['8', `${FORMULA}8`],
    ])
    const said = Object.values(message.happenings).map(({ ko }) => ko)
    expect(
      said.filter((ko) => ko.startsWith(`${IMAGE} `) && ko.includes(`거부했습니다: [2000](RC4025:${END})`)),
    ).toHaveLength(1)
    expect(JSON.stringify(message)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]|\\u00/u)
  })
})

async function traderOf(stand: KiwoomStand): Promise<RunningTrader> {
  const { folder, remove } = await openFolder()
  const refusal = { return_code: 20, return_msg: `[2000](RC4025:${END})${UNSEEN}` }
  const kiwoom = stand.connect((network) =>
    spoiling('ka10100', { name: IMAGE + UNSEEN })(spoiling('kt10000', refusal)(network)),
  )
  const wanted = settings({ buys: [buyRule({ condition: conditionId(VECTOR) })] })
  const started = await startTrader({
    settings: {
      ...wanted,
      sells: wanted.sells.map((rule) => ({ ...rule, condition: conditionId(`${FORMULA}8`) })),
    },
    ...{ environment: 'simulated', appKey: '', secretKey: '', hosts: { rest: '', socket: '' } },
    ...{ journalFolder: folder, clock: stand.clock, wall: wallClock, kiwoom },
    network: {
      post: () => Promise.reject(new Error('unused')),
      connect: () => {
        throw new Error('unused')
      },
      close: async () => undefined,
    },
    notifier: { notify: () => undefined },
    onFatal: (error) => {
      throw error
    },
  })
  if (!started.ok) throw new Error(started.error.text)
  ends.unshift(
    () => started.value.stop(),
    () => remove(),
  )
  return started.value
}

/** Below the market, so that nothing comes of it but the broker's answer. */
async function order(trader: RunningTrader, instrument: InstrumentId): Promise<void> {
  const below = { kind: 'limit', from: 'last', ticks: -5 } as const
  await trader.give({ do: 'order', instrument, side: 'buy', quantity: quantity(1), order: below }, 'test')
}
