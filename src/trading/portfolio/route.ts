import type { Broker, BrokerEnvironment } from '../../model/broker.ts'
import type { Denial } from '../../model/denial.ts'
import type { Designation, InstrumentClass, Route } from '../../model/instrument.ts'
import type { OrderType, Purpose } from '../../model/order.ts'
import { mayExtend, phaseOnRoute, routeDenial } from '../../model/route-rules.ts'
import type { OrderRouting } from '../../model/settings.ts'
import type { EpochMs } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'

export interface RouteQuestion {
  readonly routing: OrderRouting
  readonly at: EpochMs
  readonly broker: Broker
  readonly environment: BrokerEnvironment
  readonly class: InstrumentClass
  readonly designations: readonly Designation[]
  /** Is it on NXT's list? `undefined`: not told yet. */
  readonly onNxt: boolean | undefined
  readonly inVi: boolean
  readonly purpose: Purpose
  /** Order types that would do, best first. */
  readonly types: readonly OrderType[]
}

export interface Routed {
  readonly venue: Route
  readonly type: OrderType
  /** Which of the types it is. */
  readonly choice: number
}

/** The wished route, then where an exit still gets out while that one is shut. KRX alone has every Korean issue. */
const IN_TURN: Readonly<Record<Route, readonly Route[]>> = {
  KRX: ['KRX'],
  NXT: ['NXT', 'KRX'],
  SOR: ['SOR', 'KRX', 'NXT'],
  US: ['US'],
}

/**
 * Where does an order of one of these types go now? The first route of the settings that takes one of them, and of its types
 * the first. A router or NXT is passed over for an issue that is not, or not known to be, on NXT's list.
 * Errors: the reason of the wished route, or of KRX where NXT does not trade the issue. Source: the tables of `routeDenial`.
 */
export function routeFor(question: RouteQuestion): Result<Routed, Denial> {
  let first: Denial | undefined
  for (const venue of IN_TURN[question.routing.route]) {
    for (const [choice, type] of question.types.entries()) {
      const denial = routeDenial({
        broker: question.broker,
        environment: question.environment,
        venue,
        phase: phaseOnRoute(venue, question.at),
        type,
        timeInForce: 'day',
        class: question.class,
        designations: question.designations,
        onNxt: question.onNxt,
        inCallAuction: question.inVi,
        extended: mayExtend(question.routing, question.purpose),
      })
      if (!denial) return ok({ venue, type, choice })
      if (first === undefined || first.code === 'notOnNxt') first = denial
    }
  }
  return err(first ?? { code: 'wrongSession', phase: phaseOnRoute('KRX', question.at), type: 'market' })
}

/** The route that an order would be refused on when none takes it: its own, or KRX for an issue NXT does not trade. */
export const homeRoute = (routing: OrderRouting, onNxt: boolean | undefined): Route =>
  onNxt === true || routing.route === 'US' ? routing.route : 'KRX'
