import type { Clock } from '../../../std/clock.ts'
import { digestOf } from './people.ts'
import type { SecretBytes } from './security.ts'
import type { Store, StoredLink } from './store.ts'

const LINKS_MAX = 50
const HOUR_MS = 3_600_000
/** The first owner sits at the terminal; somebody invited reads the message later. */
const GOOD_FOR_MS = { owner: HOUR_MS, demo: 24 * HOUR_MS, password: 24 * HOUR_MS } as const

export interface LinkMaking {
  readonly store: Store
  readonly clock: Clock
  readonly secretBytes: SecretBytes
}

export interface EntryLink {
  /** `/enter/…` */
  readonly path: string
  readonly until: number
}

/** A one-time link of 256 bits; kept as SHA-256. An older link of the same kind for the same user is void. */
export async function makeLink(
  { store, clock, secretBytes }: LinkMaking,
  kind: StoredLink['kind'],
  user?: string,
): Promise<EntryLink> {
  const token = Buffer.from(secretBytes(32)).toString('base64url')
  const until = clock.now() + GOOD_FOR_MS[kind]
  const made: StoredLink = { hash: digestOf(token), kind, until, ...(user !== undefined && { user }) }
  await store.change((stored) => {
    const others = stored.links.filter(
      (link) => clock.now() < link.until && (kind === 'demo' || link.kind !== kind || link.user !== user),
    )
    return { ...stored, links: [...others, made].slice(-LINKS_MAX) }
  })
  return { path: `/enter/${token}`, until }
}

/**
 * For somebody who cannot get in any more, from the shell or by an owner: a link to choose a new password. Sessions and tokens end at
 * once. Second factors stay, unless they are lost as well.
 */
export async function resetLink(making: LinkMaking, user: string, factorsToo: boolean): Promise<EntryLink> {
  await making.store.change((stored) => ({
    ...stored,
    users: stored.users.map((each) => (each.id === user && factorsToo ? withoutFactors(each) : each)),
    sessions: stored.sessions.filter((session) => session.user !== user),
    tokens: stored.tokens.filter((token) => token.user !== user),
  }))
  return makeLink(making, 'password', user)
}

function withoutFactors<T extends { readonly totp?: unknown }>(user: T): T & { recovery: []; passkeys: [] } {
  const { totp: _, ...rest } = user
  return { ...(rest as T), recovery: [], passkeys: [] }
}
