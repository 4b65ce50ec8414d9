import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { SeedResult } from './run-seeds.ts'

export interface Seeds {
  readonly seeds: readonly number[]
  /** Processes beside this one. */
  readonly workers: number
  /** The compiled worker. */
  readonly worker: string
  readonly shrinks?: boolean
  /** After each seed, in the order in which they end. `false`: that was enough. */
  readonly onResult: (result: SeedResult, done: number) => boolean
}

const MOST_WORKERS = 16
/** Small worlds make much young garbage; the machine's other cores are for other worlds. */
const NODE_FLAGS = ['--max-semi-space-size=32', '--single-threaded-gc']

/** `from`, `from + 1` … */
export const seedsFrom = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index)

export const defaultWorkers = (): number => Math.min(availableParallelism(), MOST_WORKERS)

/** Plays seeds in processes of their own, in their order as far as several at a time allow. Errors: a worker that dies ends all with an error. */
export function playSeeds({ seeds, workers, worker, shrinks = true, onResult }: Seeds): Promise<void> {
  let next = 0
  let done = 0
  const children: ChildProcess[] = []
  return new Promise<void>((resolve, reject) => {
    const end = (finish: () => void) => {
      for (const child of children.splice(0)) {
        child.removeAllListeners()
        child.kill()
      }
      finish()
    }
    const give = (child: ChildProcess) => {
      if (next < seeds.length) child.send({ seed: seeds[next++], shrinks })
    }
    for (let i = 0; i < Math.min(workers, seeds.length, MOST_WORKERS); i++) {
      const child = fork(worker, { execArgv: NODE_FLAGS })
      children.push(child)
      child.on('message', (result: SeedResult) => {
        done++
        if (!onResult(result, done) || done === seeds.length) return end(resolve)
        give(child)
      })
      child.on('exit', (code) => end(() => reject(new Error(`a worker ended with ${code}`))))
      give(child)
    }
  })
}
