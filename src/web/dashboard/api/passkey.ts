import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import type { Problem } from '../../contract/problem.ts'
import { ApiProblem, api } from './client.ts'
import { noteSession, type Session } from './session.ts'

/** Why this page cannot use passkeys. `numeric`: they belong to a name, and the address bar shows a number. */
export type PasskeyBar = 'insecure' | 'unable' | 'numeric'

export function passkeyBar(): PasskeyBar | undefined {
  if (!isSecureContext) return 'insecure'
  if (!('PublicKeyCredential' in window)) return 'unable'
  return isNumeric(location.hostname) ? 'numeric' : undefined
}

const isNumeric = (hostname: string): boolean => /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/.test(hostname)

/** The same page under a name, where it is on this machine. */
export const namedAddress = ({ protocol, hostname, port, pathname }: Location): string | undefined =>
  hostname === '127.0.0.1' || hostname === '[::1]'
    ? `${protocol}//localhost${port === '' ? '' : `:${port}`}${pathname}`
    : undefined

/** Signs in with a passkey, ends a sign-in with it, or makes the second factor fresh again. */
export async function showPasskey(): Promise<Session> {
  const optionsJSON = await api<PublicKeyCredentialRequestOptionsJSON>('POST', '/session/passkey/options')
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const response: AuthenticationResponseJSON = await startAuthentication({ optionsJSON }).catch(fail)
  return noteSession(await api('POST', '/session/passkey/verify', { response }))
}

/** Makes a passkey; `password` is asked for while there is no other factor. */
export async function makePasskey(password: string | undefined): Promise<RegistrationResponseJSON> {
  const optionsJSON = await api<PublicKeyCredentialCreationOptionsJSON>('POST', '/me/passkeys/options', {
    ...(password !== undefined && { password }),
  })
  const { startRegistration } = await import('@simplewebauthn/browser')
  return startRegistration({ optionsJSON }).catch(fail)
}

/** Authenticators say little on purpose; what they say becomes a sentence. */
function fail(error: unknown): never {
  throw new ApiProblem(error instanceof Error && error.name === 'InvalidStateError' ? KNOWN : GIVEN_UP)
}

const GIVEN_UP: Problem = {
  type: '/problems/passkey-given-up',
  status: 0,
  title: 'passkey given up',
  ko: '패스키 확인을 취소했거나 시간이 지났습니다. 다시 해 보세요',
  en: 'The passkey was cancelled or took too long. Try again',
}

const KNOWN: Problem = {
  type: '/problems/passkey-known',
  status: 0,
  title: 'passkey known',
  ko: '이 기기의 패스키는 이미 등록되어 있습니다',
  en: 'This device already has a passkey of the account',
}
