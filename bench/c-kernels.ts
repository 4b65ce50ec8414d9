import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Kernel = 'sma' | 'ema' | 'rsi' | 'macd' | 'bbands' | 'atr'

/** The six kernels in C, in a process of their own. */
export interface CKernels {
  /** Nanoseconds of processor per bar over so many passes. */
  run(kernel: Kernel, passes: number): Promise<number>
  stop(): Promise<void>
}

const SOURCE = fileURLToPath(new URL('indicators.c', import.meta.url))

/** Compiles `indicators.c` and starts it over so many bars; `undefined` where there is no gcc. */
export async function startCKernels(bars: number): Promise<CKernels | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-bench-'))
  const program = join(folder, 'indicators')
  const made = spawnSync('gcc', ['-O3', '-o', program, SOURCE, '-lm'])
  if (made.status !== 0) {
    await rm(folder, { recursive: true })
    return undefined
  }
  const child = spawn(program, [String(bars)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    run: async (kernel, passes) => {
      child.stdin.write(`${kernel} ${passes}\n`)
      const { value } = await answers.next()
      return Number(value)
    },
    stop: async () => {
      child.stdin.end()
      await rm(folder, { recursive: true })
    },
  }
}
