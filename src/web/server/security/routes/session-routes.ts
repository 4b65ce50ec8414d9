import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  passkeyOptionsSchema,
  passkeyVerifySchema,
  secondFactorSchema,
  sessionSchema,
  signInSchema,
} from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import { by } from '../guard.ts'
import type { Parts } from '../parts.ts'
import { optionsToShow, shownPasskey } from '../passkeys.ts'
import { digestOf, hasFactor, withUser } from '../people.ts'
import { beginGuess, guessedRight, useCode, userByPassword } from '../proof.ts'
import { refusal } from '../refusals.ts'
import { sessionMessage } from '../session-message.ts'
import { raiseSession, signOut, startHalf, startSession, startVisitor } from '../sessions.ts'
import type { User } from '../store.ts'
import type { Visit } from '../visit.ts'

const OPEN = { access: 'open', audited: true } as const
const WRONG_MAX = 5

/** Signing in and out. Whoever calls these has no session yet, or half of one. */
export function sessionRoutes(server: Server, parts: Parts): void {
  const answers = { response: { 200: sessionSchema } }

  server.get('/session', { config: OPEN, schema: answers }, (request) => sessionMessage(parts, request))

  server.post(
    '/session',
    { config: OPEN, schema: { body: signInSchema, ...answers } },
    async (request, reply) => {
      const user = await userByPassword(parts, request, reply, request.body)
      await enterWithPassword(parts, request, reply, user)
      return sessionMessage(parts, request)
    },
  )

  server.post(
    '/session/second-factor',
    { config: OPEN, schema: { body: secondFactorSchema, ...answers } },
    async (request, reply) => {
      const user = userAsked(request.visit)
      await useCode(parts, request, reply, user, request.body).catch((error: unknown) => {
        countWrong(parts, request.visit)
        throw error
      })
      await factorGiven(parts, request, reply, user)
      return sessionMessage(parts, request)
    },
  )

  server.post(
    '/session/passkey/options',
    { config: OPEN, schema: { response: { 200: passkeyOptionsSchema } } },
    async (request, reply) => {
      const { visit } = request
      const secret = 'secret' in visit ? visit.secret : startVisitor(parts, request, reply)
      return { ...(await optionsToShow(parts, request, secret, 'user' in visit ? visit.user : undefined)) }
    },
  )

  server.post(
    '/session/passkey/verify',
    { config: OPEN, schema: { body: passkeyVerifySchema, ...answers } },
    async (request, reply) => {
      await enterWithPasskey(parts, request, reply, request.body.response)
      return sessionMessage(parts, request)
    },
  )

  server.delete('/session', { config: OPEN, schema: answers }, async (request, reply) => {
    if (request.visit.kind === 'token') throw refusal('session-needed')
    const who = by(request)
    await signOut(parts, request, reply)
    if (who.who !== '-') parts.audit.add({ ...who, what: 'sign-out' })
    return sessionMessage(parts, request)
  })
}

/** The second factor is asked for whenever there is one; nothing in the request can leave it out. */
export async function enterWithPassword(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
): Promise<void> {
  if (hasFactor(user)) {
    await startHalf(parts, request, reply, user)
    parts.audit.add({
      ...by(request),
      who: user.name,
      what: 'password-right',
      about: 'second factor asked for',
    })
    return
  }
  await startSession(parts, request, reply, { user, secondFactorAt: 0 })
  parts.audit.add({ ...by(request), who: user.name, via: 'session', what: 'sign-in', about: 'password' })
}

function userAsked(visit: Visit): User {
  if (visit.kind !== 'half' && visit.kind !== 'session') throw refusal('sign-in-needed')
  return visit.user
}

/** Who guesses codes begins at the password again. */
function countWrong(parts: Parts, visit: Visit): void {
  if (visit.kind !== 'half') return
  visit.half.wrong++
  if (visit.half.wrong >= WRONG_MAX) parts.known.halves.remove(digestOf(visit.secret))
}

async function factorGiven(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
): Promise<void> {
  const { visit } = request
  if (visit.kind === 'session') return raiseSession(parts, request, reply, visit)
  await startSession(parts, request, reply, { user, secondFactorAt: parts.clock.now() })
  parts.audit.add({ ...by(request), who: user.name, via: 'session', what: 'sign-in', about: 'second factor' })
}

type Shown = Parameters<typeof shownPasskey>[3]['response']

async function enterWithPasskey(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  response: Shown,
): Promise<void> {
  const { visit } = request
  const only = 'user' in visit ? visit.user : undefined
  const guess = beginGuess(parts, request, reply, only ? `factor:${only.id}` : `passkey:${response.id}`)
  const secret = 'secret' in visit ? visit.secret : ''
  const shown = shownPasskey(parts, request, secret, { response, ...(only && { only }) })
  const { user, passkey } = await shown.catch((error: unknown) => {
    countWrong(parts, visit)
    parts.audit.add({
      ...by(request),
      who: only?.name ?? '-',
      what: 'second-factor-failed',
      about: 'passkey',
    })
    throw error
  })
  guessedRight(parts, guess)
  await parts.store.change((stored) =>
    withUser(stored, user.id, (each) => ({
      ...each,
      passkeys: each.passkeys.map((own) => (own.id === passkey.id ? passkey : own)),
    })),
  )
  parts.audit.add({ ...by(request), who: user.name, what: 'second-factor', about: `passkey ${passkey.name}` })
  await factorGiven(parts, request, reply, user)
}
