import type { Clock, EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'
import { compactInstant } from './format.ts'
import { type Refusal, refuse } from './refusals.ts'
import type { Profile } from './wire.ts'

const LIFETIME_MS = 24 * 3_600_000
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Opaque to clients; it lets the other host's token be told from garbage (8031 and 8005). */
const MARK: Readonly<Record<Profile, string>> = { real: 'SR-', mock: 'SM-' }

export interface KeyPair {
  readonly appKey: string
  readonly secretKey: string
  /** The environment the keys were made for; the simulator's own when absent. */
  readonly profile?: Profile
}

interface Token {
  readonly text: string
  readonly appKey: string
  readonly expiresAt: EpochMs
}

/** Access tokens: one per app key while it is valid, on the wall clock. */
export interface Tokens {
  issue(body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> | Refusal
  revoke(body: Readonly<Record<string, unknown>>): undefined | Refusal
  /** The app key of a valid token. */
  check(text: string): string | Refusal
  /** Makes every token of every key invalid at once: a fault of the field. */
  expireAll(): void
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'returnCode' in value && 'text' in value

export function createTokens(options: {
  readonly wall: Clock
  readonly random: Random
  readonly profile: Profile
  readonly keys: readonly KeyPair[]
}): Tokens {
  const { wall, random, profile } = options
  const keys = new Map(options.keys.map((pair) => [pair.appKey, pair]))
  const byKey = new Map<string, Token>()
  const byText = new Map<string, Token>()

  const make = (appKey: string): Token => {
    let text = MARK[profile]
    for (let i = 0; i < 83; i++) text += LETTERS[random.int(0, LETTERS.length - 1)]
    return { text, appKey, expiresAt: wall.now() + LIFETIME_MS }
  }

  const drop = (token: Token) => {
    byKey.delete(token.appKey)
    byText.delete(token.text)
  }

  const alive = (token: Token | undefined): Token | undefined => {
    if (!token || token.expiresAt > wall.now()) return token
    drop(token)
    return undefined
  }

  const checkKeys = (body: Readonly<Record<string, unknown>>): string | Refusal => {
    const { appkey, secretkey } = body
    if (typeof appkey !== 'string' || typeof secretkey !== 'string' || !appkey || !secretkey)
      return refuse.keysMissing()
    const pair = keys.get(appkey)
    if (!pair || pair.secretKey !== secretkey) return refuse.wrongKeys()
    if ((pair.profile ?? profile) !== profile) return refuse.wrongModeKey()
    return appkey
  }

  return {
    issue(body) {
      if (!body.grant_type) return refuse.grantTypeMissing()
      if (body.grant_type !== 'client_credentials') return refuse.grantTypeWrong()
      const appKey = checkKeys(body)
      if (isRefusal(appKey)) return appKey
      const token = alive(byKey.get(appKey)) ?? make(appKey)
      byKey.set(appKey, token)
      byText.set(token.text, token)
      return { expires_dt: compactInstant(token.expiresAt), token_type: 'bearer', token: token.text }
    },
    revoke(body) {
      const appKey = checkKeys(body)
      if (isRefusal(appKey)) return appKey
      if (typeof body.token !== 'string' || !body.token) return refuse.revokeTokenMissing()
      const token = byText.get(body.token)
      if (!token || token.appKey !== appKey) return refuse.revokeFailed()
      drop(token)
      return undefined
    },
    check(text) {
      const token = alive(byText.get(text))
      if (token) return token.appKey
      const other = profile === 'real' ? MARK.mock : MARK.real
      return text.startsWith(other) ? refuse.wrongModeToken() : refuse.invalidToken()
    },
    expireAll() {
      byKey.clear()
      byText.clear()
    },
  }
}
