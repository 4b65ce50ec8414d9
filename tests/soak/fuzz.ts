import { runTarget } from '../fuzz/run-target.ts'
import { TARGETS } from '../fuzz/targets.ts'

export interface FuzzSoakOptions {
  /** Inputs for each decoder. */
  readonly runs: number
  readonly seed: number
  /** This decoder alone, or those whose names begin so. */
  readonly target?: string
  readonly print: (line: string) => void
}

/** Mutated frames, replies, files and requests for every decoder; `false` with the shortest input when one is wrong. */
export async function soakFuzz({ runs, seed, target, print }: FuzzSoakOptions): Promise<boolean> {
  const wanted = TARGETS.filter(({ name }) => target === undefined || name.startsWith(target))
  if (wanted.length === 0) {
    print(`no such decoder: ${target}. There are ${TARGETS.map(({ name }) => name).join(', ')}`)
    return false
  }
  let failed = 0
  let total = 0
  for (const each of wanted) {
    const { runs: done, accepted, cpuMs, failure } = await runTarget({ target: each, runs, seed })
    total += done
    const share = ((100 * accepted) / Math.max(1, done)).toFixed(1)
    const pace = Math.round(done / Math.max(0.001, cpuMs / 1000))
    print(
      `${each.name.padEnd(18)} ${done} inputs, ${share} % accepted, ${pace} a CPU second${failure ? ' FAILED' : ''}`,
    )
    if (!failure) continue
    failed++
    print(`  seed ${seed}, input ${failure.run}: ${failure.complaint}`)
    print(`  shortest input: ${JSON.stringify(failure.input)}`)
    print(`  again: npm run soak -- fuzz --target ${each.name} --runs ${failure.run} --seed ${seed}`)
  }
  print(`--runs ${runs} --seed ${seed}: ${wanted.length} decoders, ${total} inputs, ${failed} failed`)
  return failed === 0
}
