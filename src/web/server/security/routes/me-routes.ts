import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  confirmPasswordSchema,
  passkeyAddSchema,
  passkeyNameSchema,
  passkeyOptionsSchema,
  passkeysSchema,
  passwordChangeSchema,
  recoveryCodesSchema,
  sessionSchema,
  sessionsSchema,
  totpConfirmSchema,
  totpStartSchema,
} from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import { by, checkFactor } from '../guard.ts'
import type { Parts } from '../parts.ts'
import { madePasskey, optionsToAdd } from '../passkeys.ts'
import { weakness } from '../passwords.ts'
import { activeOwners, hasFactor, userOf, withUser } from '../people.ts'
import { checkPassword, proveAgain } from '../proof.ts'
import { refusal, weakPassword } from '../refusals.ts'
import { newRecoveryCodes, newTotp, recoveryDigest, sealTotp, stepOf } from '../second-factor.ts'
import { sessionMessage } from '../session-message.ts'
import { endSessions, raiseSession } from '../sessions.ts'
import type { User } from '../store.ts'
import { isAlive, type SessionVisit } from '../visit.ts'

const MINE = { access: 'read', bySession: true, audited: true } as const
const byId = z.object({ id: z.string().max(1_400) })
const PASSKEYS_MAX = 20

/** One's own account: factors, password, devices. Tokens have no business here. */
export function meRoutes(server: Server, parts: Parts): void {
  totpRoutes(server, parts)
  passkeyRoutes(server, parts)
  deviceRoutes(server, parts)

  server.post(
    '/me/recovery-codes',
    { config: MINE, schema: { response: { 200: recoveryCodesSchema } } },
    async (request) => {
      const visit = mine(request)
      checkFactor(parts, visit)
      const recoveryCodes = [...newRecoveryCodes(parts.secretBytes)]
      await changeUser(parts, request, (user) => ({ ...user, recovery: recoveryCodes.map(recoveryDigest) }))
      parts.audit.add({ ...by(request), what: 'recovery-codes-made' })
      return { recoveryCodes, session: sessionMessage(parts, request) }
    },
  )

  server.put(
    '/me/password',
    { config: MINE, schema: { body: passwordChangeSchema, response: { 200: sessionSchema } } },
    async (request, reply) => {
      const visit = mine(request)
      const { current, next } = request.body
      if (hasFactor(visit.user)) checkFactor(parts, visit)
      await checkPassword(parts, request, reply, visit.user, current)
      const weak = weakness(next, visit.user.name)
      if (weak) throw weakPassword(weak)
      const password = await parts.passwords.hash(next)
      await changeUser(parts, request, (user) => ({ ...user, password }))
      await endOthers(parts, visit)
      parts.audit.add({ ...by(request), what: 'password-changed' })
      return sessionMessage(parts, request)
    },
  )
}

function totpRoutes(server: Server, parts: Parts): void {
  server.post(
    '/me/totp',
    { config: MINE, schema: { body: confirmPasswordSchema, response: { 200: totpStartSchema } } },
    async (request, reply) => {
      const visit = mine(request)
      await proveAgain(parts, request, reply, { visit, password: request.body.password })
      const made = await newTotp(parts.secretBytes, visit.user.name)
      parts.totps.put(visit.session.id, made.secret)
      return made
    },
  )

  server.post(
    '/me/totp/confirm',
    { config: MINE, schema: { body: totpConfirmSchema, response: { 200: recoveryCodesSchema } } },
    async (request, reply) => {
      const visit = mine(request)
      const secret = parts.totps.get(visit.session.id)
      const lastStep = secret && stepOf(secret, request.body.code, parts.clock.now())
      if (secret === undefined || typeof lastStep !== 'number') throw refusal('wrong-code')
      parts.totps.remove(visit.session.id)
      const sealed = sealTotp(parts.key, visit.user.id, secret, parts.secretBytes)
      const totp = { sealed, lastStep }
      return factorAdded(parts, request, reply, { add: (user) => ({ ...user, totp }), about: 'totp' })
    },
  )

  server.delete(
    '/me/totp',
    { config: MINE, schema: { response: { 200: sessionSchema } } },
    async (request) => {
      await removeFactor(parts, request, ({ totp: _, ...rest }) => rest, 'totp')
      return sessionMessage(parts, request)
    },
  )
}

