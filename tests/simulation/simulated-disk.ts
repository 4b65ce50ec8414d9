import type { Disk, DiskFile } from '../../src/adapters/journal/disk.ts'
import { JournalLocked } from '../../src/adapters/journal/trouble.ts'
import { type Clock, sleep } from '../../src/std/clock.ts'
import type { Random } from '../../src/std/random.ts'

/** What is wrong with the disk just now. */
export interface DiskTrouble {
  /** Added to every sync, ms. */
  slowMs: number
  /** The next sync fails; its bytes may or may not be on the disk. */
  failNextSync: boolean
  full: boolean
  readOnly: boolean
}

/** The platter: it outlives the processes that use it. Paths are plain keys. */
export interface SimulatedDisk {
  readonly trouble: DiskTrouble
  /**
   * The disk as one process sees it. After `kill` nothing it does reaches the platter, and nothing it waits for comes.
   * `powerLost`: of what was written and not synced only a part from the front survives.
   */
  mount(clock: Clock): Mount
  /** Called with the text that a sync has just made durable. */
  onDurable: (path: string, text: string) => void
  /** Somebody or something changes a file behind everyone's back. */
  damage(path: string, change: (bytes: Buffer) => Buffer): void
  /** Everything below a folder, for reading after the fact: no latency, no trouble. */
  readonly afterwards: Disk
}

export interface Mount {
  readonly disk: Disk
  kill(powerLost: boolean): void
}

interface File {
  bytes: Buffer
  size: number
  synced: number
}

const SYNC_MS = [1, 6] as const
const OTHER_MS = [0, 2] as const

export function createSimulatedDisk(random: Random): SimulatedDisk {
  const files = new Map<string, File>()
  const locks = new Map<string, Mount>()
  const trouble: DiskTrouble = { slowMs: 0, failNextSync: false, full: false, readOnly: false }

  const simulated: SimulatedDisk = {
    trouble,
    onDurable: () => undefined,
    mount: (clock) =>
      createMount({ files, locks, trouble, random, clock, told: (...args) => simulated.onDurable(...args) }),
    damage: (path, change) => {
      const file = files.get(path)
      if (!file) return
      const bytes = change(file.bytes.subarray(0, file.size))
      files.set(path, { bytes, size: bytes.length, synced: bytes.length })
    },
    afterwards: readings(files, async () => undefined),
  }
  return simulated
}

interface Shelf {
  readonly files: Map<string, File>
  readonly locks: Map<string, Mount>
  readonly trouble: DiskTrouble
  readonly random: Random
  readonly clock: Clock
  readonly told: (path: string, text: string) => void
}

const NEVER = new Promise<never>(() => undefined)

function createMount(shelf: Shelf): Mount {
  const { files, locks, trouble, random, clock, told } = shelf
  let alive = true

  const wait = async (range: readonly [number, number], extra = 0) => {
    await sleep(clock, random.int(...range) + extra)
    if (!alive) await NEVER
  }
  const mayWrite = () => {
    if (trouble.readOnly) throw diskError('EROFS', 'read-only file system')
    if (trouble.full) throw diskError('ENOSPC', 'no space left on device')
  }

  const makeDurable = (path: string, file: File, upTo: number) => {
    if (upTo <= file.synced) return
    const text = file.bytes.toString('utf8', file.synced, upTo)
    file.synced = upTo
    told(path, text)
  }

  const openFile = (path: string, file: File): DiskFile => ({
    write: (bytes) => {
      if (!alive) return
      if (trouble.full || trouble.readOnly) {
        // A full disk takes what still fits: the record is torn.
        if (trouble.full) append(file, bytes.subarray(0, random.int(0, bytes.length - 1)))
        mayWrite()
      }
      append(file, bytes)
    },
    datasync: async () => {
      if (!alive) await NEVER
      const upTo = file.size
      const fails = trouble.failNextSync
      trouble.failNextSync = false
      await wait(SYNC_MS, trouble.slowMs)
      if (fails) throw diskError('EIO', 'input/output error')
      makeDurable(path, file, upTo)
    },
    close: () => wait(OTHER_MS),
  })

  const mount: Mount = {
    disk: {
      ...readings(files, () => wait(OTHER_MS)),
      makeFolder: () => wait(OTHER_MS),
      openAppend: async (path) => {
        await wait(OTHER_MS)
        mayWrite()
        const file = files.get(path) ?? { bytes: Buffer.alloc(1 << 16), size: 0, synced: 0 }
        files.set(path, file)
        return openFile(path, file)
      },
      cut: async (path, size) => {
        await wait(SYNC_MS)
        mayWrite()
        const file = files.get(path)
        if (!file) throw diskError('ENOENT', path)
        file.size = Math.min(file.size, size)
        file.synced = file.size
      },
      keep: async (path, bytes) => {
        const copy = Buffer.from(bytes)
        await wait(SYNC_MS, trouble.slowMs)
        mayWrite()
        files.set(path, { bytes: copy, size: copy.length, synced: copy.length })
      },
      remove: async (path) => {
        await wait(OTHER_MS)
        mayWrite()
        files.delete(path)
      },
      lock: async (folder) => {
        await wait(OTHER_MS)
        if (locks.has(folder)) throw new JournalLocked(`${folder}/lock`, 'another process')
        mayWrite()
        locks.set(folder, mount)
        return async () => {
          if (locks.get(folder) === mount) locks.delete(folder)
        }
      },
    },
    kill: (powerLost) => {
      alive = false
      for (const [folder, holder] of locks) if (holder === mount) locks.delete(folder)
      for (const [path, file] of files) {
        if (powerLost) file.size = random.int(file.synced, file.size)
        makeDurable(path, file, file.size)
      }
    },
  }
  return mount
}

function readings(
  files: ReadonlyMap<string, File>,
  wait: () => Promise<void>,
): Pick<Disk, 'list' | 'read'> & Disk {
  const refuse = async (): Promise<never> => {
    throw diskError('EROFS', 'this view only reads')
  }
  return {
    makeFolder: refuse,
    openAppend: refuse,
    cut: refuse,
    keep: refuse,
    remove: refuse,
    lock: refuse,
    list: async (folder) => {
      await wait()
      const prefix = `${folder}/`
      return [...files.keys()].flatMap((path) => {
        const name = path.startsWith(prefix) ? path.slice(prefix.length) : ''
        return name === '' || name.includes('/') ? [] : [name]
      })
    },
    read: async function* (path, from = 0) {
      await wait()
      const file = files.get(path)
      if (!file) throw diskError('ENOENT', path)
      if (file.size > from) yield file.bytes.subarray(from, file.size)
    },
  }
}

function append(file: File, bytes: Uint8Array): void {
  const needed = file.size + bytes.length
  if (needed > file.bytes.length) {
    const larger = Buffer.alloc(Math.max(needed, file.bytes.length * 2))
    file.bytes.copy(larger, 0, 0, file.size)
    file.bytes = larger
  }
  file.bytes.set(bytes, file.size)
  file.size = needed
}

const diskError = (code: string, text: string) => Object.assign(new Error(`${code}: ${text}`), { code })
