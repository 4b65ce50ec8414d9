/**
 * How many letters must be changed, added, dropped or swapped with their neighbour to make one word of the other
 * (Damerau and Levenshtein, optimal string alignment). Hangul is compared letter by letter, not by syllable: `현재카` is one
 * step from `현재가`. Gives `limit` as soon as it is certain to be reached.
 */
export function distance(one: string, other: string, limit = Number.POSITIVE_INFINITY): number {
  const a = one.normalize('NFD')
  const b = other.normalize('NFD')
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let steps = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, (before[j - 2] as number) + 1)
      row.push(steps)
    }
    if (Math.min(...row) >= limit) return limit
    before = above
    above = row
  }
  return above[b.length] as number
}

/** The word most like `word`, or `undefined` when none shares at least half of its letters. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of words) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (steps < bestDistance) {
      best = candidate
      bestDistance = steps
    }
  }
  return best !== undefined && bestDistance <= Math.max(letters(word), letters(best)) / 2 ? best : undefined
}

const letters = (word: string): number => word.normalize('NFD').length
