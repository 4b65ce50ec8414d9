/** The last prices of bars in which nothing could happen, until the engine is told them. */
export interface Unheard {
  note(index: number, last: number): void
  forget(index: number): void
  /** Tells all of them, in the order in which they were noted first, and forgets them. */
  tell(each: (index: number, last: number) => void): void
}

/** For so many instruments. */
export function createUnheard(count: number): Unheard {
  const isNoted = new Uint8Array(count)
  const last = new Float64Array(count)
  let noted: number[] = []
  return {
    note: (index, price) => {
      last[index] = price
      if (isNoted[index] === 1) return
      isNoted[index] = 1
      noted.push(index)
    },
    forget: (index) => {
      if (isNoted[index] === 0) return
      isNoted[index] = 0
      noted = noted.filter((each) => each !== index)
    },
    tell: (each) => {
      if (noted.length === 0) return
      const all = noted
      noted = []
      for (const index of all) {
        isNoted[index] = 0
        each(index, last[index] as number)
      }
    },
  }
}
