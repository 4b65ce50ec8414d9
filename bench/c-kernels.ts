import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
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

/**
 * Compiles `indicators.c` and starts it over so many bars; `undefined` where there is no gcc. With `talib`, the folder of
 * TA-Lib's sources, it is TA-Lib that runs.
 */
export async function startCKernels(bars: number, talib?: string): Promise<CKernels | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-bench-'))
  const program = join(folder, 'indicators')
  const library = talib === undefined ? [] : await libraryWords(talib)
  const made = spawnSync('gcc', ['-O3', '-w', '-o', program, SOURCE, ...library, '-lm'])
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

async function libraryWords(folder: string): Promise<readonly string[]> {
  const parts = ['ta_common', 'ta_func'].map((part) => join(folder, 'src', part))
  const sources = await Promise.all(
    parts.map(async (part) =>
      (await readdir(part)).filter((name) => name.endsWith('.c')).map((name) => join(part, name)),
    ),
  )
  return ['-DTALIB', ...[join(folder, 'include'), ...parts].map((part) => `-I${part}`), ...sources.flat()]
}
