import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Role, Scope } from '../contract/access.ts'

/** A server whose routes carry zod schemas: body, query and answers are checked and typed by them. */
export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** One topic's routes, hung into the server under `/api/v1`. */
export type Routes = (server: Server) => void

/** Who a request comes from, once that is known. */
export interface Actor {
  /** The user's name, as it goes into the journal. */
  readonly name: string
  readonly user: string
  readonly role: Role
  readonly scopes: readonly Scope[]
  readonly via: 'session' | 'token'
  readonly address: string
  /** Wall ms of the last second factor in this session; 0: none. Always 0 for a token. */
  readonly secondFactorAt: number
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined
  }
  interface FastifyContextConfig {
    /** What the route asks for. Every route says it; `open` is for what somebody without a session must reach. */
    readonly access?: Scope | 'open'
    /** Needs a second factor of the last minutes, because it raises what can be lost. */
    readonly raisesRisk?: boolean
  }
}
