import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface SeriesOptions {
  /** Random series for each indicator. */
  readonly runs: number
  /** Only the indicators whose file begins so. */
  readonly only?: string
}

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const A_DAY_MS = 86_400_000

/** The tests of the indicators with that many random series each: batch and streaming have to agree on all of them. */
export function soakSeries({ runs, only = '' }: SeriesOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [VITEST, 'run', `src/trading/indicators/${only}`, `--testTimeout=${A_DAY_MS}`],
      { stdio: 'inherit', env: { ...process.env, GARAM_SERIES: String(runs) } },
    )
    child.once('exit', (code) => resolve(code === 0))
  })
}
