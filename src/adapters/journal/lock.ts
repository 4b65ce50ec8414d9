import { open, readdir, readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { JournalLocked } from './trouble.ts'

/**
 * One writer per folder. Each process makes a lock file whose name says who it is (computer, process, start of the
 * process), then looks whether somebody else's is there; of two that come together at least one gives way. As a name
 * never comes back to life, removing a dead one cannot hit a living process, whatever happens in between.
 */
export async function lockFolder(folder: string, since: string): Promise<() => Promise<void>> {
  const me: Holder = { host: hostName(), pid: process.pid, start: (await startOf(process.pid)) ?? '0' }
  const mine = nameOf(me)
  await make(join(folder, mine), since)
  const release = () => rm(join(folder, mine), { force: true })
  try {
    for (const name of await readdir(folder)) {
      const other = holderOf(name)
      if (!other || name === mine) continue
      if (await isAlive(other, me.host))
        throw new JournalLocked(join(folder, name), `${other.host}, pid ${other.pid}`)
      await rm(join(folder, name), { force: true })
    }
  } catch (error) {
    await release()
    throw error
  }
  return release
}

interface Holder {
  readonly host: string
  readonly pid: number
  /** Ticks since boot at which the process began: a process number is used again, this pair is not. */
  readonly start: string
}

const hostName = () => hostname().replaceAll(/[^A-Za-z0-9_-]/g, '-')
const nameOf = (holder: Holder) => `${holder.host}.${holder.pid}.${holder.start}.lock`

function holderOf(name: string): Holder | undefined {
  const match = /^([A-Za-z0-9_-]+)\.(\d+)\.(\d+)\.lock$/.exec(name)
  return match ? { host: match[1] ?? '', pid: Number(match[2]), start: match[3] ?? '0' } : undefined
}

async function make(path: string, since: string): Promise<void> {
  const handle = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new JournalLocked(path, `this one, pid ${process.pid}`)
    throw error
  })
  try {
    await handle.writeFile(`${JSON.stringify({ pid: process.pid, since })}\n`)
  } finally {
    await handle.close()
  }
}

/** A holder on another computer cannot be looked at and counts as alive. */
async function isAlive(holder: Holder, here: string): Promise<boolean> {
  if (holder.host !== here) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
  const start = await startOf(holder.pid)
  return start === undefined || holder.start === '0' || start === holder.start
}

/**
 * When a process began, in ticks since boot; `''` for one that is dead but not yet buried by its parent; `undefined`
 * where the system does not say (no /proc). Source: proc_pid_stat(5), fields 3 (state) and 22 (starttime).
 */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : fields[19]
}
