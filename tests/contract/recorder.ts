/** Keeps what a party tells, in order, and waits for more of it: always with an end, and a failure that says what came instead. */
export interface Recorder<T> {
  readonly heard: readonly T[]
  readonly sink: (told: T) => void
  /** The first that fits, from the `from`-th on; waits for it when it has not come yet. */
  until<S extends T>(what: string, fits: (told: T) => told is S, options?: WaitOptions): Promise<S>
  until(what: string, fits: (told: T) => boolean, options?: WaitOptions): Promise<T>
}

export interface WaitOptions {
  readonly from?: number
  readonly withinMs?: number
}

const PATIENCE_MS = 15_000
const LOOK_EVERY_MS = 5
const SHOWN = 12

export function createRecorder<T>(): Recorder<T> {
  const heard: T[] = []
  return {
    heard,
    sink: (told) => {
      heard.push(told)
    },
    until: async (what: string, fits: (told: T) => boolean, { from = 0, withinMs }: WaitOptions = {}) => {
      let next = from
      const find = () => {
        for (; next < heard.length; next++) {
          const told = heard[next] as T
          if (fits(told)) return told
        }
        return undefined
      }
      const last = () => heard.slice(-SHOWN).map((told) => JSON.stringify(told))
      return eventually(what, find, { withinMs: withinMs ?? PATIENCE_MS, seen: last })
    },
  }
}

/** Waits until `look` gives something. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  {
    withinMs = PATIENCE_MS,
    seen = () => [],
  }: { readonly withinMs?: number; readonly seen?: () => readonly string[] } = {},
): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end)
      throw new Error([`not within ${withinMs} ms: ${what}; the last that came:`, ...seen()].join('\n  '))
    await pause(LOOK_EVERY_MS)
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
