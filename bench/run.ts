import { spawn } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCompiledCopy, ROOT } from '../tests/simulation/compiled-copy.ts'

/**
 * `npm run bench -- [--short] [name …]`, on a compiled copy: what reads TypeScript at run time names every function as it is
 * made, which nobody's installed program does and which costs the engine a fifth of its time.
 */
const KERNELS = 'bench/indicators.c'

const copy = await makeCompiledCopy(['src', 'tests', 'bench'])
try {
  await copyFile(join(ROOT, KERNELS), copy.place(KERNELS))
  const child = spawn(process.execPath, [copy.place('bench/all.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
} finally {
  await copy.remove()
}
