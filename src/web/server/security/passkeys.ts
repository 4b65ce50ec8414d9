import { isIP } from 'node:net'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { FastifyRequest } from 'fastify'
import type { PasskeyMade, PasskeyShown } from '../../contract/session.ts'
import { hostName } from './origin.ts'
import type { Parts } from './parts.ts'
import { digestOf } from './people.ts'
import { refusal } from './refusals.ts'
import type { Passkey, User } from './store.ts'

const CHALLENGE_BYTES = 32

/** Who we are to an authenticator: the name in the address bar, which the guard has checked. It takes no numeric address. */
function partyOf({ options }: Parts, { headers }: FastifyRequest): { id: string; origin: string } {
  const name = hostName(headers.host)
  if (name === undefined || isIP(name.replace(/^\[|\]$/g, '')) !== 0) throw refusal('passkey-needs-name')
  return { id: name, origin: `${options.tls === 'none' ? 'http' : 'https'}://${headers.host?.toLowerCase()}` }
}

/** A challenge of ours is tied to the visitor's secret, good once and for five minutes. */
function remember(parts: Parts, secret: string, value: string, purpose: 'add' | 'show'): void {
  parts.challenges.put(digestOf(secret), { value, purpose })
}

function challengeOf(parts: Parts, secret: string, purpose: 'add' | 'show'): string {
  const challenge = parts.challenges.take(digestOf(secret))
  if (challenge?.purpose !== purpose) throw refusal('wrong-passkey')
  return challenge.value
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64url'))
const userHandleOf = (user: User): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(user.id, 'utf8'))

export async function optionsToAdd(parts: Parts, request: FastifyRequest, secret: string, user: User) {
  const options = await generateRegistrationOptions({
    rpName: '가람 Garam',
    rpID: partyOf(parts, request).id,
    userName: user.name,
    userID: userHandleOf(user),
    challenge: Uint8Array.from(parts.secretBytes(CHALLENGE_BYTES)),
    attestationType: 'none',
    excludeCredentials: user.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  remember(parts, secret, options.challenge, 'add')
  return options
}

/** The new passkey, if the authenticator answered the challenge of this visitor on this site. */
export async function madePasskey(
  parts: Parts,
  request: FastifyRequest,
  secret: string,
  { name, response }: { readonly name: string; readonly response: PasskeyMade },
): Promise<Passkey> {
  const party = partyOf(parts, request)
  const expectedChallenge = challengeOf(parts, secret, 'add')
  const { authenticatorAttachment: _, ...rest } = response
  const verified = await verifyRegistrationResponse({
    response: { ...rest, response: plainResponse(response.response) },
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
  }).catch(() => undefined)
  if (!verified?.verified) throw refusal('wrong-passkey')
  const { credential } = verified.registrationInfo
  const now = parts.clock.now()
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: response.response.transports ?? [],
    name,
    createdAt: now,
    lastUsedAt: now,
  }
}

/** `user`: only theirs, as a second factor; without one any passkey that knows its user and checks who holds it. */
export async function optionsToShow(parts: Parts, request: FastifyRequest, secret: string, user?: User) {
  const options = await generateAuthenticationOptions({
    rpID: partyOf(parts, request).id,
    challenge: Uint8Array.from(parts.secretBytes(CHALLENGE_BYTES)),
    userVerification: user ? 'preferred' : 'required',
    ...(user && {
      allowCredentials: user.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
    }),
  })
  remember(parts, secret, options.challenge, 'show')
  return options
}

export interface ShownPasskey {
  readonly user: User
  readonly passkey: Passkey
}

/** Whose passkey it is, with its counter moved on. `only`: nobody else's is taken. */
export async function shownPasskey(
  parts: Parts,
  request: FastifyRequest,
  secret: string,
  { response, only }: { readonly response: PasskeyShown; readonly only?: User },
): Promise<ShownPasskey> {
  const party = partyOf(parts, request)
  const expectedChallenge = challengeOf(parts, secret, 'show')
  const user = parts.store
    .view()
    .users.find((each) => !each.disabled && each.passkeys.some(({ id }) => id === response.id))
  const passkey = user?.passkeys.find(({ id }) => id === response.id)
  if (!user || !passkey || (only && only.id !== user.id)) throw refusal('wrong-passkey')
  const { userHandle } = response.response
  if (userHandle && !Buffer.from(bytesOf(userHandle)).equals(userHandleOf(user)))
    throw refusal('wrong-passkey')
  const { authenticatorAttachment: _, ...rest } = response
  const verified = await verifyAuthenticationResponse({
    response: { ...rest, response: plainResponse(response.response) },
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: { id: passkey.id, publicKey: bytesOf(passkey.publicKey), counter: passkey.counter },
    requireUserVerification: only === undefined,
  }).catch(() => undefined)
  if (!verified?.verified) throw refusal('wrong-passkey')
  const counter = verified.authenticationInfo.newCounter
  return { user, passkey: { ...passkey, counter, lastUsedAt: parts.clock.now() } }
}

/** Members that are absent are left out instead of being `undefined`. */
function plainResponse<T extends object>(response: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(response).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>
  }
}
