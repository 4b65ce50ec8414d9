import type { FastifyReply, FastifyRequest } from 'fastify'
import { enterReplySchema, enterSchema, sessionSchema, setupSchema } from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import { by } from '../guard.ts'
import type { Parts } from '../parts.ts'
import { weakness } from '../passwords.ts'
import { activeOwners, linkOf, userNamed, userOf, without, withUser } from '../people.ts'
import { refusal, weakPassword } from '../refusals.ts'
import { sessionMessage } from '../session-message.ts'
import { startSession } from '../sessions.ts'
import type { Stored, StoredLink, User } from '../store.ts'
import { enterWithPassword } from './session-routes.ts'

const OPEN = { access: 'open', audited: true } as const

/** One-time links: the first owner, an invitation, a forgotten password, the demo. */
export function entryRoutes(server: Server, parts: Parts): void {
  server.post(
    '/enter',
    { config: OPEN, schema: { body: enterSchema, response: { 200: enterReplySchema } } },
    async (request, reply) => {
      const link = linkOf(parts.store.view(), request.body.token, parts.clock.now())
      if (link?.kind === 'demo') {
        await enterDemo(parts, request, reply, link)
        return { next: 'signed-in' as const, session: sessionMessage(parts, request) }
      }
      // The page was opened again by somebody who is in already.
      if (!link && request.visit.kind === 'session')
        return { next: 'signed-in' as const, session: sessionMessage(parts, request) }
      const name = usable(parts, request, link).user?.name
      return { next: 'choose-password' as const, ...(name !== undefined && { name }) }
    },
  )

  server.post(
    '/setup',
    { config: OPEN, schema: { body: setupSchema, response: { 200: sessionSchema } } },
    async (request, reply) => {
      const { token, password } = request.body
      const find = () => usable(parts, request, linkOf(parts.store.view(), token, parts.clock.now()))
      const { user } = find()
      const name = user?.name ?? newName(parts, request.body.name)
      const weak = weakness(password, name)
      if (weak) throw weakPassword(weak)
      const hashed = await parts.passwords.hash(password)
      // Meanwhile somebody else may have used it.
      const { link } = find()
      const chosen = user ? user.id : Buffer.from(parts.secretBytes(9)).toString('base64url')
      await parts.store.change((stored) =>
        withoutLink(
          user ? withPassword(stored, chosen, hashed) : withOwner(parts, stored, { chosen, name, hashed }),
          link,
        ),
      )
      parts.audit.add({
        ...by(request),
        who: name,
        what: user ? 'password-set' : 'owner-made',
        about: 'by link',
      })
      await enterWithPassword(parts, request, reply, present(parts, chosen))
      return sessionMessage(parts, request)
    },
  )
}

interface Usable {
  readonly link: StoredLink
  readonly user?: User
}

/** What a link may still do: not a second owner's, not one for somebody who is gone. */
function usable(parts: Parts, request: FastifyRequest, link: StoredLink | undefined): Usable {
  const stored = parts.store.view()
  const user = link?.user === undefined ? undefined : userOf(stored, link.user)
  const isGood =
    link?.kind === 'owner'
      ? activeOwners(stored).length === 0
      : link?.kind === 'password' && user && !user.disabled
  if (link && isGood) return { link, ...(user && { user }) }
  parts.audit.add({ ...by(request), what: 'refused', about: 'bad-link' })
  throw refusal('bad-link')
}

function newName(parts: Parts, name: string | undefined): string {
  if (name === undefined) throw refusal('name-needed')
  if (userNamed(parts.store.view(), name)) throw refusal('name-taken')
  return name
}

const withoutLink = (stored: Stored, link: StoredLink): Stored => ({
  ...stored,
  links: without(stored.links, 'hash', link.hash),
})

const withPassword = (stored: Stored, id: string, password: string): Stored => ({
  ...withUser(stored, id, (user) => ({ ...user, password })),
  sessions: stored.sessions.filter((session) => session.user !== id),
})

function withOwner(
  { clock }: Parts,
  stored: Stored,
  { chosen, name, hashed }: { readonly chosen: string; readonly name: string; readonly hashed: string },
): Stored {
  const owner: User = { ...newUser(chosen, name, 'owner', clock.now()), password: hashed }
  return { ...stored, users: [...stored.users, owner] }
}

export const newUser = (id: string, name: string, role: User['role'], createdAt: number): User => ({
  id,
  name,
  role,
  createdAt,
  disabled: false,
  recovery: [],
  passkeys: [],
})

function present({ store }: Parts, id: string): User {
  const user = userOf(store.view(), id)
  if (!user) throw refusal('bad-link')
  return user
}

const DEMO = 'demo'

async function enterDemo(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  link: StoredLink,
): Promise<void> {
  if (!parts.options.demo) usable(parts, request, undefined)
  await parts.store.change((stored) => {
    const users = userOf(stored, DEMO)
      ? stored.users
      : [...stored.users, newUser(DEMO, DEMO, 'owner', parts.clock.now())]
    return { ...stored, users, links: without(stored.links, 'hash', link.hash) }
  })
  const user = present(parts, DEMO)
  await startSession(parts, request, reply, { user, secondFactorAt: parts.clock.now() })
  parts.audit.add({
    ...by(request),
    who: user.name,
    via: 'session',
    what: 'sign-in',
    about: 'link of the demo',
  })
}
