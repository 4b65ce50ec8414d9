import { Secret, TOTP } from 'otpauth'
import type { SessionMessage } from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import type { Security } from '../security.ts'
import type { TestServer } from './test-server.ts'

export const HOST = 'localhost:8787'
export const ORIGIN = `http://${HOST}`
export const PASSWORD = '느린 강물 위의 종이배'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // The tests say what they expect in it.
  readonly body: Readonly<Record<string, unknown>>
}

export interface Asking {
  /** Instead of, or (`undefined`) without, what a browser would send. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

/** A page of ours in a browser: keeps cookies, sends its origin and the newest token against forgery. */
export interface Browser {
  readonly cookies: Map<string, string>
  csrf: string | undefined
  send(method: Method, path: string, body?: object, asking?: Asking): Promise<Answer>
  get(path: string, asking?: Asking): Promise<Answer>
  post(path: string, body?: object, asking?: Asking): Promise<Answer>
  session(): Promise<SessionMessage>
}

export function openBrowser(server: Server, host = HOST): Browser {
  const cookies = new Map<string, string>()
  const browser: Browser = {
    cookies,
    csrf: undefined,
    send: async (method, path, body, { headers = {} } = {}) => {
      const sent = {
        host,
        'user-agent': 'Mozilla/5.0 (test)',
        'sec-fetch-site': 'same-origin',
        'sec-fetch-mode': 'cors',
        ...(method !== 'GET' && { origin: `http://${host}` }),
        ...(browser.csrf !== undefined && { 'x-garam-csrf': browser.csrf }),
        ...(cookies.size > 0 && {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...headers,
      }
      const kept = Object.entries(sent).filter((pair): pair is [string, string] => pair[1] !== undefined)
      const response = await server.inject({
        method,
        url: path.startsWith('/') ? path : `/api/v1/${path}`,
        headers: Object.fromEntries(kept),
        ...(method !== 'GET' && { payload: body ?? {} }),
      })
      for (const { name, value, maxAge } of response.cookies)
        if (value === '' || maxAge === 0) cookies.delete(name)
        else cookies.set(name, value)
      const answer = answerOf(response.body)
      const said = 'session' in answer ? (answer.session as { readonly csrf?: string }) : answer
      if (typeof said.csrf === 'string') browser.csrf = said.csrf
      return { status: response.statusCode, headers: response.headers, body: answer }
    },
    get: (path, asking) => browser.send('GET', path, undefined, asking),
    post: (path, body, asking) => browser.send('POST', path, body, asking),
    session: async () => (await browser.get('session')).body as SessionMessage,
  }
  return browser
}

function answerOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return { list: parsed }
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : { text }
  } catch {
    return { text }
  }
}

/** The code an authenticator app shows now. */
export const codeOf = (secret: string, at: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 }).generate({ timestamp: at })

/** Signs the first owner in, with the link of the terminal. */
export async function firstOwner(
  { server, security }: { readonly server: Server; readonly security: Pick<Security, 'entryLink'> },
  name = 'jiwoo',
): Promise<Browser> {
  const link = await security.entryLink()
  const browser = openBrowser(server)
  const token = link.ok ? link.value.replace('/enter/', '') : ''
  const answer = await browser.post('setup', { token, name, password: PASSWORD })
  if (answer.status !== 200) throw new Error(`setup: ${JSON.stringify(answer.body)}`)
  return browser
}

export interface WithTotp {
  readonly browser: Browser
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

/** Adds an authenticator app; the next code is 30 s away. */
export async function addTotp({ clock }: Pick<TestServer, 'clock'>, browser: Browser): Promise<WithTotp> {
  const begun = await browser.post('me/totp', { password: PASSWORD })
  const secret = String(begun.body.secret)
  const added = await browser.post('me/totp/confirm', { code: codeOf(secret, clock.now()) })
  if (added.status !== 200) throw new Error(`totp: ${JSON.stringify(added.body)}`)
  clock.advance(30_000)
  return { browser, secret, recoveryCodes: added.body.recoveryCodes as string[] }
}

/** Invites somebody and signs them in, in a browser of their own. `owner` has a fresh second factor. */
export async function invite(
  { server }: Pick<TestServer, 'server'>,
  owner: Browser,
  { name, role }: { readonly name: string; readonly role: string },
): Promise<Browser> {
  const made = await owner.post('users', { name, role })
  const browser = openBrowser(server)
  const token = String(made.body.link).replace('/enter/', '')
  await browser.post('setup', { token, password: `${PASSWORD} 둘` })
  return browser
}
