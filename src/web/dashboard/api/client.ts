import type { Problem } from '../../contract/problem.ts'

/** A request that the server did not do, with its own sentence about why. */
export class ApiProblem extends Error {
  readonly problem: Problem
  /** Browser ms from when it may be tried again, where the server said so. */
  readonly againAt: number | undefined
  constructor(problem: Problem, againAt?: number) {
    super(problem.en)
    this.problem = problem
    this.againAt = againAt
  }
}

/** What was asked for is not there, and will not be. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.status === 404

const UNREACHED: Problem = {
  type: '/problems/unreached',
  status: 0,
  title: 'unreached',
  ko: '가람 서버에 닿지 않습니다. 가람이 켜져 있는지 보세요',
  en: 'The Garam server cannot be reached. Is Garam running?',
}

const UNANSWERED: Problem = {
  type: '/problems/unanswered',
  status: 0,
  title: 'unanswered',
  ko: '가람이 답하지 않습니다. 실행되었는지 알 수 없으니 보유와 미체결을 보세요',
  en: 'Garam gives no answer. Whether it was done is not known: look at positions and orders',
}

const UNSURE: Problem = {
  type: '/problems/outcome-unknown',
  status: 0,
  title: 'outcome unknown',
  ko: '가람 서버와 연결이 끊겨 명령이 전달됐는지 알 수 없습니다. 주문과 보유를 확인한 뒤 다시 하세요',
  en: 'The line to the Garam server was cut, and the command may or may not have been done. Look at orders and positions before a new one',
}

/** Done once for a key, however often it comes: a cut line is no reason to leave a person in doubt. */
const COMMANDS = '/commands'
const TRIES = 3
const TRY_AGAIN_MS = 500

let csrf = ''

/** The session's token against forged requests; the session's own answer brings it, and the newest counts. */
export const noteCsrf = (token: string): void => {
  csrf = token
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface Call {
  readonly method: Method
  readonly path: string
  readonly body: unknown
  readonly signal: AbortSignal | undefined
  /** So long an answer is waited for, ms; `undefined`: as long as the browser does. */
  readonly patienceMs: number | undefined
}

/** What may be done about a refusal before the caller hears of it. True: the call is worth repeating. */
export type Remedy = (problem: Problem) => Promise<boolean>

const remedies = new Map<string, Remedy>()

/** From now on a refusal of this kind (the last part of its type) is mended where it can be. */
export const mend = (kind: string, remedy: Remedy): void => void remedies.set(`/problems/${kind}`, remedy)

/**
 * Asks the API under `/api/v1`. Gives the answer's body, `undefined` for an empty one. Errors: `ApiProblem`. What is refused
 * because the person has to prove once more who it is, or because the session was renewed meanwhile, is repeated after that.
 */
export async function api<T>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  patienceMs?: number,
): Promise<T> {
  const call = { method, path, body, signal, patienceMs }
  const tried = new Set<string>()
  for (;;) {
    try {
      return (await send(call)) as T
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const { type } = error.problem
      // Each remedy once for a call: a server that keeps refusing must not keep anybody busy.
      if (tried.has(type)) throw error
      tried.add(type)
      if (!(await remedies.get(type)?.(error.problem))) throw error
    }
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => api('GET', path, undefined, signal)

/**
 * What orders something carries a key of its own, so that it is done once however often it has to be sent. What was refused was not
 * done, so a call that is repeated after a remedy has a new one.
 */
async function send(call: Call): Promise<unknown> {
  const key = crypto.randomUUID()
  if (call.path !== COMMANDS) return sendOnce(call, key)
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      return await sendOnce(call, key)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem !== UNREACHED) throw error
      await new Promise((again) => setTimeout(again, TRY_AGAIN_MS * attempt))
    }
  }
  throw new ApiProblem(UNSURE)
}

async function sendOnce({ method, path, body, patienceMs, ...call }: Call, key: string): Promise<unknown> {
  const signal = call.signal ?? (patienceMs === undefined ? undefined : AbortSignal.timeout(patienceMs))
  const headers: Record<string, string> = { accept: 'application/json' }
  if (method !== 'GET') {
    headers['x-garam-csrf'] = csrf
    headers['idempotency-key'] = key
  }
  if (body !== undefined) headers['content-type'] = 'application/json'
  const { response, text } = await fetch(`/api/v1${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
    .then(async (response) => ({ response, text: await response.text() }))
    .catch((error: unknown) => {
      const name = error instanceof DOMException ? error.name : ''
      if (name === 'AbortError') throw error
      throw new ApiProblem(name === 'TimeoutError' ? UNANSWERED : UNREACHED)
    })
  const answer: unknown = text === '' ? undefined : readJson(text)
  if (response.ok) return answer
  throw new ApiProblem(
    isProblem(answer) ? answer : { ...UNREACHED, status: response.status },
    againAt(response),
  )
}

/** `retry-after` in seconds, as a moment of this browser. */
function againAt({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? Date.now() + seconds * 1_000 : undefined
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'ko' in answer && 'en' in answer && 'type' in answer
