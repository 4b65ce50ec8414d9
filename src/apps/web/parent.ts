import { type FromWeb, readToWeb } from './family.ts'

/** The program that started this one, for a dashboard that runs as its child. */
export interface Parent {
  readonly demo: boolean
  tell(message: FromWeb): void
  /** Resolves when it is gone, or wants us gone. */
  readonly gone: Promise<void>
}

/** Waits for the parent's first word. `undefined`: nobody started us that way. */
export async function meetParent(): Promise<Parent | undefined> {
  if (!process.send || !process.connected) return undefined
  const gone = new Promise<void>((resolve) => {
    process.once('disconnect', () => resolve())
  })
  // A Ctrl-C in a terminal reaches the whole family: the parent says when we end.
  process.on('SIGINT', () => undefined)
  const tell = (message: FromWeb) => {
    if (process.connected) process.send?.(message, () => undefined)
  }
  const begun = new Promise<boolean>((resolve) => {
    process.on('message', (message) => {
      const said = readToWeb(message)
      if (said) resolve(said.demo)
    })
  })
  tell({ say: 'here' })
  const demo = await Promise.race([begun, gone.then(() => false)])
  return { demo, tell, gone }
}
