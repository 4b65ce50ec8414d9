import { join } from 'node:path'
import { z } from 'zod'
import type { Sentence } from '../../../model/sentence.ts'
import type { Cancel } from '../../../std/clock.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import { roleSchema, scopeSchema } from '../../contract/access.ts'
import { readPrivate, writePrivate } from './files.ts'

const instant = z.number().nonnegative()
const digest = z.string().regex(/^[0-9a-f]{64}$/)

const passkey = z.strictObject({
  id: z.string(),
  /** COSE, base64url. */
  publicKey: z.string(),
  counter: z.int().nonnegative(),
  transports: z.array(z.string()),
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
})

const user = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  createdAt: instant,
  disabled: z.boolean(),
  /** Argon2id in PHC form; absent until its owner has chosen one. */
  password: z.string().optional(),
  /** The secret is sealed; a code of `lastStep` or before is not taken again. */
  totp: z.strictObject({ sealed: z.string(), lastStep: z.int() }).optional(),
  /** SHA-256 of each code that is left. */
  recovery: z.array(digest),
  passkeys: z.array(passkey),
})

const session = z.strictObject({
  /** What the list of devices calls it; stays through rotation. */
  id: z.string(),
  hash: digest,
  user: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  secondFactorAt: instant,
  address: z.string(),
  device: z.string(),
})

const token = z.strictObject({
  id: z.string(),
  hash: digest,
  user: z.string(),
  name: z.string(),
  scopes: z.array(scopeSchema),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant,
})

const link = z.strictObject({
  hash: digest,
  /** `owner` makes the first one, `password` lets `user` choose theirs, `demo` signs in. */
  kind: z.enum(['owner', 'password', 'demo']),
  user: z.string().optional(),
  until: instant,
})

const stored = z.strictObject({
  version: z.literal(1),
  users: z.array(user),
  sessions: z.array(session),
  tokens: z.array(token),
  links: z.array(link),
})

type Deep<T> = { readonly [Key in keyof T]: T[Key] }
export type Passkey = Deep<z.infer<typeof passkey>>
export type User = Deep<Omit<z.infer<typeof user>, 'passkeys' | 'recovery'>> & {
  readonly passkeys: readonly Passkey[]
  readonly recovery: readonly string[]
}
export type StoredSession = Deep<z.infer<typeof session>>
export type StoredToken = Deep<Omit<z.infer<typeof token>, 'scopes'>> & {
  readonly scopes: readonly z.infer<typeof scopeSchema>[]
}
export type StoredLink = Deep<z.infer<typeof link>>

/** Everything that `web.json` holds. Sessions, tokens, links and recovery codes are there as SHA-256 only. */
export interface Stored {
  readonly version: 1
  readonly users: readonly User[]
  readonly sessions: readonly StoredSession[]
  readonly tokens: readonly StoredToken[]
  readonly links: readonly StoredLink[]
}

export interface Store {
  view(): Stored
  /** Holds at once for everyone who looks; resolves when it is on the disk. Throws when the disk does not take it. */
  change(edit: (stored: Stored) => Stored): Promise<void>
  /** Called at each change, once it holds. */
  onChange(hear: () => void): Cancel
  /** Resolves when nothing is being written any more. */
  close(): Promise<void>
}

const EMPTY: Stored = { version: 1, users: [], sessions: [], tokens: [], links: [] }

/** Opens `web.json` in the folder. The error says that the file is damaged, and what to do. */
export async function openStore(folder: string): Promise<Result<Store, Sentence>> {
  const path = join(folder, 'web.json')
  const bytes = await readPrivate(path)
  if (!bytes) return ok(createStore(path, EMPTY))
  const read = stored.safeParse(parsedJson(bytes))
  return read.success ? ok(createStore(path, read.data)) : err(damaged(path))
}

const damaged = (path: string): Sentence => ({
  ko: `${path} 이(가) 손상되어 시작하지 않습니다. 백업에서 되돌리거나, 파일을 다른 곳으로 옮기고 소유자를 새로 만드세요 (사용자와 로그인 기기는 사라집니다)`,
  en: `${path} is damaged, so nothing starts. Restore it from a backup, or move it away and make a new owner (users and signed-in devices are lost)`,
})

function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function createStore(path: string, first: Stored): Store {
  let state = first
  let writing: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  const listeners = new Set<() => void>()

  /** Changes that come while one is being written go to the disk together. */
  const written = (): Promise<void> => {
    waiting ??= writing
      .catch(() => undefined)
      .then(() => {
        waiting = undefined
        writing = writePrivate(path, `${JSON.stringify(state, null, 1)}\n`)
        return writing
      })
    return waiting
  }

  return {
    view: () => state,
    change: (edit) => {
      state = edit(state)
      const done = written()
      for (const hear of listeners) hear()
      return done
    },
    onChange: (hear) => {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
    close: async () => {
      await waiting?.catch(() => undefined)
      await writing.catch(() => undefined)
    },
  }
}
