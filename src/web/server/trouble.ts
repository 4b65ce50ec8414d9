import type { FastifyReply } from 'fastify'
import type { Sentence } from '../../model/sentence.ts'
import type { Result } from '../../std/result.ts'
import type { Problem } from '../contract/problem.ts'

/** A request that cannot be done, for a reason that the person can do something about. Becomes a problem+json answer. */
export class Trouble extends Error {
  readonly status: number
  readonly kind: string
  readonly ko: string
  readonly en: string
  readonly errors: Problem['errors']

  constructor(status: number, kind: string, said: Sentence, errors?: Problem['errors']) {
    super(said.en)
    this.status = status
    this.kind = kind
    this.ko = said.ko
    this.en = said.en
    this.errors = errors
  }
}

export const notFound = (said: Sentence): Trouble => new Trouble(404, 'not-found', said)
export const badRequest = (said: Sentence): Trouble => new Trouble(400, 'bad-request', said)
/** The trader did not take it: it is away, or its answer is no. */
export const refused = (said: Sentence): Trouble => new Trouble(409, 'refused', said)
export const unavailable = (said: Sentence): Trouble => new Trouble(503, 'unavailable', said)

/** The value of an answer that was a yes; a no becomes `refused`. */
export function orRefuse<T>(answer: Result<T, Sentence>): T {
  if (answer.ok) return answer.value
  throw refused(answer.error)
}

export function sendTrouble(reply: FastifyReply, trouble: Trouble): FastifyReply {
  const { status, kind, ko, en, errors } = trouble
  const problem: Problem = {
    type: `/problems/${kind}`,
    status,
    title: kind.replaceAll('-', ' '),
    ko,
    en,
    ...(errors && { errors }),
  }
  return reply.code(status).type('application/problem+json').send(problem)
}
