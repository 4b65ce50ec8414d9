import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Role, Scope } from '../../../../contract/access.ts'
import type {
  AuditPage,
  DeviceMessage,
  PasskeyMessage,
  RecoveryCodes,
  TokenMade,
  TokenMessage,
  TotpStart,
  UserLinkMessage,
  UserMessage,
} from '../../../../contract/session.ts'
import { api, get } from '../../../api/client.ts'
import { makePasskey } from '../../../api/passkey.ts'
import { noteSession, type Session } from '../../../api/session.ts'

export const passkeysQuery = queryOptions({
  queryKey: ['account', 'passkeys'],
  queryFn: ({ signal }) => get<readonly PasskeyMessage[]>('/me/passkeys', signal),
})

export const devicesQuery = queryOptions({
  queryKey: ['account', 'devices'],
  queryFn: ({ signal }) => get<readonly DeviceMessage[]>('/me/sessions', signal),
})

export const usersQuery = queryOptions({
  queryKey: ['account', 'users'],
  queryFn: ({ signal }) => get<readonly UserMessage[]>('/users', signal),
})

export const tokensQuery = queryOptions({
  queryKey: ['account', 'tokens'],
  queryFn: ({ signal }) => get<readonly TokenMessage[]>('/tokens', signal),
})

const AUDIT_AT_ONCE = 25

export const auditQuery = infiniteQueryOptions({
  queryKey: ['account', 'audit'],
  queryFn: ({ pageParam, signal }) =>
    get<AuditPage>(
      `/audit?limit=${AUDIT_AT_ONCE}${pageParam === undefined ? '' : `&before=${pageParam}`}`,
      signal,
    ),
  initialPageParam: undefined as number | undefined,
  getNextPageParam: ({ next }) => next,
})

/** Something that is done to an account: all that is shown of accounts is asked for again after it. */
export function useDoing<Wanted, Done>(
  run: (wanted: Wanted) => Promise<Done>,
  onSuccess?: (done: Done) => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: (done) => onSuccess?.(done),
    onSettled: () => queries.invalidateQueries({ queryKey: ['account'] }),
  })
}

/** The codes are empty unless it is the first factor; they are shown this once. */
async function factorAdded(reply: Promise<RecoveryCodes>): Promise<readonly string[]> {
  const { recoveryCodes, session } = await reply
  await noteSession(session)
  return recoveryCodes
}

const withPassword = (password: string | undefined) => ({ ...(password !== undefined && { password }) })

export const startTotp = (password: string | undefined): Promise<TotpStart> =>
  api('POST', '/me/totp', withPassword(password))

export const confirmTotp = (code: string): Promise<readonly string[]> =>
  factorAdded(api('POST', '/me/totp/confirm', { code }))

export const removeTotp = async (): Promise<Session> => noteSession(await api('DELETE', '/me/totp'))

export async function addPasskey({
  name,
  password,
}: {
  readonly name: string
  readonly password: string | undefined
}): Promise<readonly string[]> {
  const response = await makePasskey(password)
  return factorAdded(api('POST', '/me/passkeys', { name, response }))
}

export const renamePasskey = ({ id, name }: { readonly id: string; readonly name: string }): Promise<void> =>
  api('PATCH', `/me/passkeys/${encodeURIComponent(id)}`, { name })

export const removePasskey = async (id: string): Promise<Session> =>
  noteSession(await api('DELETE', `/me/passkeys/${encodeURIComponent(id)}`))

export const newRecoveryCodes = (): Promise<readonly string[]> =>
  factorAdded(api('POST', '/me/recovery-codes'))

export const changePassword = async (change: {
  readonly current: string
  readonly next: string
}): Promise<Session> => noteSession(await api('PUT', '/me/password', change))

export const signOutDevice = (id: string): Promise<void> => api('DELETE', `/me/sessions/${id}`)
export const signOutOthers = (): Promise<void> => api('DELETE', '/me/sessions')

export const inviteUser = (wanted: {
  readonly name: string
  readonly role: Role
}): Promise<UserLinkMessage> => api('POST', '/users', wanted)

export const changeUser = ({
  id,
  ...change
}: {
  readonly id: string
  readonly role?: Role
  readonly disabled?: boolean
}): Promise<UserMessage> => api('PATCH', `/users/${id}`, change)

export const resetUser = (id: string): Promise<UserLinkMessage> => api('POST', `/users/${id}/reset`)
export const removeUser = (id: string): Promise<unknown> => api('DELETE', `/users/${id}`)

export const makeToken = (wanted: {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly days: number
}): Promise<TokenMade> => api('POST', '/tokens', wanted)

export const revokeToken = (id: string): Promise<unknown> => api('DELETE', `/tokens/${id}`)
