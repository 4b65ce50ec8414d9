import { chooseVenue, type RoutedOrder, venueViewOf } from '../../../matching/sor.ts'
import type { Exchange } from '../../../matching/types.ts'
import type { KoreanRoute, KoreanVenue } from '../../../model/instrument.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import type { BusinessRefusal } from '../refusals.ts'

/** `undefined` when the venue is not open that day. */
export type Venues = (venue: KoreanVenue) => Exchange | undefined

/**
 * Where an order goes. SOR decides on arrival and the order stays there, whatever the prices do later; one that no venue
 * takes goes to the one that is open, whose refusal the customer then reads. KRX is the broker's venue for orders that wait
 * (assumed). Source: rule book §1.4.
 */
export function venueFor(
  route: KoreanRoute,
  order: RoutedOrder,
  venue: Venues,
): Result<KoreanVenue, BusinessRefusal> {
  if (route !== 'SOR') return ok(route)
  const [krx, nxt] = [venue('KRX'), venue('NXT')]
  const choice = chooseVenue(order, { krx: venueViewOf(krx, order), nxt: venueViewOf(nxt, order) })
  if (choice.ok) return choice
  if (choice.error.code === 'typeNotRouted') return err('orderType')
  const isOpen = (exchange: Exchange | undefined) =>
    exchange?.state(order.instrument) !== undefined && exchange.phase !== 'closed'
  return ok(!isOpen(krx) && isOpen(nxt) ? 'NXT' : 'KRX')
}
