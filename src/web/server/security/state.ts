import { join } from 'node:path'
import type { Sentence } from '../../../model/sentence.ts'
import type { Clock } from '../../../std/clock.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import { SEAL_KEY_BYTES } from '../../../std/sealed.ts'
import { type Answers, openAnswers } from './answers.ts'
import { type Audit, openAudit } from './audit.ts'
import { makePrivateFolder, readPrivate, writePrivate } from './files.ts'
import type { SecretBytes } from './security.ts'
import { openStore, type Store } from './store.ts'

export interface StateOptions {
  /** Made (0700) when it is not there. Holds `web.json`, `web.key`, `audit.jsonl`, `commands.jsonl`. */
  readonly folder: string
  readonly clock: Clock
  readonly secretBytes: SecretBytes
  /** Takes the folder for this process alone; gives the release. Throws when somebody else has it. */
  readonly lock: (folder: string, since: string) => Promise<() => Promise<void>>
  /** Seals the TOTP secrets (32 bytes); without it a key file of its own is made beside them. */
  readonly key?: Uint8Array
}

/** What the security layer keeps on the disk. */
export interface SecurityState {
  readonly store: Store
  readonly audit: Audit
  readonly answers: Answers
  readonly key: Uint8Array
  close(): Promise<void>
}

/** Opens the folder. The error says what stands in the way and what to do about it. */
export async function openSecurityState(options: StateOptions): Promise<Result<SecurityState, Sentence>> {
  const { folder, clock } = options
  await makePrivateFolder(folder)
  const release = await options.lock(folder, new Date(clock.now()).toISOString())
  const opened = await openLocked(options).catch(async (error: unknown) => {
    await release()
    throw error
  })
  if (!opened.ok) {
    await release()
    return opened
  }
  const state = opened.value
  const close = async () => {
    await state.store.close()
    await state.answers.close()
    await state.audit.close()
    await release()
  }
  return ok({ ...state, close })
}

async function openLocked({
  folder,
  clock,
  secretBytes,
  key,
}: StateOptions): Promise<Result<Omit<SecurityState, 'close'>, Sentence>> {
  const store = await openStore(folder)
  if (!store.ok) return store
  const sealKey = key ? ok(key) : await keyFile(join(folder, 'web.key'), secretBytes, store.value)
  if (!sealKey.ok) return sealKey
  const answers = await openAnswers(folder, clock)
  return ok({ store: store.value, key: sealKey.value, answers, audit: await openAudit(folder, clock) })
}

async function keyFile(
  path: string,
  secretBytes: SecretBytes,
  store: Store,
): Promise<Result<Uint8Array, Sentence>> {
  const bytes = await readPrivate(path)
  if (bytes?.length === SEAL_KEY_BYTES) return ok(bytes)
  // A new key would open nothing of what the old one sealed: that must not pass for "no second factor".
  if (bytes || store.view().users.some((user) => user.totp))
    return err({
      ko: `${path} 이(가) 없거나 손상되어 저장된 2단계 인증을 열 수 없습니다. 백업에서 되돌리세요`,
      en: `${path} is missing or damaged, so the stored second factors cannot be opened. Restore it from a backup`,
    })
  const made = secretBytes(SEAL_KEY_BYTES)
  await writePrivate(path, made)
  return ok(made)
}
