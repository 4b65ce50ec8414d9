import { createMarket } from '../../src/matching/market.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import { krw, price, quantity } from '../../src/model/money.ts'
import { floorToTick } from '../../src/model/tick-size.ts'
import type { TradingDay } from '../../src/model/time.ts'
import type { KiwoomSimulator, SimulatedAccount } from '../../src/simulators/kiwoom/simulator.ts'
import type { EpochMs } from '../../src/std/clock.ts'
import { eventually } from '../contract/recorder.ts'

/** Somebody else at the same market, with so much of every name that prices do what the test wants. */
export interface HeavySeller {
  readonly account: SimulatedAccount
  /** Offers more than anyone takes at `to`, so that the price stays there, and sells at market until it has come. */
  press(core: KiwoomSimulator, name: InstrumentId, to: number): Promise<void>
}

const KEY = { appKey: 'heavy-app-key', secretKey: 'heavy-secret-key' }
const HOLDS = 1_000_000_000
/** 시장가 IOC: what finds no buyer at once does not stay in the way of others. */
const IOC_AT_MARKET = '13'
const AT_LIMIT = '0'
/** More than the crowd buys in a day. */
const WALL = 10_000_000
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
  /** The lowest price at which so much of a name stands already. */
  const walls = new Map<InstrumentId, number>()

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
      const sell = (shares: number, limit: string, kind: string) =>
        post(core, '/api/dostk/ordr', 'kt10001', {
          dmst_stex_tp: 'KRX',
          stk_cd: name,
          ord_qty: String(shares),
          ord_uv: limit,
          trde_tp: kind,
          cond_uv: '',
        })
      const listing = listings.find(({ instrument }) => instrument.id === name)
      if (!listing) throw new Error(`no ${name}`)
      const wall = floorToTick(listing.instrument, market.day, price(Math.floor(to)))
      if (wall < (walls.get(name) ?? Number.POSITIVE_INFINITY)) {
        walls.set(name, wall)
        sell(WALL, String(wall), AT_LIMIT)
      }
      await eventually(
        `${name} at ${to}`,
        () => {
          const tape = core.market.tape(name)
          if (!tape || tape.last <= to) return true
          const shares = Math.min(MOST, Math.max(LEAST, Math.round(tape.volume * STROKE)))
          if (!tape.inVi) sell(shares, '', IOC_AT_MARKET)
          core.step()
          return undefined
        },
        { withinMs: PATIENCE_MS },
      )
    },
  }
}
