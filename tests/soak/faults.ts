import { elapsedMs } from '../../src/apps/system.ts'
import { runSeeds } from '../simulation/run-seeds.ts'

export interface FaultsOptions {
  readonly seeds: number
  readonly from: number
  readonly print: (line: string) => void
}

const PROGRESS_EVERY = 100

/** That many simulated days full of faults; `false` when a law broke in one, with the seed that plays it again. */
export async function soakFaults({ seeds, from, print }: FaultsOptions): Promise<boolean> {
  const started = elapsedMs()
  const seconds = () => ((elapsedMs() - started) / 1000).toFixed(1)
  const { runs, broken, ...totals } = await runSeeds({
    from,
    count: seeds,
    onProgress: (done) => {
      if (done % PROGRESS_EVERY === 0) print(`${done}/${seeds} seeds · ${seconds()} s`)
    },
  })
  for (const { seed, lines } of broken) {
    for (const line of lines) print(line)
    print(`again: npm run soak -- faults --seeds 1 --from ${seed}`)
  }
  print(
    `--seeds ${runs} --from ${from}: ${broken.length} broken · ${JSON.stringify(totals)} · ${seconds()} s`,
  )
  return broken.length === 0
}
