import { nextTradingDay } from '../../model/calendar.ts'
import type { Clock } from '../../std/clock.ts'
import { averageFill, brokerOrders, type Customer } from './brokerage/customer.ts'
import type { Desk } from './brokerage/desk.ts'
import type { ConditionDesk } from './conditions/search.ts'
import { createDrills, type Drilled } from './drills.ts'
import { FAULTS, type FaultKind, type Faults, isFaultKind } from './faults.ts'
import { orderNumber } from './format.ts'
import type { MarketDay } from './market/market-day.ts'
import { isQuirkName, QUIRK_NAMES, type Quirks } from './quirks.ts'
import type { LiveSession } from './socket/live-session.ts'
import type { Publisher } from './socket/publisher.ts'
import type { Tokens } from './tokens.ts'

export interface ControlReply {
  readonly status: number
  readonly body: unknown
}

/** The port of the person who tests: ground truth and trouble. Not part of the vendor's interface. */
export type Control = (method: string, path: string, query: string, body: string) => ControlReply

interface ControlSettings {
  readonly settings: {
    readonly seed: number
    readonly day: string
    readonly profile: string
    readonly speed?: number
  }
  readonly market: () => MarketDay
  readonly customers: ReadonlyMap<string, Customer>
  readonly desk: Desk
  readonly conditions: ConditionDesk
  readonly faults: Faults
  readonly quirks: Quirks
  readonly tokens: Tokens
  readonly publisher: Publisher
  readonly wall: Clock
  readonly catchUp: () => void
}

const DEFAULT_SKEW_MS = 5_000
const DEFAULT_MAINTENANCE_MS = 5_000

const bad = (why: string): ControlReply => ({ status: 400, body: { error: why } })

const drilled = (result: Drilled): ControlReply =>
  result.ok ? { status: 200, body: result.body } : bad(result.why)

