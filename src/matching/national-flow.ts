import type { Random } from '../std/random.ts'
import type { Flow } from './flow.ts'
import type { NationalMarket } from './national-market.ts'
import { createNxtCrowd } from './participants/nxt-crowd.ts'
import type { FlowProfile } from './participants/profile.ts'
import { createKrxCrowd } from './participants/venue-crowd.ts'

export interface NationalFlowSettings {
  readonly market: NationalMarket
  readonly random: Random
  readonly profile?: FlowProfile
}

/**
 * Participants at both venues: those of `createFlow` at KRX, order for order the same as without NXT, and a smaller crowd
 * at NXT whose opinion of each name follows theirs, so that the prices of both venues stay close and are seldom equal.
 *
 * It drives the market: nobody else may move its time. Before NXT existed, and when nothing is on its list, it is the flow
 * of KRX. Source of the shape: our choice.
 */
export function createNationalFlow({ market, random, profile = 'normal' }: NationalFlowSettings): Flow {
  const { krx, nxt } = market
  const leader = createKrxCrowd({ exchange: krx, random, profile })
  const follower = nxt && createNxtCrowd({ exchange: nxt, krx, leader, random: random.fork('NXT'), profile })

  return {
    advanceTo(to) {
      for (;;) {
        const next = follower !== undefined && follower.nextAt() < leader.nextAt() ? follower : leader
        if (next.nextAt() > to) break
        market.advanceTo(next.nextAt())
        next.act()
      }
      market.advanceTo(to)
    },
    get refusals() {
      return leader.refusals + (follower?.refusals ?? 0)
    },
  }
}
