import { Secret, TOTP } from 'otpauth'
import { toString as drawQr } from 'qrcode'
import { SEAL_NONCE_BYTES, seal, unseal } from '../../../std/sealed.ts'
import { digestOf } from './people.ts'
import type { SecretBytes } from './security.ts'
import type { User } from './store.ts'

/** RFC 6238 as every authenticator app does it. */
const PERIOD_S = 30
const SECRET_BYTES = 20
/** One step early or late: clocks differ, and people type. */
const WINDOW = 1
const RECOVERY_CODES = 10
const RECOVERY_BYTES = 10
/** RFC 4648 base32, in lower case and without what looks alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz234567890'

const totpOf = (secret: string, user = ''): TOTP =>
  new TOTP({ issuer: 'Garam', label: user, secret: Secret.fromBase32(secret), period: PERIOD_S, digits: 6 })

export interface NewTotp {
  readonly secret: string
  readonly uri: string
  /** An SVG as a data URL: the policy lets no other picture in. */
  readonly qr: string
}

export async function newTotp(secretBytes: SecretBytes, user: string): Promise<NewTotp> {
  const bytes = Uint8Array.from(secretBytes(SECRET_BYTES))
  const secret = new Secret({ buffer: bytes.buffer }).base32
  const uri = totpOf(secret, user).toString()
  const svg = await drawQr(uri, { type: 'svg', margin: 1 })
  return { secret, uri, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` }
}

/** The step of the code, if it is right now; `undefined` otherwise. A step that was used is the caller's to remember. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_S) + delta
}

const sealing = (key: Uint8Array, user: string) => ({ key, name: `totp:${user}` })

export const sealTotp = (key: Uint8Array, user: string, secret: string, secretBytes: SecretBytes): string =>
  seal(sealing(key, user), secret, secretBytes(SEAL_NONCE_BYTES))

/** The step of a right code that was not used yet. */
export function freshStep(key: Uint8Array, user: User, code: string, now: number): number | undefined {
  const secret = user.totp && unseal(sealing(key, user.id), user.totp.sealed)
  const step = secret === undefined ? undefined : stepOf(secret, code, now)
  return step !== undefined && user.totp && step > user.totp.lastStep ? step : undefined
}

/** Eighty bits each, for the drawer: `abcd-efgh-jkmn-pqrs`. */
export const newRecoveryCodes = (secretBytes: SecretBytes): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const bits = [...secretBytes(RECOVERY_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
    const letters = bits.match(/.{5}/g)?.map((five) => LETTERS[Number.parseInt(five, 2)]) ?? []
    return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
  })

/** However it was typed in. */
export const recoveryDigest = (code: string): string =>
  digestOf(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
