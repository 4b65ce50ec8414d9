import { type Benchmarks, createBench } from './harness.ts'
import { journal } from './journal.bench.ts'
import { trader } from './trader.bench.ts'

/** `npm run bench -- [--short] [name …]`: all of them, or those that are named. */
const ALL: readonly Benchmarks[] = [journal, trader]

const words = process.argv.slice(2)
const names = words.filter((word) => !word.startsWith('--'))
const unknown = words.filter((word) => word !== '--short' && !ALL.some(({ name }) => name === word))

if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(', ')}; there are --short and ${ALL.map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = 2
} else {
  const bench = createBench(words.includes('--short'), (line) => console.log(line))
  for (const { name, run } of ALL) if (names.length === 0 || names.includes(name)) await run(bench)
}
