import { queryOptions } from '@tanstack/react-query'
import type { EnterReply, SessionMessage, SetupRequest } from '../../contract/session.ts'
import { api, get, noteCsrf } from './client.ts'
import { queries } from './queries.ts'

/** Who sits at this screen. */
export type Session = SessionMessage

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await get<Session>('/session', signal)
    noteCsrf(session.csrf ?? '')
    forgetOthers(session)
    return session
  },
  staleTime: 60_000,
})

/** The newest word of the server on who is here: every answer that changes it is handed to this. */
export async function noteSession(session: Session): Promise<Session> {
  // An older answer that is still on its way would bring an older token.
  await queries.cancelQueries({ queryKey: sessionQuery.queryKey })
  noteCsrf(session.csrf ?? '')
  forgetOthers(session)
  queries.setQueryData(sessionQuery.queryKey, session)
  return session
}

let shownTo = ''

/** What one person was shown is not kept for the next. */
function forgetOthers({ user }: Session): void {
  if (user === undefined || user.id === shownTo) return
  if (shownTo !== '')
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] })
  shownTo = user.id
}

let renewing: Promise<boolean> | undefined

/**
 * Another tab may have given the second factor, with which cookie and token change: asks once who is here now, however many
 * calls were refused. True: somebody is, and the call may be repeated.
 */
export function renewSession(): Promise<boolean> {
  renewing ??= get<Session>('/session')
    .then(noteSession)
    .then(({ csrf }) => csrf !== undefined)
    .catch(() => false)
    .finally(() => {
      renewing = undefined
    })
  return renewing
}

export const signIn = async (name: string, password: string): Promise<Session> =>
  noteSession(await api('POST', '/session', { name, password }))

/** Ends the session, or a sign-in that stopped half way. */
export const signOut = async (): Promise<Session> => noteSession(await api('DELETE', '/session'))

export type CodeKind = 'totp' | 'recovery'

export const giveCode = async (kind: CodeKind, code: string): Promise<Session> =>
  noteSession(await api('POST', '/session/second-factor', { kind, code }))

/** Opens a one-time link. */
export async function enterByLink(token: string): Promise<EnterReply> {
  const reply = await api<EnterReply>('POST', '/enter', { token })
  if (reply.session) await noteSession(reply.session)
  return reply
}

export const setUp = async (chosen: SetupRequest): Promise<Session> =>
  noteSession(await api('POST', '/setup', chosen))
