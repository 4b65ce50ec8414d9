import { elapsedMs } from '../../src/apps/system.ts'

/** Tries of one shrinking at most, and ms: opening a server for each try takes its time. */
const MOST_TRIES = 1_500
const MOST_MS = 15_000

/** A shorter text for which `fails` still holds: ever smaller pieces are left out, as long as it helps. */
export async function shrinkText(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let small = text
  let tries = 0
  const until = elapsedMs() + MOST_MS
  for (let size = Math.ceil(small.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < small.length && tries < MOST_TRIES && elapsedMs() < until; ) {
      tries++
      const shorter = small.slice(0, at) + small.slice(at + size)
      if (await fails(shorter)) small = shorter
      else at += size
    }
  return small
}
