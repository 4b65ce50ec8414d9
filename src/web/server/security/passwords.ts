import { hash, verify } from '@node-rs/argon2'
import type { Sentence } from '../../../model/sentence.ts'
import { PASSWORD_MIN } from '../../contract/session.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { sameName } from './people.ts'
import { refusal } from './refusals.ts'
import type { SecretBytes } from './security.ts'

/** OWASP's first choice for Argon2id (the package's default kind): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const SALT_BYTES = 16
/** Each takes 19 MiB and a core for a moment: a flood of sign-ins must not take them all. */
const AT_ONCE = 2
const WAITING_MAX = 16

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes the same time when there is no such user or no password. */
  isRight(stored: string | undefined, password: string): Promise<boolean>
}

/** Korean typed on different systems is different bytes of the same text. */
const normal = (password: string): string => password.normalize('NFKC')

export async function createPasswords(secretBytes: SecretBytes): Promise<Passwords> {
  const inTurn = createTurns()
  const hashed = (password: string) => hash(normal(password), { ...COST, salt: secretBytes(SALT_BYTES) })
  const nobodys = await hashed(Buffer.from(secretBytes(SALT_BYTES)).toString('base64url'))
  return {
    hash: (password) => inTurn(() => hashed(password)),
    isRight: (stored, password) =>
      inTurn(async () => {
        const isRight = await verify(stored ?? nobodys, normal(password)).catch(() => false)
        return isRight && stored !== undefined
      }),
  }
}

/** Runs `AT_ONCE` at a time and lets so many wait; who comes after is told that it is busy. */
function createTurns() {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING_MAX) throw refusal('busy')
      await new Promise<void>((go) => waiting.push(go))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place goes to the next one, so that nobody can slip in between.
      if (next) next()
      else running--
    }
  }
}

const DIFFERENT_MIN = 5

/** Why a password is too easy to guess; `undefined` for one that may be used. */
export function weakness(password: string, name: string): Sentence | undefined {
  const text = normal(password)
  if ([...text].length < PASSWORD_MIN)
    return {
      ko: `비밀번호는 ${PASSWORD_MIN}자 이상이어야 합니다`,
      en: `A password has at least ${PASSWORD_MIN} characters`,
    }
  const bare = text.toLowerCase()
  if (bare.includes(sameName(name)))
    return {
      ko: '비밀번호에 사용자 이름을 넣을 수 없습니다',
      en: 'A password does not contain the user name',
    }
  if (isCommon(bare) || new Set(bare).size < DIFFERENT_MIN)
    return {
      ko: '너무 흔하거나 단순한 비밀번호입니다. 낱말 몇 개를 이은 긴 문장을 쓰세요',
      en: 'This password is too common or too simple; use a long phrase of several words',
    }
  return undefined
}

/** Also one that was only lengthened: written twice, or with digits and marks behind. */
function isCommon(bare: string): boolean {
  const half = bare.slice(0, bare.length / 2)
  const stem = bare.replace(/[\d\W_]+$/, '')
  return [bare, stem, half + half === bare ? half : bare].some((each) => COMMON_PASSWORDS.has(each))
}
