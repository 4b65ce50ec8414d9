import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type PushStore, pushKeptSchema } from '../../web/server/push/store.ts'

const FILE = 'push.json'
/** It holds a private key: nobody else on the machine reads it. */
const OWNER_ONLY = 0o600

/** Keys and devices of notifications in a file of the state folder, replaced as a whole. */
export function createPushStore(folder: string): PushStore {
  const path = join(folder, FILE)
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return undefined
        throw error
      })
      return text === undefined ? undefined : pushKeptSchema.parse(JSON.parse(text))
    },
    write: async (kept) => {
      await mkdir(folder, { recursive: true })
      await writeFile(`${path}.tmp`, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: OWNER_ONLY })
      // The mode above counts only for a file that was not there yet.
      await chmod(`${path}.tmp`, OWNER_ONLY)
      await rename(`${path}.tmp`, path)
    },
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
