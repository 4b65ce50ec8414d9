import type { Bar } from '../model/bar.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { Interval } from '../model/interval.ts'
import type { VenueError } from '../model/venue-error.ts'
import type { Result } from '../std/result.ts'

/** What the broker remembers of the past. */
export interface BarHistory {
  /**
   * The newest bars that have closed, oldest first, adjusted for splits as of today: as many as one question gives.
   * A stretch without a trade has no bar.
   */
  bars(instrument: InstrumentId, interval: Interval): Promise<Result<readonly Bar[], VenueError>>
}
