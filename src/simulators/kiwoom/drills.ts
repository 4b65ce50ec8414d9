import type { KoreanRoute } from '../../model/instrument.ts'
import type { Customer } from './brokerage/customer.ts'
import type { Desk } from './brokerage/desk.ts'
import { orderNumber } from './format.ts'
import type { MarketDay } from './market/market-day.ts'

/** What the control port was asked, as JSON gave it; `undefined`: it was no object. */
export type Asked = Readonly<Record<string, unknown>> | undefined

/** What was done, or why nothing was. */
export type Drilled =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly why: string }

/** What somebody else does to the market or to the account. */
export interface Drills {
  /** 거래정지 at KRX, which NXT follows: `{"instrument", "on"?}`. */
  halt(asked: Asked): Drilled
  /** 서킷브레이커: `{"market", "stage"?}`. */
  trip(asked: Asked): Drilled
  /** An order by the customer's own hand, as in the HTS: `{"instrument", "side", "quantity", "limit"?, "type"?, "route"?, "stop"?}`. */
  order(customer: Customer, asked: Asked): Drilled
}

const MARKETS = ['KOSPI', 'KOSDAQ'] as const
const STAGES = [1, 2, 3] as const
const SIDES = ['buy', 'sell'] as const
const ROUTES: readonly KoreanRoute[] = ['KRX', 'NXT', 'SOR']
const LIMIT = '0'
const MARKET = '3'

const no = (why: string): Drilled => ({ ok: false, why })
const done = (body: unknown): Drilled => ({ ok: true, body })

const oneOf = <T>(list: readonly T[], value: unknown): T | undefined => list.find((each) => each === value)

const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

export function createDrills(parts: { readonly market: () => MarketDay; readonly desk: Desk }): Drills {
  const tapeOf = (asked: Asked) => parts.market().tape(String(asked?.instrument ?? ''))

  return {
    halt(asked) {
      const tape = tapeOf(asked)
      if (!tape) return no('instrument is the code of a listed name')
      const on = asked?.on !== false
      parts.market().exchange.halt(tape.id, on)
      return done({ instrument: tape.id, halted: on })
    },
    trip(asked) {
      const market = oneOf(MARKETS, asked?.market)
      const stage = oneOf(STAGES, asked?.stage ?? 1)
      if (!market || !stage) return no(`market is one of ${MARKETS.join(', ')}; stage is 1, 2 or 3`)
      if (parts.market().exchange.trip(market, stage)) return done({ market, stage })
      return no(
        `stage ${stage} cannot go off in ${market} now: not in this session, twice a day, or in a stop`,
      )
    },
    order(customer, asked) {
      const tape = tapeOf(asked)
      const side = oneOf(SIDES, asked?.side)
      const route = oneOf(ROUTES, asked?.route ?? 'KRX')
      const [shares, limit, stop] = [
        whole(asked?.quantity),
        whole(asked?.limit ?? 0),
        whole(asked?.stop ?? 0),
      ]
      if (!tape) return no('instrument is the code of a listed name')
      if (!side || !route) return no('side is buy or sell; route is KRX, NXT or SOR')
      if (shares === undefined || limit === undefined || stop === undefined)
        return no('quantity, limit and stop are whole numbers')
      if (route === 'NXT' && !parts.market().isOnNxt(tape.id)) return no(`${tape.id} is not on NXT`)
      const typeCode = typeof asked?.type === 'string' ? asked.type : limit > 0 ? LIMIT : MARKET
      const wish = { tape, side, route, typeCode, limit, stop, quantity: shares, channel: '영웅문4' } as const
      const placed = parts.desk.place(customer, wish)
      if (!placed.ok) return no(placed.why)
      const venue = customer.tickets.get(placed.order.number)?.venue
      return done({ ordNo: orderNumber(placed.order.number), route, venue })
    },
  }
}
