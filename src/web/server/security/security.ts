import type { FastifyRequest } from 'fastify'
import type { Sentence } from '../../../model/sentence.ts'
import type { Cancel, Clock } from '../../../std/clock.ts'
import type { Result } from '../../../std/result.ts'
import type { Routes } from '../routes.ts'
import type { Audit } from './audit.ts'
import type { Once } from './once.ts'
import type { SecurityState } from './state.ts'

/** Bytes nobody can guess, from the machine. */
export type SecretBytes = (count: number) => Uint8Array

/** Where TLS ends: nowhere (loopback only), in this process, or in a proxy in front that keeps the `Host` header. */
export type Tls = 'none' | 'own' | 'proxy'

export interface SecurityOptions {
  /** From `openSecurityState`; `close` it when the server has closed. */
  readonly state: SecurityState
  /** Wall time. */
  readonly clock: Clock
  readonly secretBytes: SecretBytes
  /**
   * The names this server is called by, without port: what else stands in `Host` is refused (DNS rebinding). `localhost`,
   * `127.0.0.1` and `[::1]` always are.
   */
  readonly hosts: readonly string[]
  readonly tls: Tls
  /** Simulated environment on loopback: the link signs in without a password, and the second factor counts as given. */
  readonly demo?: boolean
  /** Reached from other machines, by its address or through a proxy: the last protected owner stays protected. */
  readonly exposed?: boolean
  /** Addresses that may come at all, such as `192.168.0.0/24`; everybody when absent. Loopback always may. */
  readonly allow?: readonly string[]
}

/** What other routes ask of the security layer. */
export interface Security {
  readonly audit: Audit
  /** Sessions, users, tokens and the audit log, to be hung under `/api/v1` like any topic. */
  readonly routes: Routes
  /** Throws `Trouble` (403) unless this request has a second factor of the last minutes: for what only some bodies need. */
  requireSecondFactor(request: FastifyRequest): void
  /**
   * Runs a command once for its header `idempotency-key`: the same key and body give the same answer again, also after a
   * restart; the same key with another body is refused (422). A `Trouble` counts as an answer. `urgent`: for what only lowers the
   * risk, it is run even when the disk does not take the record.
   */
  readonly once: Once
  /** Calls `ended` once when the session or token of this request is no longer good: for sockets that stay open. */
  whenSignedOut(request: FastifyRequest, ended: () => void): Cancel
  /**
   * A new one-time link for the terminal, as a path (`/enter/…`): for the first owner, or into the demo. The error says that
   * there is an owner already.
   */
  entryLink(): Promise<Result<string, Sentence>>
}
