import type { FastifyRequest } from 'fastify'
import type { SessionMessage } from '../../contract/session.ts'
import type { Parts } from './parts.ts'
import { activeOwners } from './people.ts'
import type { User } from './store.ts'
import { csrfOf, isFresh } from './visit.ts'

const factorsOf = (user: User): NonNullable<SessionMessage['factors']> => ({
  totp: user.totp !== undefined,
  passkeys: user.passkeys.length,
  recoveryLeft: user.recovery.length,
})

/** What the visitor is told of himself. */
export function sessionMessage({ options, store, clock }: Parts, { visit }: FastifyRequest): SessionMessage {
  const isDemo = options.demo === true
  const demo = isDemo && { demo: true }
  if (visit.kind === 'nobody' || visit.kind === 'visitor') {
    const isNew = !isDemo && activeOwners(store.view()).length === 0
    return { state: isNew ? 'owner-needed' : 'signed-out', ...demo }
  }
  // Their name and role are told when the second factor is there too.
  if (visit.kind === 'half')
    return { state: 'second-factor', csrf: csrfOf(visit.secret), factors: factorsOf(visit.user), ...demo }
  const { id, name, role } = visit.user
  const user = { id, name, role }
  if (visit.kind === 'token') return { state: 'signed-in', user, ...demo }
  return {
    state: 'signed-in',
    user,
    csrf: csrfOf(visit.secret),
    factors: factorsOf(visit.user),
    secondFactorFresh: isDemo || isFresh(visit.session, clock.now()),
    ...demo,
  }
}
