import type { Random } from '../std/random.ts'

/** A linear generator's first draws follow its seed closely; so many are thrown away. */
const WARM_UP = 24

/** A stream of its own whose first draws do not resemble those of a stream with a similar label. */
export function stream(random: Random, label: string): Random {
  const forked = random.fork(label)
  for (let drawn = 0; drawn < WARM_UP; drawn++) forked.next()
  return forked
}
