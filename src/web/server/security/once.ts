import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { IDEMPOTENCY_HEADER } from '../../contract/session.ts'
import { Trouble } from '../trouble.ts'
import type { Answers } from './answers.ts'
import { refusal } from './refusals.ts'

const KEY = /^[A-Za-z0-9_-]{8,64}$/

const keptTrouble = z.strictObject({
  trouble: z.object({
    status: z.int(),
    kind: z.string(),
    ko: z.string(),
    en: z.string(),
  }),
})

export interface OnceOptions {
  /** What lowers the risk is done even when the disk does not take the record. */
  readonly urgent?: boolean
}

export type Once = <T>(request: FastifyRequest, run: () => Promise<T>, options?: OnceOptions) => Promise<T>

/**
 * Commands by key. The key is written down before the command is run: after a crash in between nobody knows whether it was done,
 * so it is never run again but answered with that.
 */
export function createOnce(answers: Answers): Once {
  const running = new Map<string, { readonly body: string; readonly answer: Promise<unknown> }>()

  const runKept = async <T>(
    key: string,
    body: string,
    run: () => Promise<T>,
    urgent: boolean,
  ): Promise<T> => {
    const begun = await answers.begin(key, body).then(
      () => true,
      () => false,
    )
    if (!begun && !urgent) throw refusal('answer-not-kept')
    try {
      const answer = await run()
      await answers.done(key, { value: answer }).catch(() => undefined)
      return answer
    } catch (error) {
      if (error instanceof Trouble) {
        const { status, kind, ko, en } = error
        await answers.done(key, { trouble: { status, kind, ko, en } }).catch(() => undefined)
      }
      throw error
    }
  }

  return async <T>(request: FastifyRequest, run: () => Promise<T>, options: OnceOptions = {}): Promise<T> => {
    const key = keyOf(request)
    const body = hash('sha256', `${request.url}\n${JSON.stringify(request.body ?? null)}`, 'hex')
    const before = running.get(key) ?? answers.get(key)
    if (before && before.body !== body) throw refusal('idempotency-key-used')
    if (before && 'state' in before) {
      if (before.state === 'begun') throw refusal('outcome-unknown')
      return answered<T>(before.answer)
    }
    if (before) return (await before.answer) as T
    const answer = runKept(key, body, run, options.urgent === true)
    running.set(key, { body, answer })
    try {
      return await answer
    } finally {
      running.delete(key)
    }
  }
}

/** One person's key is nobody else's. */
function keyOf(request: FastifyRequest): string {
  const given = request.headers[IDEMPOTENCY_HEADER]
  if (typeof given !== 'string' || !KEY.test(given)) throw refusal('idempotency-key-needed')
  const { actor, method, routeOptions } = request
  return hash('sha256', `${actor?.user ?? ''}\n${method} ${routeOptions.url}\n${given}`, 'hex')
}

function answered<T>(kept: unknown): T {
  const no = keptTrouble.safeParse(kept)
  if (!no.success) return (kept as { readonly value: T }).value
  const { status, kind, ko, en } = no.data.trouble
  throw new Trouble(status, kind, { ko, en })
}
