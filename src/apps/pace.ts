import { elapsedMs } from './system.ts'

const TELL_EVERY_MS = 2_000

/** Tells of long work: yes every two seconds of the wall, the first time after two. */
export function createPace(): () => boolean {
  let toldAt = elapsedMs()
  return () => {
    const now = elapsedMs()
    if (now - toldAt < TELL_EVERY_MS) return false
    toldAt = now
    return true
  }
}
