import { conditionId, instrumentId } from '../../src/model/ids.ts'
import { price } from '../../src/model/money.ts'
import { STANDARD_CONDITIONS } from '../../src/simulators/kiwoom/conditions/rules.ts'
import type { FeedStand } from './feed-stand.ts'
import { openKiwoomStand } from './kiwoom-stand.ts'

/** Forty seconds before a lively opening, half a minute for a second. */
export async function openKiwoomFeed(): Promise<FeedStand> {
  const stand = await openKiwoomStand({ at: '08:59:20', speed: 30, seed: 7, marketSize: 120 })
  return {
    feed: stand.connect().feed,
    names: stand.core.market.listings
      .filter(({ today }) => !today.halted)
      .toSorted((a, b) => b.previousVolume * b.today.basePrice - a.previousVolume * a.today.basePrice)
      .map(({ instrument, today }) => ({
        listing: instrument,
        basePrice: price(today.basePrice),
        band: stand.core.market.tape(instrument.id)?.band,
      })),
    unknown: instrumentId('999990'),
    conditions: STANDARD_CONDITIONS.map(({ seq, name }) => ({ id: conditionId(seq), name })),
    dropLines: async () => {
      await stand.control('POST', '/fault', { kind: 'dropSocket' })
    },
    close: () => stand.close(),
  }
}
