import type { FastifyRequest } from 'fastify'
import type { Trouble } from '../trouble.ts'
import { addressKey } from './addresses.ts'
import type { Buckets } from './buckets.ts'
import { by } from './guard.ts'
import { isReading } from './origin.ts'
import type { Parts } from './parts.ts'

/** A flood of refusals must not fill the disk; what is left out is counted. */
const OF_ONE_ADDRESS = { burst: 30, perSecond: 0.2 }
const OF_ALL = { burst: 300, perSecond: 2 }

export interface RefusalLog {
  refused(request: FastifyRequest, trouble: Trouble): void
  /** Of somebody whose request never came to an end. */
  cutOff(from: string, why: string): void
}

/** Writes refusals to the audit log. A screen whose session has run out and that asks on is no attack. */
export function createRefusalLog({
  audit,
  buckets,
}: Pick<Parts, 'audit'> & { buckets: Buckets }): RefusalLog {
  let leftOut = 0

  const add = (address: string, who: ReturnType<typeof by>, about: string) => {
    if (buckets.take(`log:${addressKey(address)}`, OF_ONE_ADDRESS) > 0 || buckets.take('log', OF_ALL) > 0) {
      leftOut++
      return
    }
    const more = leftOut > 0 ? `, ${leftOut} more not written` : ''
    leftOut = 0
    audit.add({ ...who, what: 'refused', about: `${about}${more}` })
  }

  return {
    refused: (request, trouble) => {
      const { method, headers } = request
      if (trouble.kind === 'sign-in-needed' && isReading(method) && headers.upgrade === undefined) return
      add(request.ip, by(request), `${trouble.kind}: ${method} ${request.routeOptions.url ?? 'unknown path'}`)
    },
    cutOff: (from, why) => add(from, { who: '-', from, via: 'none' }, why),
  }
}