export function createControl(parts: ControlSettings): Control {
  const { customers, faults, quirks, publisher, conditions } = parts
  const drills = createDrills(parts)

  /** `?account=…`; the first account when absent. */
  const customerOf = (query: string): Customer | undefined => {
    const wanted = new URLSearchParams(query).get('account')
    return wanted === null ? [...customers.values()][0] : customers.get(wanted)
  }

  const status = (): ControlReply => {
    const { seed, day, profile, speed } = parts.settings
    const market = parts.market()
    return {
      status: 200,
      body: {
        seed,
        day,
        profile,
        speed: speed ?? 1,
        now: market.now(),
        phase: market.exchange.phase,
        nxtPhase: market.venue('NXT')?.phase ?? null,
        instruments: market.tapes.length,
        onNxt: market.inForm('NXT').length,
        sessions: publisher.sessions.size,
        published: publisher.published,
        conditions: Object.fromEntries(conditions.entries),
        faults: faults.pending,
        quirks: quirks.on,
      },
    }
  }

  const account = (customer: Customer): ControlReply => ({
    status: 200,
    body: {
      number: customer.number,
      balance: customer.account.balance(),
      buyingPower: buyingPowerOf(customer, parts.market()),
      totals: customer.account.totals(),
      holdings: customer.account.holdings(),
      fills: customer.account.fills(),
    },
  })

  const orders = (customer: Customer): ControlReply => ({
    status: 200,
    body: brokerOrders(customer).map(({ order, ticket }) => ({
      ...order,
      ordNo: orderNumber(order.number),
      typeCode: ticket.kind.code,
      route: ticket.route,
      venue: ticket.venue,
      ...(ticket.stop === undefined ? {} : { stop: ticket.stop }),
      exchangeNumber: ticket.exchangeNumber,
      averagePrice: averageFill(order),
    })),
  })

  const each = (act: (session: LiveSession) => void) => {
    for (const session of [...publisher.sessions]) act(session)
  }

  /** The faults that wait for nothing. */
  const happen = (kind: FaultKind, ms: number | undefined) => {
    switch (kind) {
      case 'halfOpen':
        return each((session) => session.freeze())
      case 'duplicateLogin':
        return each((session) => session.end('R10001'))
      case 'expireToken':
        return parts.tokens.expireAll()
      case 'clockSkew':
        faults.skewMs = ms ?? DEFAULT_SKEW_MS
        return
      case 'revokeToken':
        parts.tokens.expireAll()
        break
      case 'maintenance':
        faults.closedUntil = parts.wall.now() + (ms ?? DEFAULT_MAINTENANCE_MS)
        break
      default:
    }
    each((session) => session.drop())
  }

  const plan = (text: string): ControlReply => {
    const asked = parse(text)
    if (!asked) return bad('the body is a JSON object')
    const { kind, apiId, count, ms, mode, fields } = asked
    if (!isFaultKind(kind)) return bad(`kind is one of ${Object.keys(FAULTS).join(', ')}`)
    const sent = typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
    if (FAULTS[kind] === 'now') {
      happen(kind, sent)
      return { status: 200, body: { done: kind } }
    }
    const times = typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1
    faults.plan({
      kind,
      count: times,
      ...(typeof apiId === 'string' ? { apiId } : {}),
      ...(sent !== undefined && sent >= 0 ? { ms: sent } : {}),
      ...(typeof mode === 'string' ? { mode } : {}),
      ...(Array.isArray(fields) ? { fields: fields.filter((field) => typeof field === 'string') } : {}),
    })
    return { status: 200, body: { pending: faults.pending } }
  }

  const clear = (): ControlReply => {
    faults.clear()
    return { status: 200, body: { pending: faults.pending } }
  }

  const quirkList = (): ControlReply => ({ status: 200, body: { on: quirks.on, known: QUIRK_NAMES } })

  const switchQuirk = (text: string): ControlReply => {
    const asked = parse(text)
    if (!isQuirkName(asked?.name)) return bad(`name is one of ${QUIRK_NAMES.join(', ')}`)
    quirks.set(asked.name, asked.on !== false)
    return quirkList()
  }

  const expireTokens = (): ControlReply => {
    parts.tokens.expireAll()
    return { status: 200, body: { done: 'expireTokens' } }
  }

  return (method, path, query, body) => {
    parts.catchUp()
    const route = `${method} ${path}`
    if (route === 'GET /control/status') return status()
    if (route === 'POST /control/fault') return plan(body)
    if (route === 'DELETE /control/fault') return clear()
    if (route === 'GET /control/quirks') return quirkList()
    if (route === 'POST /control/quirk') return switchQuirk(body)
    if (route === 'POST /control/expire-tokens') return expireTokens()
    if (route === 'POST /control/halt') return drilled(drills.halt(parse(body)))
    if (route === 'POST /control/trip') return drilled(drills.trip(parse(body)))
    const customer = customerOf(query)
    if (!customer) return bad('no such account')
    if (route === 'GET /control/account') return account(customer)
    if (route === 'GET /control/orders') return orders(customer)
    if (route === 'POST /control/order') return drilled(drills.order(customer, parse(body)))
    return { status: 404, body: { error: `${route} is not a control route` } }
  }
}

/**
 * Buying power and everything it is made of, in won: cash after settlement (`entr` and what is unsettled, by settlement day)
 * less what open buys hold. `applied`: the margin rate the account pays, whatever the stock's own (`stock`).
 */
function buyingPowerOf({ account }: Customer, market: MarketDay) {
  const { entr, d1Buy, d1Sell, d2Buy, d2Sell, d2, held, buyingPower } = account.balance()
  const tomorrow = nextTradingDay(market.day)
  return {
    amount: buyingPower,
    cash: entr,
    unsettled: [
      { settles: tomorrow, buy: d1Buy, sell: d1Sell },
      { settles: nextTradingDay(tomorrow), buy: d2Buy, sell: d2Sell },
    ],
    afterSettlement: d2,
    held,
    holds: account
      .orders()
      .filter(({ hold }) => hold > 0)
      .map(({ number, instrument, hold }) => ({ ordNo: orderNumber(number), instrument, hold })),
    marginRates: Object.fromEntries(
      market.tapes.map(({ id, listing: { today } }) => [
        id,
        { stock: today.marginRate.numerator / today.marginRate.denominator, applied: 1 },
      ]),
    ),
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
