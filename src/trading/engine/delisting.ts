import { currencyOf } from '../../model/home-venue.ts'
import { noticeOfExit } from '../notify/notice.ts'
import { type Desk, nameOf, tellTold } from './desk.ts'
import type { Delisted } from './events.ts'
import { forgetPosition } from './leaving.ts'

const REASON = '상장폐지 · delisting'

/** Nobody is asked: the shares are gone from the books for what was paid, and nothing of the instrument is wanted any more. */
export function onDelisted(desk: Desk, { instrument, paid, at }: Delisted): void {
  desk.candidates.drop(instrument)
  if (desk.ledger.delist(instrument, paid, at, REASON) === undefined) return
  forgetPosition(desk, instrument)
  const trip = desk.ledger.roundTrips.at(-1)
  if (trip)
    tellTold(desk, {
      ...noticeOfExit(nameOf(desk, instrument), trip, currencyOf(desk.venue)),
      level: 'warning',
    })
}
