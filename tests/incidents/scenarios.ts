import type { Scenario } from './scenario.ts'
import { anotherLogin } from './scenarios/row-0-another-login.ts'
import { restartDuplicates } from './scenarios/row-11-restart-duplicates.ts'
import { unknownOutcome } from './scenarios/row-12-unknown-outcome.ts'
import { fillsLostWithTheLine } from './scenarios/row-13-fills-lost-with-the-line.ts'
import { wildStream } from './scenarios/row-13-wild-stream.ts'
import { boughtBesideAStop } from './scenarios/row-14-bought-beside-a-stop.ts'
import { cashDrift } from './scenarios/row-14-cash-drift.ts'
import { lostSnapshots } from './scenarios/row-15-lost-snapshots.ts'
import { cancelLoops } from './scenarios/row-16-cancel-loops.ts'
import { filledBehindA429 } from './scenarios/row-17-filled-behind-a-429.ts'
import { boughtAgain } from './scenarios/row-18-bought-again.ts'
import { invalidQuantity } from './scenarios/row-19-invalid-quantity.ts'
import { emptyBalance } from './scenarios/row-20-empty-balance.ts'
import { phantomHolding } from './scenarios/row-21-phantom-holding.ts'
import { falseSoldNotice } from './scenarios/row-22-false-sold-notice.ts'
import { hiddenError } from './scenarios/row-23-hidden-error.ts'
import { nothingTraded } from './scenarios/row-24-nothing-traded.ts'
import { voidToken } from './scenarios/row-25-void-token.ts'
import { wrongHost } from './scenarios/row-26-wrong-host.ts'
import { newAndMissingFields } from './scenarios/row-27-new-and-missing-fields.ts'
import { lineThatDies } from './scenarios/row-28-line-that-dies.ts'
import { repeatedPages } from './scenarios/row-29-repeated-pages.ts'
import { cancelVenue, cancelVenueNxt, cancelVenueSor } from './scenarios/row-30-cancel-venue.ts'
import { orderTypes } from './scenarios/row-31-order-types.ts'
import { kstDay } from './scenarios/row-32-kst-day.ts'
import { mockServer } from './scenarios/row-33-mock-server.ts'

/** In the order of the rows; docs/incidents.md ties each to its complaint and to the rule that removed the cause. */
export const SCENARIOS: readonly Scenario[] = [
  restartDuplicates,
  unknownOutcome,
  fillsLostWithTheLine,
  wildStream,
  cashDrift,
  boughtBesideAStop,
  lostSnapshots,
  cancelLoops,
  filledBehindA429,
  boughtAgain,
  invalidQuantity,
  emptyBalance,
  phantomHolding,
  falseSoldNotice,
  hiddenError,
  nothingTraded,
  voidToken,
  wrongHost,
  newAndMissingFields,
  lineThatDies,
  repeatedPages,
  cancelVenue,
  cancelVenueNxt,
  cancelVenueSor,
  orderTypes,
  kstDay,
  mockServer,
  anotherLogin,
]
