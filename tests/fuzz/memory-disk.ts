import { basename, dirname } from 'node:path'
import type { Disk } from '../../src/adapters/journal/disk.ts'

/** A disk of a few small files that costs nothing. Bytes are copied in and out. */
export function createMemoryDisk(
  files: readonly (readonly [path: string, bytes: Buffer])[] = [],
): Disk & { bytes(path: string): Buffer } {
  const held = new Map<string, Buffer>(files)
  const bytes = (path: string) => held.get(path) ?? Buffer.alloc(0)
  return {
    bytes,
    makeFolder: async () => undefined,
    list: async (folder) =>
      [...held.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
    read: async function* (path, from = 0) {
      const rest = bytes(path).subarray(from)
      if (rest.length > 0) yield Buffer.from(rest)
    },
    openAppend: async (path) => {
      held.set(path, bytes(path))
      return {
        write: (more) => void held.set(path, Buffer.concat([bytes(path), more])),
        datasync: async () => undefined,
        close: async () => undefined,
      }
    },
    cut: async (path, size) => void held.set(path, Buffer.from(bytes(path).subarray(0, size))),
    keep: async (path, whole) => void held.set(path, Buffer.from(whole)),
    remove: async (path) => void held.delete(path),
    lock: async () => async () => undefined,
  }
}
