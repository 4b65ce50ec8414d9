import type { Side } from '../model/order.ts'
import {
  type FuturesMove,
  SIDECAR_LASTS_MS,
  SIDECAR_SUSTAINED_MS,
  sidecarSide,
  sidecarWindow,
} from '../model/sidecar.ts'
import type { EpochMs } from '../std/clock.ts'
import type { Floor } from './floor.ts'
import type { IndexName } from './indexes.ts'

interface Watched {
  side: Side | undefined
  since: EpochMs
  isDone: boolean
}

/**
 * 사이드카: takes in how far the futures have moved, and tells when program orders of one side have to wait. Once a day and
 * market. It stops no order here, because nobody here is a program. Source: rule book §1.8.
 */
export function createSidecarWatch(floor: Floor): (market: IndexName, move: FuturesMove) => void {
  const watched: Readonly<Record<IndexName, Watched>> = {
    KOSPI: { side: undefined, since: 0, isDone: false },
    KOSDAQ: { side: undefined, since: 0, isDone: false },
  }

  const goOff = (market: IndexName, side: Side) => {
    const window = sidecarWindow(floor.day)
    if (window === undefined || floor.now < window.from || floor.now > window.to) return
    watched[market].isDone = true
    floor.emit({ kind: 'sidecar', market, side, state: 'on', at: floor.now })
    floor.agenda.at(floor.now + SIDECAR_LASTS_MS, () =>
      floor.emit({ kind: 'sidecar', market, side, state: 'off', at: floor.now }),
    )
  }

  return (market, move) => {
    const its = watched[market]
    const side = sidecarSide(market, move)
    if (its.isDone || side === its.side) return
    const since = floor.now
    Object.assign(its, { side, since })
    if (side === undefined) return
    floor.agenda.at(since + SIDECAR_SUSTAINED_MS, () => {
      if (!its.isDone && its.side === side && its.since === since) goOff(market, side)
    })
  }
}
