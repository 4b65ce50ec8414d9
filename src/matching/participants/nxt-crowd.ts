import { sessionsOf } from '../../model/sessions.ts'
import type { Exchange } from '../types.ts'
import { createNxtLife } from './nxt-life.ts'
import { PROFILES } from './profile.ts'
import {
  createTurns,
  FIRST_LOOK_MS,
  type KrxCrowd,
  type VenueCrowd,
  type VenueCrowdSettings,
} from './venue-crowd.ts'

export interface NxtCrowdSettings extends VenueCrowdSettings {
  readonly krx: Exchange
  readonly leader: KrxCrowd
}

/** Those who trade at NXT: a name whose crowd at KRX stays away all day (it is halted) has none here either. */
export function createNxtCrowd({ exchange, krx, leader, random, profile }: NxtCrowdSettings): VenueCrowd {
  const windows = sessionsOf(exchange.venue, exchange.day)
  const { pace } = PROFILES[profile]
  const turns = createTurns()
  for (const listing of exchange.listings()) {
    const { id } = listing.instrument
    const leading = leader.life(id)
    if (leading === undefined) continue
    const own = random.fork(`crowd ${id}`)
    const life = createNxtLife({ exchange, krx, leader: leading, listing, windows, pace, random: own })
    turns.join(life, exchange.now + own.int(1, FIRST_LOOK_MS))
  }
  return turns
}
