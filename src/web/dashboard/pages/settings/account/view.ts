import type { Role, Scope } from '../../../../contract/access.ts'
import type { SentenceMessage } from '../../../../contract/live.ts'
import type { AuditMessage, TokenMessage, UserMessage } from '../../../../contract/session.ts'
import { instantText } from '../../../state/numbers.ts'

type Words = Readonly<Record<string, SentenceMessage>>

export const ROLE_WORDS = {
  viewer: { ko: '보기', en: 'Viewer' },
  trader: { ko: '매매', en: 'Trader' },
  owner: { ko: '소유자', en: 'Owner' },
} as const satisfies Record<Role, SentenceMessage>

export const ROLE_MEANS = {
  viewer: { ko: '보기만 합니다', en: 'Looks, and no more' },
  trader: { ko: '보고, 주문하고, 멈춥니다', en: 'Looks, orders, stops' },
  owner: { ko: '한도·사용자·키까지 모두', en: 'All of it, with limits, users and keys' },
} as const satisfies Record<Role, SentenceMessage>

export const SCOPE_WORDS = {
  read: { ko: '보기', en: 'Read' },
  trade: { ko: '매매', en: 'Trade' },
  admin: { ko: '관리', en: 'Admin' },
} as const satisfies Record<Scope, SentenceMessage>

const DAY_MS = 86_400_000
const SOON_MS = 7 * DAY_MS

/** `soon`: within a week somebody's program stops working. */
export function tokenState({ expiresAt }: Pick<TokenMessage, 'expiresAt'>, now: number) {
  if (now >= expiresAt) return 'expired'
  return expiresAt - now < SOON_MS ? 'soon' : 'good'
}

/** `invited`: the link was not used yet. */
export function userState({ disabled, active }: Pick<UserMessage, 'disabled' | 'active'>) {
  if (disabled) return 'disabled'
  return active ? 'active' : 'invited'
}

/** Moments that may not have come yet are 0. */
export const seenText = (at: number): string => (at > 0 ? instantText(at).slice(0, 16) : '—')

/** Recovery codes as a file for the drawer. */
export const codesFile = (codes: readonly string[], name: string, host: string): string =>
  [`가람 복구 코드 · Garam recovery codes`, `${name} @ ${host}`, '', ...codes, ''].join('\n')

export const auditWords = (what: string): SentenceMessage => AUDIT_WORDS[what] ?? { ko: what, en: what }

/** What somebody should look at: attacks, wrong guesses, damage. */
export const isAlarming = ({ what }: Pick<AuditMessage, 'what'>): boolean => ALARMING.has(what)

const ALARMING: ReadonlySet<string> = new Set([
  'audit-damaged',
  'locked-out',
  'password-wrong',
  'refused',
  'second-factor-failed',
  'sign-in-failed',
])

export const AUDIT_WORDS: Words = {
  'audit-damaged': { ko: '감사 기록 손상', en: 'Audit log damaged' },
  command: { ko: '명령', en: 'Command' },
  'device-signed-out': { ko: '기기 로그아웃', en: 'Device signed out' },
  'factor-added': { ko: '2단계 인증 추가', en: 'Factor added' },
  'factor-removed': { ko: '2단계 인증 제거', en: 'Factor removed' },
  'locked-out': { ko: '잠김', en: 'Locked out' },
  'other-devices-signed-out': { ko: '다른 기기 로그아웃', en: 'Other devices signed out' },
  'owner-made': { ko: '첫 소유자', en: 'First owner' },
  'passkey-renamed': { ko: '패스키 이름 변경', en: 'Passkey renamed' },
  'password-changed': { ko: '비밀번호 변경', en: 'Password changed' },
  'password-right': { ko: '비밀번호 통과', en: 'Password right' },
  'password-set': { ko: '비밀번호 정함', en: 'Password set' },
  'password-wrong': { ko: '비밀번호 틀림', en: 'Password wrong' },
  'recovery-codes-made': { ko: '복구 코드 새로', en: 'Recovery codes made' },
  refused: { ko: '거부', en: 'Refused' },
  'second-factor': { ko: '2단계 인증', en: 'Second factor' },
  'second-factor-failed': { ko: '2단계 인증 실패', en: 'Second factor failed' },
  settings: { ko: '설정 변경', en: 'Settings changed' },
  'sign-in': { ko: '로그인', en: 'Sign-in' },
  'sign-in-failed': { ko: '로그인 실패', en: 'Sign-in failed' },
  'sign-out': { ko: '로그아웃', en: 'Sign-out' },
  'token-made': { ko: '토큰 발급', en: 'Token made' },
  'token-revoked': { ko: '토큰 폐기', en: 'Token revoked' },
  'user-added': { ko: '사용자 초대', en: 'User invited' },
  'user-changed': { ko: '사용자 변경', en: 'User changed' },
  'user-removed': { ko: '사용자 삭제', en: 'User removed' },
  'user-reset': { ko: '사용자 재설정', en: 'User reset' },
}
