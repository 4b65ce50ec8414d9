import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressKey } from './addresses.ts'
import { by, checkFactor } from './guard.ts'
import type { Parts } from './parts.ts'
import { hasFactor, sameName, userNamed, userOf, withUser } from './people.ts'
import { refusal } from './refusals.ts'
import { freshStep, recoveryDigest } from './second-factor.ts'
import type { Stored, User } from './store.ts'
import type { SessionVisit } from './visit.ts'

/** What a guess at an account is counted by: the account and the address. */
export interface Guess {
  readonly account: string
  readonly address: string
}

/** Begins a guess, or says how long to wait. It counts as wrong until `guessedRight`. */
export function beginGuess(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  account: string,
): Guess {
  const guess = { account, address: `address:${addressKey(request.ip)}` }
  const waitMs = parts.throttle.begin([guess.account, guess.address])
  if (waitMs === 0) return guess
  reply.header('retry-after', Math.ceil(waitMs / 1000))
  parts.audit.add({ ...by(request), what: 'locked-out', about: `for ${Math.ceil(waitMs / 1000)} s` })
  throw refusal('too-many-attempts')
}

export const guessedRight = (parts: Parts, { account, address }: Guess): void =>
  parts.throttle.good(account, address)

/** The user behind a name and a password. Unknown names take the same time, count the same and are answered the same. */
export async function userByPassword(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<User> {
  const guess = beginGuess(parts, request, reply, `name:${sameName(name)}`)
  const user = userNamed(parts.store.view(), name)
  const isRight = await parts.passwords.isRight(user?.password, password)
  // Meanwhile the account may have been disabled or reset.
  const now = user && userOf(parts.store.view(), user.id)
  if (isRight && now && !now.disabled && now.password === user.password) {
    guessedRight(parts, guess)
    return now
  }
  // An unknown name is not written down: people type their password there.
  parts.audit.add({
    ...by(request),
    who: user?.name ?? '-',
    what: 'sign-in-failed',
    about: 'wrong name or password',
  })
  throw refusal('wrong-sign-in')
}

export type Code = { readonly kind: 'totp' | 'recovery'; readonly code: string }

/**
 * Uses up a code of the user: a TOTP step counts once, and so does a recovery code. It is used at once, before anything is
 * waited for, so that the same code cannot be in time twice.
 */
export async function useCode(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  code: Code,
): Promise<void> {
  const guess = beginGuess(parts, request, reply, `factor:${user.id}`)
  const used =
    code.kind === 'totp' ? usedTotp(parts, user.id, code.code) : usedRecovery(parts, user.id, code.code)
  if (!used) {
    parts.audit.add({ ...by(request), who: user.name, what: 'second-factor-failed', about: code.kind })
    throw refusal('wrong-code')
  }
  guessedRight(parts, guess)
  await used
  parts.audit.add({ ...by(request), who: user.name, what: 'second-factor', about: code.kind })
}

function usedTotp({ store, key, clock }: Parts, id: string, code: string): Promise<void> | undefined {
  const user = userOf(store.view(), id)
  const step = user && freshStep(key, user, code, clock.now())
  if (step === undefined) return undefined
  return store.change((stored) =>
    withUser(stored, id, (each) => (each.totp ? { ...each, totp: { ...each.totp, lastStep: step } } : each)),
  )
}

function usedRecovery({ store }: Parts, id: string, code: string): Promise<void> | undefined {
  const digest = recoveryDigest(code)
  if (!userOf(store.view(), id)?.recovery.includes(digest)) return undefined
  return store.change((stored: Stored) =>
    withUser(stored, id, (each) => ({ ...each, recovery: each.recovery.filter((left) => left !== digest) })),
  )
}

/** Before a factor is added: a fresh second factor, or the password while there is none. */
export async function proveAgain(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { visit, password }: { readonly visit: SessionVisit; readonly password: string | undefined },
): Promise<void> {
  if (parts.options.demo || hasFactor(visit.user)) return checkFactor(parts, visit)
  if (password === undefined) throw refusal('password-needed')
  await checkPassword(parts, request, reply, visit.user, password)
}

/** Of somebody who is signed in: 403, so that the screen does not take the session for over. */
export async function checkPassword(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  password: string,
): Promise<void> {
  const guess = beginGuess(parts, request, reply, `name:${sameName(user.name)}`)
  if (!(await parts.passwords.isRight(user.password, password))) {
    parts.audit.add({ ...by(request), what: 'password-wrong' })
    throw refusal('wrong-password')
  }
  guessedRight(parts, guess)
}
