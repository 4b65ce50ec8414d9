/** What both child processes can do, each under a name of its own; arguments and answers are plain data. */
export type Calls<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends (...told: infer _Told) => Promise<unknown> ? Of[Name] : never
}

export interface Memory {
  readonly rss: number
  readonly heapUsed: number
}

export interface MemoryCalls {
  /** `settled`: after a full collection, so that only what is still reachable counts. */
  memory(settled: boolean): Promise<Memory>
}

/** On the pipe between parent and child. */
export interface Asked {
  readonly id: number
  readonly name: string
  readonly told: readonly unknown[]
}

export type Said =
  | { readonly id: number; readonly value?: unknown }
  | { readonly id: number; readonly refused: string }
  /** Something that must not happen in a long run, whatever the day looks like otherwise. */
  | { readonly trouble: string }

/**
 * The child's end: answers the parent's calls in the order they come, and ends with the parent. A rejection nobody
 * handles, an exception nobody catches and a warning of Node (a leak of listeners) are told as trouble.
 */
export function serveParent<Of extends Calls<Of>>(calls: Of): void {
  const say = (said: Said) => process.send?.(said)
  const all: MemoryCalls & Of = { ...calls, memory }
  process.on('message', (asked: Asked) => {
    const call = all[asked.name as keyof Of] as (...told: readonly unknown[]) => Promise<unknown>
    call(...asked.told).then(
      (value) => say({ id: asked.id, value }),
      (error: unknown) => say({ id: asked.id, refused: textOf(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
  process.on('unhandledRejection', (reason) => say({ trouble: `unhandled rejection: ${textOf(reason)}` }))
  process.on('uncaughtException', (error) => say({ trouble: `uncaught exception: ${textOf(error)}` }))
  process.on('warning', (warning) => say({ trouble: `warning: ${textOf(warning)}` }))
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** V8 gives freed pages back in threads of its own, some time after the collection. */
const PAGES_GIVEN_BACK_MS = 1000

async function memory(settled: boolean): Promise<Memory> {
  if (settled) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, PAGES_GIVEN_BACK_MS))
    globalThis.gc?.()
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { rss, heapUsed }
}
