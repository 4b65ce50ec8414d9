import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { elapsedMs } from '../../src/apps/system.ts'
import { type Edit, MUTATIONS, type Mutation } from '../mutations/mutations.ts'
import { type CompiledCopy, makeCompiledCopy, ROOT } from '../simulation/compiled-copy.ts'
import { faultName } from '../simulation/faults.ts'
import { planOf } from '../simulation/plan.ts'
import type { BrokenSeed } from '../simulation/run-seeds.ts'
import { defaultWorkers, playSeeds, seedsFrom } from '../simulation/seed-pool.ts'

export interface MutationsOptions {
  readonly only?: string
  readonly seeds: number
  /** Processes; one for each core when 0. */
  readonly workers?: number
  readonly print: (line: string) => void
}

/**
 * Breaks one safety rule after the other in a copy of the program and plays seeds, from the first on, until a law sees
 * it. `false` when one was not seen. Errors: a text that does not stand exactly once in its file.
 */
export async function soakMutations({ only, seeds, workers = 0, print }: MutationsOptions): Promise<boolean> {
  const chosen = MUTATIONS.filter(({ name }) => only === undefined || name === only)
  if (chosen.length === 0) {
    print(`--only: ${MUTATIONS.map(({ name }) => name).join(', ')}`)
    return false
  }
  let survived = 0
  const whole = await makeCompiledCopy()
  try {
    for (const mutation of chosen) {
      const started = elapsedMs()
      const { broken, plays } = await huntFor(mutation, seeds, workers || defaultWorkers())
      const seconds = ((elapsedMs() - started) / 1000).toFixed(1)
      const law = broken && (await lawBrokenIn(whole, broken.seed))
      if (!broken || law) survived++
      print(
        law
          ? `NO PROOF · ${mutation.name} · the whole program breaks ${law} at seed ${broken.seed}`
          : lineOf(mutation, broken, plays, seconds),
      )
    }
  } finally {
    await whole.remove()
  }
  print(`${chosen.length - survived} of ${chosen.length} found within ${seeds} seeds`)
  return survived === 0
}

function lineOf(
  { name, rule, laws }: Mutation,
  broken: BrokenSeed | undefined,
  plays: number,
  s: string,
): string {
  if (!broken) return `SURVIVED · ${name} · ${plays} seeds · ${s} s · ${rule}`
  const expected = laws.includes(broken.law) ? '' : ` (expected ${laws.join(' or ')})`
  return `found · ${name} · seed ${broken.seed} · ${broken.law}${expected} · ${s} s · ${rule}`
}

/** Seeds that hold none of the trouble a rule is made for are left out: they could only pass. */
function concerns({ needs }: Mutation, seed: number): boolean {
  if (!needs) return true
  const { faults, damage } = planOf(seed)
  return [`damage ${damage}`, ...faults.map(faultName)].some((name) => needs.includes(name))
}

async function huntFor(
  mutation: Mutation,
  seeds: number,
  workers: number,
): Promise<{ readonly broken: BrokenSeed | undefined; readonly plays: number }> {
  const texts = await mutated(mutation.edits)
  const copy = await makeCompiledCopy()
  let broken: BrokenSeed | undefined
  let plays = 0
  try {
    for (const [file, text] of texts) await copy.put(file, text)
    await playSeeds({
      seeds: seedsFrom(1, seeds).filter((seed) => concerns(mutation, seed)),
      workers,
      worker: copy.worker,
      shrinks: false,
      onResult: (result, done) => {
        plays = done
        broken = result.broken
        return broken === undefined
      },
    })
  } finally {
    await copy.remove()
  }
  return { broken, plays }
}

/** A law that this seed breaks without any mutation proves nothing about one. */
async function lawBrokenIn({ worker }: CompiledCopy, seed: number): Promise<string | undefined> {
  let law: string | undefined
  await playSeeds({
    seeds: [seed],
    workers: 1,
    worker,
    shrinks: false,
    onResult: ({ broken }) => {
      law = broken?.law
      return true
    },
  })
  return law
}

/** The files of a mutation as they would be. Errors: a text to replace that is not there, or there twice. */
export async function mutated(edits: readonly Edit[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  for (const { file, find, replace } of edits) {
    const text = texts.get(file) ?? (await readFile(join(ROOT, file), 'utf8'))
    const count = text.split(find).length - 1
    if (count !== 1) throw new Error(`${file} holds this text ${count} times, not once: ${find}`)
    texts.set(
      file,
      text.replace(find, () => replace),
    )
  }
  return texts
}
