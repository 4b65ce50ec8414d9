import { hash, timingSafeEqual } from 'node:crypto'
import type { Stored, StoredLink, User } from './store.ts'

/** SHA-256 in hex: what is stored in place of a session id, a token, a link or a recovery code. All have 80 bits or more. */
export const digestOf = (secret: string): string => hash('sha256', secret, 'hex')

/** Korean typed on a Mac and on Windows is not the same bytes, and a name is the same in any case. */
export const sameName = (name: string): string => name.normalize('NFKC').toLowerCase()

export const userNamed = (stored: Stored, name: string): User | undefined =>
  stored.users.find((user) => sameName(user.name) === sameName(name))

export const userOf = (stored: Stored, id: string): User | undefined =>
  stored.users.find((user) => user.id === id)

export const hasFactor = (user: User): boolean => user.totp !== undefined || user.passkeys.length > 0

const canSignIn = (user: User): boolean =>
  !user.disabled && (user.password !== undefined || user.passkeys.length > 0)

/** Owners who can sign in by themselves: an invited one cannot yet. */
export const activeOwners = (stored: Stored): readonly User[] =>
  stored.users.filter((user) => user.role === 'owner' && canSignIn(user))

export const withUser = (stored: Stored, id: string, edit: (user: User) => User): Stored => ({
  ...stored,
  users: stored.users.map((user) => (user.id === id ? edit(user) : user)),
})

export const without = <Row, Key extends keyof Row>(
  rows: readonly Row[],
  key: Key,
  value: Row[Key],
): readonly Row[] => rows.filter((row) => row[key] !== value)

export const linkOf = (stored: Stored, token: string, now: number): StoredLink | undefined =>
  stored.links.find((link) => sameDigest(link.hash, digestOf(token)) && now < link.until)

/** Takes the same time wherever they differ. */
export const sameSecret = (one: string, other: string): boolean => sameDigest(digestOf(one), digestOf(other))

const sameDigest = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'))
