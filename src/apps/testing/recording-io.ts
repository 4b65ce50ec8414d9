import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '../io.ts'

/** Keeps what a command said, for tests. */
export interface RecordingIo extends Io {
  readonly outText: string
  readonly errText: string
}

export function recordingIo(): RecordingIo {
  const out: string[] = []
  const err: string[] = []
  return {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    get outText() {
      return out.join('\n')
    },
    get errText() {
      return err.join('\n')
    },
  }
}

/** A folder that several tests share, until it is removed. */
export async function openFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-test-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs `use` with a folder of its own and removes it afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const { folder, remove } = await openFolder()
  try {
    return await use(folder)
  } finally {
    await remove()
  }
}
