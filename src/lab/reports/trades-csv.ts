import { currencyOf, type HomeVenue, localClock, localDay } from '../../model/home-venue.ts'
import { type Money, unitsOf } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import { csvLine, disarmed } from '../../std/csv.ts'

const HEAD =
  'instrument,name,quantity,opened_at,closed_at,buy_value,sell_value,buy_fees,sell_fees,tax,realized_pnl,entry,exit,exit_reason'

/** Every round trip as a line; times are those of the exchange, money in won or, for the US, in dollars with decimals. */
export function tradesCsv(
  trips: readonly RoundTrip[],
  nameOf: (instrument: string) => string,
  home: HomeVenue = 'KRX',
): string {
  const moment = (at: number): string => `${localDay(home, at)} ${localClock(home, at)}`
  const units = unitsOf(currencyOf(home))
  const money = (amount: Money): number => amount / units
  return [
    HEAD,
    ...trips.map((trip) =>
      csvLine(
        [
          trip.instrument,
          nameOf(trip.instrument),
          trip.quantity,
          moment(trip.openedAt),
          moment(trip.closedAt),
          money(trip.buyValue),
          money(trip.sellValue),
          money(trip.buyFees),
          money(trip.sellFees),
          money(trip.tax),
          money(trip.realizedPnl),
          trip.entry,
          trip.exit,
          trip.exitReason,
        ].map(disarmed),
      ),
    ),
    '',
  ].join('\r\n')
}
