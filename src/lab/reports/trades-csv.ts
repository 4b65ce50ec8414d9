import type { RoundTrip } from '../../model/position.ts'
import { kstClock, kstDay } from '../../model/time.ts'
import { csvLine, disarmed } from '../../std/csv.ts'

const HEAD =
  'instrument,name,quantity,opened_at,closed_at,buy_value,sell_value,buy_fees,sell_fees,tax,realized_pnl,entry,exit,exit_reason'

/** Every round trip as a line; times are those of Korea, money in won. */
export const tradesCsv = (trips: readonly RoundTrip[], nameOf: (instrument: string) => string): string =>
  [
    HEAD,
    ...trips.map((trip) =>
      csvLine(
        [
          trip.instrument,
          nameOf(trip.instrument),
          trip.quantity,
          moment(trip.openedAt),
          moment(trip.closedAt),
          trip.buyValue,
          trip.sellValue,
          trip.buyFees,
          trip.sellFees,
          trip.tax,
          trip.realizedPnl,
          trip.entry,
          trip.exit,
          trip.exitReason,
        ].map(disarmed),
      ),
    ),
    '',
  ].join('\r\n')

const moment = (at: number): string => `${kstDay(at)} ${kstClock(at)}`
