import { createMarket } from '../../src/matching/market.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import { krw, quantity } from '../../src/model/money.ts'
import type { TradingDay } from '../../src/model/time.ts'
import type { KiwoomSimulator, SimulatedAccount } from '../../src/simulators/kiwoom/simulator.ts'
import type { EpochMs } from '../../src/std/clock.ts'
import { eventually } from '../contract/recorder.ts'

/** Somebody else at the same market, with so much of every name that prices do what the test wants. */
export interface HeavySeller {
  readonly account: SimulatedAccount
  /** Sells at market until the last price is at or below `to`. */
  press(core: KiwoomSimulator, name: InstrumentId, to: number): Promise<void>
}

const KEY = { appKey: 'heavy-app-key', secretKey: 'heavy-secret-key' }
const HOLDS = 1_000_000_000
/** 시장가 IOC: what finds no buyer at once does not stay in the way of others. */
const IOC_AT_MARKET = '13'
/** Of what was traded so far, at one stroke. */
const STROKE = 0.02
const LEAST = 100
const MOST = 20_000
const PATIENCE_MS = 30_000

export function createHeavySeller(market: {
  readonly seed: number
  readonly day: TradingDay
  readonly startAt: EpochMs
  readonly size: number
}): HeavySeller {
  const { listings } = createMarket(market)
  let authorization = ''

  const post = (core: KiwoomSimulator, path: string, apiId: string, body: unknown) => {
    const headers = { 'api-id': apiId, authorization }
    const reply = core.handle({ method: 'POST', path, headers, body: JSON.stringify(body) })
    return reply === 'drop' ? {} : (JSON.parse(reply.body) as Readonly<Record<string, unknown>>)
  }

  return {
    account: {
      ...KEY,
      number: '9876543210',
      cash: krw(0),
      holdings: listings.map(({ instrument }) => ({
        instrument: instrument.id,
        quantity: quantity(HOLDS),
        cost: krw(HOLDS),
      })),
    },
    press: async (core, name, to) => {
      const issue = { grant_type: 'client_credentials', appkey: KEY.appKey, secretkey: KEY.secretKey }
      authorization = `Bearer ${String(post(core, '/oauth2/token', 'au10001', issue).token)}`
      await eventually(
        `${name} at ${to}`,
        () => {
          const tape = core.market.tape(name)
          if (!tape || tape.last <= to) return true
          const shares = Math.min(MOST, Math.max(LEAST, Math.round(tape.volume * STROKE)))
          const sale = {
            dmst_stex_tp: 'KRX',
            stk_cd: name,
            ord_qty: String(shares),
            ord_uv: '',
            trde_tp: IOC_AT_MARKET,
            cond_uv: '',
          }
          if (!tape.inVi) post(core, '/api/dostk/ordr', 'kt10001', sale)
          core.step()
          return undefined
        },
        { withinMs: PATIENCE_MS },
      )
    },
  }
}
