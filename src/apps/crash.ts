import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EpochMs } from '../std/clock.ts'
import { version } from './self.ts'

/** What we need to find a bug: no settings, no keys, only where we were. */
function report(error: unknown, at: EpochMs, command: readonly string[]): string {
  const trouble = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return [
    `garam ${version()} · node ${process.version} · ${process.platform} ${process.arch}`,
    new Date(at).toISOString(),
    `garam ${command.join(' ')}`,
    '',
    trouble,
    '',
  ].join('\n')
}

const FOLDERS: readonly string[] = [join('.garam', 'crashes'), tmpdir()]

/** Writes the crash report and returns its path: into `.garam/crashes` here, else into the folder for temporary files. */
export function writeCrashReport(
  error: unknown,
  at: EpochMs,
  command: readonly string[],
  folders = FOLDERS,
): string {
  const name = `crash-${new Date(at).toISOString().replace(/[:.]/g, '-')}.txt`
  const text = report(error, at, command)
  for (const folder of folders)
    try {
      mkdirSync(folder, { recursive: true })
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    } catch {
      // A read-only working folder must not hide the crash: the next folder is tried.
    }
  return '-'
}
