import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type UserMessage,
  userAddSchema,
  userChangeSchema,
  userLinkSchema,
  userSchema,
  usersSchema,
} from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import { by } from '../guard.ts'
import { makeLink, resetLink } from '../links.ts'
import type { Parts } from '../parts.ts'
import { activeOwners, hasFactor, userNamed, userOf, without, withUser } from '../people.ts'
import { refusal } from '../refusals.ts'
import type { Stored, User } from '../store.ts'
import { newUser } from './entry-routes.ts'

/** Changing any of it asks for a fresh second factor: the guard sees to that for everything of `admin` that is no GET. */
const ADMIN = { access: 'admin', bySession: true, audited: true } as const
const byId = z.object({ id: z.string().max(64) })
const USERS_MAX = 100

/** The people who may use this Garam; for its owners. */
export function userRoutes(server: Server, parts: Parts): void {
  server.get('/users', { config: { access: 'admin' }, schema: { response: { 200: usersSchema } } }, () =>
    parts.store.view().users.map((user) => messageOf(parts, user)),
  )

  server.post(
    '/users',
    { config: ADMIN, schema: { body: userAddSchema, response: { 200: userLinkSchema } } },
    async (request) => {
      const { name, role } = request.body
      const stored = parts.store.view()
      if (userNamed(stored, name) || stored.users.length >= USERS_MAX) throw refusal('name-taken')
      const user = newUser(
        Buffer.from(parts.secretBytes(9)).toString('base64url'),
        name,
        role,
        parts.clock.now(),
      )
      await parts.store.change((before) => ({ ...before, users: [...before.users, user] }))
      parts.audit.add({ ...by(request), what: 'user-added', about: name, after: { role } })
      return withLink(parts, user, await makeLink(parts, 'password', user.id))
    },
  )

  server.patch(
    '/users/:id',
    { config: ADMIN, schema: { params: byId, body: userChangeSchema, response: { 200: userSchema } } },
    async (request) => {
      const user = named(parts, request.params.id)
      const { role = user.role, disabled = user.disabled } = request.body
      await keepingAnOwner(parts, (stored) => ({
        ...withUser(stored, user.id, (each) => ({ ...each, role, disabled })),
        // Other rights, another session (and a socket that was let in with the old ones ends).
        sessions: stored.sessions.filter((session) => session.user !== user.id),
      }))
      const before = { role: user.role, disabled: user.disabled }
      parts.audit.add({
        ...by(request),
        what: 'user-changed',
        about: user.name,
        before,
        after: { role, disabled },
      })
      return messageOf(parts, named(parts, user.id))
    },
  )

  server.delete(
    '/users/:id',
    { config: ADMIN, schema: { params: byId, response: { 200: usersSchema } } },
    async (request) => {
      const user = named(parts, request.params.id)
      await keepingAnOwner(parts, (stored) => withoutUser(stored, user.id))
      parts.audit.add({ ...by(request), what: 'user-removed', about: user.name, before: { role: user.role } })
      return parts.store.view().users.map((each) => messageOf(parts, each))
    },
  )

  server.post(
    '/users/:id/reset',
    { config: ADMIN, schema: { params: byId, response: { 200: userLinkSchema } } },
    async (request: FastifyRequest<{ Params: { id: string } }>) => {
      const user = named(parts, request.params.id)
      const link = await resetLink(parts, user.id, false)
      parts.audit.add({ ...by(request), what: 'user-reset', about: user.name })
      return withLink(parts, named(parts, user.id), link)
    },
  )
}

function named({ store }: Parts, id: string): User {
  const user = userOf(store.view(), id)
  if (!user) throw refusal('not-found')
  return user
}

/** A house without an owner can be entered by nobody. */
function keepingAnOwner({ store }: Parts, edit: (stored: Stored) => Stored): Promise<void> {
  const before = store.view()
  if (activeOwners(before).length > 0 && activeOwners(edit(before)).length === 0) throw refusal('last-owner')
  return store.change(edit)
}

const withoutUser = (stored: Stored, id: string): Stored => ({
  ...stored,
  users: without(stored.users, 'id', id),
  sessions: without(stored.sessions, 'user', id),
  tokens: without(stored.tokens, 'user', id),
  links: stored.links.filter((link) => link.user !== id),
})

const withLink = (
  parts: Parts,
  user: User,
  { path, until }: { readonly path: string; readonly until: number },
) => ({
  user: messageOf(parts, user),
  link: path,
  until,
})

function messageOf({ store }: Parts, user: User): UserMessage {
  const seen = store
    .view()
    .sessions.filter((session) => session.user === user.id)
    .map((session) => session.lastSeenAt)
  const { id, name, role, createdAt, disabled } = user
  return {
    id,
    name,
    role,
    createdAt,
    disabled,
    lastSeenAt: Math.max(0, ...seen),
    active: user.password !== undefined || user.passkeys.length > 0,
    secondFactor: hasFactor(user),
  }
}
