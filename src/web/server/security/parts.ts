import type { Clock } from '../../../std/clock.ts'
import type { Audit } from './audit.ts'
import type { Buckets } from './buckets.ts'
import type { Passwords } from './passwords.ts'
import type { SecretBytes, SecurityOptions } from './security.ts'
import type { Shelf } from './shelf.ts'
import type { Store } from './store.ts'
import type { Throttle } from './throttle.ts'
import type { Known } from './visit.ts'

/** What was asked of an authenticator, and what for; good once. */
export interface Challenge {
  readonly value: string
  readonly purpose: 'add' | 'show'
}

/** Everything the guard and its routes share. */
export interface Parts {
  readonly options: SecurityOptions
  readonly store: Store
  readonly audit: Audit
  /** Seals the TOTP secrets. */
  readonly key: Uint8Array
  readonly clock: Clock
  readonly secretBytes: SecretBytes
  readonly passwords: Passwords
  readonly throttle: Throttle
  readonly buckets: Buckets
  readonly known: Known
  /** By the digest of the visitor's secret. */
  readonly challenges: Shelf<Challenge>
  /** TOTP secrets that were shown and not confirmed yet, by session id. */
  readonly totps: Shelf<string>
}
