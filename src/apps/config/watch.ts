import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Cancel, Clock } from '../../std/clock.ts'

/** Editors write in several steps; the file is read when it has been quiet for so long. */
const QUIET_MS = 200

/**
 * Calls `changed` with the new text whenever the file's content changed. The folder is watched, not the file: many
 * editors replace the file by a new one. A file that cannot be read just then is waited for.
 */
export function watchFile(path: string, clock: Clock, changed: (text: string) => void): Cancel {
  const file = resolve(path)
  let known: string | undefined
  let pending: Cancel = () => undefined
  let ended = false

  const read = async () => {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (ended || text === undefined || text === known) return
    const first = known === undefined
    known = text
    if (!first) changed(text)
  }
  const soon = () => {
    pending()
    pending = clock.after(QUIET_MS, () => void read())
  }

  const watcher = watch(dirname(file), (_, name) => {
    if (name === null || name === basename(file)) soon()
  })
  void read()
  return () => {
    ended = true
    pending()
    watcher.close()
  }
}
