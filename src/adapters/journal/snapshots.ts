import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { TradingDay } from '../../model/time.ts'
import type { SnapshotStore } from '../../ports/journal.ts'
import { createDisk, type Disk } from './disk.ts'

const KEEP = 3

/**
 * Snapshots beside the journal, `snapshot-<day>-<seq>.json`: one line of JSON that ends with the SHA-256 of all before
 * it. Written whole or not at all; the newest three are kept, so that a damaged one costs a longer replay and no more.
 *
 * Save only what the journal has committed: a snapshot of records that a loss of power can take is of another history.
 * Sequence numbers go on over the days, so `load` may give the state of an earlier day; its record says which.
 */
export function createSnapshotStore(
  folder: string,
  { day, disk = createDisk() }: { readonly day: TradingDay; readonly disk?: Disk },
): SnapshotStore {
  return {
    save: async (seq, stateJson) => {
      await disk.makeFolder(folder)
      const name = `snapshot-${day}-${seq}.json`
      await disk.keep(join(folder, name), Buffer.from(sealedSnapshot(day, seq, stateJson)))
      await tidy(disk, folder, seq)
    },
    load: async (seq) => {
      for (const found of await snapshots(disk, folder)) {
        if (found.seq > seq) continue
        const stateJson = opened(await textOf(disk, join(folder, found.name)), found.day, found.seq)
        if (stateJson !== undefined) return { seq: found.seq, stateJson }
      }
      return undefined
    },
  }
}

/**
 * Keeps the newest three up to `seq`. One of a higher number was taken of records that a loss of power took: their
 * numbers have been given to others since. Drafts that were never finished go too.
 */
async function tidy(disk: Disk, folder: string, seq: number): Promise<void> {
  const all = await snapshots(disk, folder)
  const kept = all.filter((found) => found.seq <= seq).slice(0, KEEP)
  for (const found of all) if (!kept.includes(found)) await disk.remove(join(folder, found.name))
  for (const name of await disk.list(folder))
    if (/^snapshot-.*\.tmp$/.test(name)) await disk.remove(join(folder, name))
}

interface Found {
  readonly name: string
  readonly day: string
  readonly seq: number
}

/** Newest first. */
async function snapshots(disk: Disk, folder: string): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const name of await disk.list(folder)) {
    const match = /^snapshot-(\d{4}-\d{2}-\d{2})-(\d{1,15})\.json$/.exec(name)
    if (match) found.push({ name, day: match[1] ?? '', seq: Number(match[2]) })
  }
  return found.sort((a, b) => b.seq - a.seq || b.day.localeCompare(a.day))
}

const headOf = (day: string, seq: number) => `{"day":"${day}","seq":${seq},"state":`
const SEAL = ',"hash":"'

function sealedSnapshot(day: string, seq: number, stateJson: string): string {
  const payload = headOf(day, seq) + stateJson
  return `${payload}${SEAL}${hash('sha256', payload, 'hex')}"}\n`
}

/** The state of a snapshot that is whole and stands under its own name. */
function opened(text: string, day: string, seq: number): string | undefined {
  const end = text.lastIndexOf(SEAL)
  const head = headOf(day, seq)
  if (end < 0 || !text.startsWith(head)) return undefined
  const payload = text.slice(0, end)
  const isWhole = text.slice(end) === `${SEAL}${hash('sha256', payload, 'hex')}"}\n`
  return isWhole ? payload.slice(head.length) : undefined
}

async function textOf(disk: Disk, path: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of disk.read(path)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