function passkeyRoutes(server: Server, parts: Parts): void {
  server.get('/me/passkeys', { config: MINE, schema: { response: { 200: passkeysSchema } } }, (request) =>
    mine(request).user.passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt,
      lastUsedAt,
    })),
  )

  server.post(
    '/me/passkeys/options',
    { config: MINE, schema: { body: confirmPasswordSchema, response: { 200: passkeyOptionsSchema } } },
    async (request, reply) => {
      const visit = mine(request)
      await proveAgain(parts, request, reply, { visit, password: request.body.password })
      return { ...(await optionsToAdd(parts, request, visit.secret, visit.user)) }
    },
  )

  server.post(
    '/me/passkeys',
    { config: MINE, schema: { body: passkeyAddSchema, response: { 200: recoveryCodesSchema } } },
    async (request, reply) => {
      const visit = mine(request)
      const made = await madePasskey(parts, request, visit.secret, request.body)
      const { users } = parts.store.view()
      const isKnown = users.some((user) => user.passkeys.some(({ id }) => id === made.id))
      if (isKnown || visit.user.passkeys.length >= PASSKEYS_MAX) throw refusal('wrong-passkey')
      const add = (user: User): User => ({ ...user, passkeys: [...user.passkeys, made] })
      return factorAdded(parts, request, reply, { add, about: `passkey ${made.name}` })
    },
  )

  server.patch(
    '/me/passkeys/:id',
    {
      config: MINE,
      schema: { params: byId, body: passkeyNameSchema, response: { 200: passkeysSchema.length(0) } },
    },
    async (request) => {
      const { id } = request.params
      const { name } = request.body
      const found = mine(request).user.passkeys.find((each) => each.id === id)
      if (!found) throw refusal('not-found')
      await changeUser(parts, request, (user) => ({
        ...user,
        passkeys: user.passkeys.map((each) => (each.id === id ? { ...each, name } : each)),
      }))
      parts.audit.add({ ...by(request), what: 'passkey-renamed', about: `${found.name} → ${name}` })
      return []
    },
  )

  server.delete(
    '/me/passkeys/:id',
    { config: MINE, schema: { params: byId, response: { 200: sessionSchema } } },
    async (request) => {
      const { id } = request.params
      const found = mine(request).user.passkeys.find((each) => each.id === id)
      if (!found) throw refusal('not-found')
      const remove = (user: User): User => ({
        ...user,
        passkeys: user.passkeys.filter((each) => each.id !== id),
      })
      await removeFactor(parts, request, remove, `passkey ${found.name}`)
      return sessionMessage(parts, request)
    },
  )
}

function deviceRoutes(server: Server, parts: Parts): void {
  server.get('/me/sessions', { config: MINE, schema: { response: { 200: sessionsSchema } } }, (request) => {
    const { user, session } = mine(request)
    return parts.store
      .view()
      .sessions.filter((each) => each.user === user.id && isAlive(each, parts.clock.now()))
      .map(({ id, createdAt, lastSeenAt, address, device }) => ({
        id,
        createdAt,
        lastSeenAt,
        address,
        device,
        current: id === session.id,
      }))
  })

  server.delete(
    '/me/sessions/:id',
    { config: MINE, schema: { params: byId, response: { 200: sessionsSchema.length(0) } } },
    async (request) => {
      const { user } = mine(request)
      const { id } = request.params
      if (!parts.store.view().sessions.some((each) => each.id === id && each.user === user.id))
        throw refusal('not-found')
      await endSessions(parts, (each) => each.id === id && each.user === user.id)
      parts.audit.add({ ...by(request), what: 'device-signed-out' })
      return []
    },
  )

  server.delete(
    '/me/sessions',
    { config: MINE, schema: { response: { 200: sessionsSchema.length(0) } } },
    async (request) => {
      await endOthers(parts, mine(request))
      parts.audit.add({ ...by(request), what: 'other-devices-signed-out' })
      return []
    },
  )
}

/** The guard lets nobody without a session come here. */
export function mine({ visit }: FastifyRequest): SessionVisit {
  if (visit.kind !== 'session') throw refusal('session-needed')
  return visit
}

const endOthers = (parts: Parts, { session, user }: SessionVisit): Promise<void> =>
  endSessions(parts, (each) => each.user === user.id && each.id !== session.id)

async function changeUser(parts: Parts, request: FastifyRequest, edit: (user: User) => User): Promise<User> {
  const visit = mine(request)
  await parts.store.change((stored) => withUser(stored, visit.user.id, edit))
  const user = userOf(parts.store.view(), visit.user.id) ?? visit.user
  request.visit = { ...visit, user }
  return user
}

interface Added {
  readonly add: (user: User) => User
  readonly about: string
}

/** The first factor brings recovery codes. It counts as given, and sessions that never saw one end. */
async function factorAdded(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { add, about }: Added,
) {
  const { user } = mine(request)
  const isFirst = !hasFactor(user)
  const recoveryCodes = isFirst ? [...newRecoveryCodes(parts.secretBytes)] : []
  const recovery = recoveryCodes.map(recoveryDigest)
  await changeUser(parts, request, (each) => (isFirst ? { ...add(each), recovery } : add(each)))
  if (isFirst) await endOthers(parts, mine(request))
  await raiseSession(parts, request, reply, mine(request))
  parts.audit.add({ ...by(request), what: 'factor-added', about })
  return { recoveryCodes, session: sessionMessage(parts, request) }
}

async function removeFactor(
  parts: Parts,
  request: FastifyRequest,
  remove: (user: User) => User,
  about: string,
): Promise<void> {
  const visit = mine(request)
  checkFactor(parts, visit)
  if (!hasFactor(remove(visit.user)) && isLastProtected(parts, visit.user)) throw refusal('last-factor')
  const user = await changeUser(parts, request, remove)
  if (!hasFactor(user)) await changeUser(parts, request, (each) => ({ ...each, recovery: [] }))
  await endOthers(parts, visit)
  parts.audit.add({ ...by(request), what: 'factor-removed', about })
}

function isLastProtected({ options, store }: Parts, user: User): boolean {
  if (!options.exposed || user.role !== 'owner') return false
  return !activeOwners(store.view()).some((each) => each.id !== user.id && hasFactor(each))
}
