import { backtest } from './backtest.bench.ts'
import { day } from './day.bench.ts'
import { decode } from './decode.bench.ts'
import { engine } from './engine.bench.ts'
import { fan } from './fan.bench.ts'
import { type Benchmarks, createBench } from './harness.ts'
import { indicators } from './indicators.bench.ts'
import { journal } from './journal.bench.ts'
import { screen } from './screen.bench.ts'
import { sweep } from './sweep.bench.ts'
import { trader } from './trader.bench.ts'
import { wire } from './wire.bench.ts'

/** All of them, or those that are named: started by `run.ts`. */
const ALL: readonly Benchmarks[] = [
  decode,
  engine,
  wire,
  journal,
  trader,
  fan,
  day,
  backtest,
  sweep,
  indicators,
  screen,
]

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
  // Says which gates are met and fails for none: shared machines move ratios, a person reads them.
  const missed = bench.results.filter(({ met }) => !met)
  console.log(`gates met: ${bench.results.length - missed.length} of ${bench.results.length}`)
  for (const { goal, name, ratio, gate } of missed)
    console.log(`missed ${goal}: ${name}: ${ratio}, gate ${gate}`)
}
