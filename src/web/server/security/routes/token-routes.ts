import { z } from 'zod'
import { SCOPES_OF } from '../../../contract/access.ts'
import { tokenAddSchema, tokenMadeSchema, tokensSchema } from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import { by } from '../guard.ts'
import type { Parts } from '../parts.ts'
import { digestOf, userOf, without } from '../people.ts'
import { refusal } from '../refusals.ts'
import type { StoredToken, User } from '../store.ts'
import { TOKEN_START } from '../visit.ts'
import { mine } from './me-routes.ts'

const MINE = { access: 'read', bySession: true, audited: true } as const
const byId = z.object({ id: z.string().max(64) })
const DAY_MS = 86_400_000
const TOKENS_MAX = 50

/** Personal access tokens, for programs. They never do what asks for a second factor. */
export function tokenRoutes(server: Server, parts: Parts): void {
  const shown = (user: User) =>
    parts.store
      .view()
      .tokens.filter((token) => token.user === user.id || user.role === 'owner')
      .map((token) => messageOf(parts, token))

  server.get('/tokens', { config: MINE, schema: { response: { 200: tokensSchema } } }, (request) =>
    shown(mine(request).user),
  )

  server.post(
    '/tokens',
    {
      config: { ...MINE, raisesRisk: true },
      schema: { body: tokenAddSchema, response: { 200: tokenMadeSchema } },
    },
    async (request) => {
      const { user } = mine(request)
      const { name, scopes, days } = request.body
      if (scopes.some((scope) => !SCOPES_OF[user.role].includes(scope))) throw refusal('not-allowed')
      const secret = `${TOKEN_START}${Buffer.from(parts.secretBytes(32)).toString('base64url')}`
      const now = parts.clock.now()
      const token: StoredToken = {
        id: Buffer.from(parts.secretBytes(9)).toString('base64url'),
        hash: digestOf(secret),
        user: user.id,
        name,
        scopes: [...new Set(scopes)],
        createdAt: now,
        expiresAt: now + days * DAY_MS,
        lastUsedAt: 0,
      }
      await parts.store.change((stored) => ({
        ...stored,
        tokens: [...stored.tokens.filter((each) => now < each.expiresAt), token].slice(-TOKENS_MAX),
      }))
      parts.audit.add({ ...by(request), what: 'token-made', about: name, after: { scopes, days } })
      return { token: messageOf(parts, token), secret }
    },
  )

  /** Taking rights away never asks for a second factor. */
  server.delete(
    '/tokens/:id',
    { config: MINE, schema: { params: byId, response: { 200: tokensSchema } } },
    async (request) => {
      const { user } = mine(request)
      const token = parts.store.view().tokens.find((each) => each.id === request.params.id)
      if (!token || (token.user !== user.id && user.role !== 'owner')) throw refusal('not-found')
      await parts.store.change((stored) => ({ ...stored, tokens: without(stored.tokens, 'id', token.id) }))
      parts.audit.add({ ...by(request), what: 'token-revoked', about: token.name })
      return shown(user)
    },
  )
}

function messageOf({ store }: Parts, { hash: _, user, scopes, ...rest }: StoredToken) {
  return { ...rest, scopes: [...scopes], user: userOf(store.view(), user)?.name ?? '-' }
}
