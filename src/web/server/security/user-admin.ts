import type { Sentence } from '../../../model/sentence.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import type { Role } from '../../contract/access.ts'
import { userAddSchema } from '../../contract/session.ts'
import { type EntryLink, type LinkMaking, makeLink, resetLink } from './links.ts'
import { hasFactor, userNamed } from './people.ts'
import type { SecurityState } from './state.ts'
import type { User } from './store.ts'

/** What the shell may do to users: whoever can read the folder is their master anyway. */
export type Shell = Omit<LinkMaking, 'store'> & { readonly state: SecurityState }
export type LinkMade = Result<EntryLink, Sentence>

export interface UserRow {
  readonly name: string
  readonly role: Role
  readonly disabled: boolean
  /** Has chosen a password. */
  readonly active: boolean
  readonly secondFactor: boolean
}

export const listUsers = ({ store }: SecurityState): readonly UserRow[] =>
  store.view().users.map((user) => ({
    name: user.name,
    role: user.role,
    disabled: user.disabled,
    active: user.password !== undefined,
    secondFactor: hasFactor(user),
  }))

const SHELL = { who: 'shell', from: '-', via: 'shell' } as const

/** Adds a user and gives the link at which they choose a password. */
export async function addUser({ state, ...making }: Shell, name: string, role: Role): Promise<LinkMade> {
  const { store, audit } = state
  if (!userAddSchema.safeParse({ name, role }).success) return err(BAD_NAME)
  if (userNamed(store.view(), name)) return err(taken(name))
  const id = Buffer.from(making.secretBytes(9)).toString('base64url')
  const user: User = {
    id,
    name,
    role,
    createdAt: making.clock.now(),
    disabled: false,
    recovery: [],
    passkeys: [],
  }
  await store.change((stored) => ({ ...stored, users: [...stored.users, user] }))
  audit.add({ ...SHELL, what: 'user-added', about: name, after: { role } })
  return ok(await makeLink({ ...making, store }, 'password', id))
}

/** A link for somebody who cannot get in any more. Devices and tokens are signed out at once. */
export async function resetUser(
  { state, ...making }: Shell,
  name: string,
  factorsToo: boolean,
): Promise<LinkMade> {
  const { store, audit } = state
  const user = userNamed(store.view(), name)
  if (!user) return err(missing(name, store.view().users))
  audit.add({
    ...SHELL,
    what: 'user-reset',
    about: factorsToo ? `${user.name}, second factors too` : user.name,
  })
  return ok(await resetLink({ ...making, store }, user.id, factorsToo))
}

const BAD_NAME: Sentence = {
  ko: '이름은 2~32자의 글자, 숫자, 점, -, _ 로 씁니다',
  en: 'a name has 2 to 32 letters, digits, dots, - and _',
}

const taken = (name: string): Sentence => ({
  ko: `${name} 은(는) 이미 있습니다`,
  en: `there is a user ${name} already`,
})

const missing = (name: string, users: readonly User[]): Sentence => ({
  ko: `${name} 이(가) 없습니다 (있는 사람: ${users.map((user) => user.name).join(', ') || '없음'})`,
  en: `there is no user ${name} (there are: ${users.map((user) => user.name).join(', ') || 'none'})`,
})
