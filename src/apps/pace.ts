import { Option } from 'commander'
import type { Io } from './io.ts'
import { dim } from './screen/ansi.ts'
import { elapsedMs } from './system.ts'

const TELL_EVERY_MS = 2_000
/** A program that shows a bar wants it to move. */
const TELL_PROGRAMS_EVERY_MS = 300

/** Tells of long work: yes every two seconds of the wall, the first time after two. */
export function createPace(everyMs = TELL_EVERY_MS): () => boolean {
  let toldAt = elapsedMs()
  return () => {
    const now = elapsedMs()
    if (now - toldAt < everyMs) return false
    toldAt = now
    return true
  }
}

/** How progress is told: to people, or a line of JSON for a program. */
export type ProgressForm = 'text' | 'json'

export const progressOption = (): Option =>
  new Option('--progress <form>', '진행을 말하는 방식 · how progress is told, on the error output')
    .choices(['text', 'json'])
    .default('text')

/** How far it is, every two seconds, with the time that is left. `before`: what was done before it began. */
export function progressTeller(
  io: Io,
  { before = 0, as = 'text' }: { readonly before?: number; readonly as?: ProgressForm } = {},
): (done: number, of: number) => void {
  const beganAt = elapsedMs()
  const isDue = createPace(as === 'json' ? TELL_PROGRAMS_EVERY_MS : TELL_EVERY_MS)
  return (done, of) => {
    if (done <= before || !isDue()) return
    const left = ((elapsedMs() - beganAt) / (done - before)) * (of - done)
    if (as === 'json') io.err(JSON.stringify({ progress: { done, of, leftMs: Math.round(left) } }))
    else io.err(dim(`${Math.floor((done / of) * 100)}% · 남은 시간 left ${Math.round(left / 1_000)} s`))
  }
}
