import type { Io } from './io.ts'
import { dim } from './screen/ansi.ts'
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

/** How far it is, every two seconds, with the time that is left. `before`: what was done before it began. */
export function progressTeller(io: Io, before = 0): (done: number, of: number) => void {
  const beganAt = elapsedMs()
  const isDue = createPace()
  return (done, of) => {
    if (done <= before || !isDue()) return
    const left = ((elapsedMs() - beganAt) / (done - before)) * (of - done)
    io.err(dim(`${Math.floor((done / of) * 100)}% · 남은 시간 left ${Math.round(left / 1_000)} s`))
  }
}
