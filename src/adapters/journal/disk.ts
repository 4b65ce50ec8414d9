import fs from 'node:fs'
import { mkdir, open, readdir, rename, rm, truncate } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { lockFolder } from './lock.ts'

/** A file that only grows. Its writes are whole or they throw. */
export interface DiskFile {
  /**
   * Hands the bytes to the system at once: they survive our death, not yet a loss of power. The array is used again
   * after the call.
   */
  write(bytes: Uint8Array): void
  /**
   * Resolves when everything written before the call is on the disk. `urgent`: an order waits for it, so that the caller's
   * thread may be held up meanwhile, if that is faster.
   */
  datasync(urgent?: boolean): Promise<void>
  close(): Promise<void>
}

/** The few things the journal asks of a disk, so that faults can be injected and a simulated one can stand here. */
export interface Disk {
  makeFolder(folder: string): Promise<void>
  /** Names in the folder, in no order; an absent folder is empty. */
  list(folder: string): Promise<readonly string[]>
  /** The file's bytes in chunks, from a byte offset. A chunk is only good until the next one is asked for. */
  read(path: string, from?: number): AsyncIterable<Uint8Array>
  /** Opens for appending; creates the file (durably) when there is none. */
  openAppend(path: string): Promise<DiskFile>
  /** Cuts the file to `size` bytes, durably. */
  cut(path: string, size: number): Promise<void>
  /** Writes a whole file so that a reader sees all of it or nothing, durably. */
  keep(path: string, bytes: Uint8Array): Promise<void>
  remove(path: string): Promise<void>
  /** Takes the folder for this process alone; gives the release. `since` is written down for people. */
  lock(folder: string, since: string): Promise<() => Promise<void>>
}

const READ_CHUNK_BYTES = 1 << 18

/** The machine's own disk. */
export function createDisk(): Disk {
  return {
    makeFolder: async (folder) => {
      await mkdir(folder, { recursive: true })
    },
    list: (folder) => readdir(folder).catch(absentIs<readonly string[]>([])),
    read: readChunks,
    openAppend,
    cut: async (path, size) => {
      await truncate(path, size)
      await syncPath(path)
    },
    keep: async (path, bytes) => {
      const draft = `${path}.tmp`
      await writeDurably(draft, bytes)
      await rename(draft, path)
      await syncPath(dirname(path))
    },
    remove: (path) => rm(path, { force: true }),
    lock: lockFolder,
  }
}

async function* readChunks(path: string, from = 0): AsyncIterable<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(READ_CHUNK_BYTES)
    for (let position = from; ; ) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/**
 * The write is synchronous on purpose: it goes to the page cache in about 3 microseconds, where a trip through the
 * thread pool costs five times that. A sync that nobody waits for leaves the main thread. One that an order waits for
 * does not: two changes of thread take as long as the disk itself, and on a busy machine many times that, while nothing
 * that could be done meanwhile is more urgent. Orders are a few a second at most.
 */
async function openAppend(path: string): Promise<DiskFile> {
  const handle = await open(path, 'a')
  await syncPath(dirname(path)) // the name of a new file must survive a loss of power too
  return {
    write: (bytes) => {
      for (let done = 0; done < bytes.length; ) done += fs.writeSync(handle.fd, bytes, done)
    },
    datasync: async (urgent) => {
      if (urgent) fs.fdatasyncSync(handle.fd)
      else
        await new Promise<void>((resolve, reject) => {
          fs.fdatasync(handle.fd, (error) => (error ? reject(error) : resolve()))
        })
    },
    close: () => handle.close(),
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    // Windows opens no folders; there the file system orders its own metadata.
    if (process.platform === 'win32') return undefined
    throw new Error(`cannot sync ${basename(path)}: ${error.message}`, { cause: error })
  })
  if (!handle) return
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const absentIs =
  <T>(value: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return value
    throw error
  }
