import { elapsedMs } from '../../src/apps/system.ts'
import { createRandom } from '../../src/std/random.ts'
import { mutate } from './mutate.ts'
import { shrinkText } from './shrink-text.ts'
import { type Judge, type Judgement, type Target, wrong } from './target.ts'

export interface FuzzOptions {
  readonly target: Target
  readonly runs: number
  readonly seed: number
}

export interface FuzzFailure {
  /** Which input of the seed, from 1. */
  readonly run: number
  readonly complaint: string
  /** The shortest input found that is still judged wrong. */
  readonly input: string
}

export interface FuzzResult {
  readonly runs: number
  /** How many inputs the decoder took: when it refuses all of them, little is shown. */
  readonly accepted: number
  /** Processor time: other work on the machine says nothing of a decoder's speed. */
  readonly cpuMs: number
  readonly failure: FuzzFailure | undefined
}

/** An input that takes so long would hold the trader up, ms. Wide: a collection of garbage may fall into it. */
const SLOWEST_MS = 3_000
/** So often the event loop may look at its timers and signals. */
const BREATH_EVERY = 5_000

/** That many inputs of one decoder, all from `seed`; ends at the first that is judged wrong. */
export async function runTarget(options: FuzzOptions): Promise<FuzzResult> {
  const { stackTraceLimit } = Error
  // Most inputs end in an error that somebody catches: writing down where would be most of the work.
  Error.stackTraceLimit = 0
  try {
    return await runAll(options, stackTraceLimit)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

async function runAll({ target, runs, seed }: FuzzOptions, stackTraceLimit: number): Promise<FuzzResult> {
  const random = createRandom(seed).fork(`fuzz ${target.name}`)
  const change = target.mutate ?? mutate
  const corpus = target.corpus()
  let judge = target.open()
  let accepted = 0
  const started = process.cpuUsage()
  const result = (run: number, failure?: FuzzFailure): FuzzResult => ({
    runs: run,
    accepted,
    cpuMs: cpuMs(process.cpuUsage(started)),
    failure,
  })
  for (let run = 0; run < runs; run++) {
    if (target.freshEvery !== undefined && run > 0 && run % target.freshEvery === 0) judge = target.open()
    // Every good input as it is, then changed ones.
    const input = corpus[run]?.text ?? change(random, corpus)
    const judgement = await judged(judge, input)
    if (judgement === 'accepted') accepted++
    else if (typeof judgement === 'object') {
      Error.stackTraceLimit = stackTraceLimit
      return result(run + 1, { run: run + 1, ...(await shrunk(target, input, judgement.complaint)) })
    }
    if ((run + 1) % BREATH_EVERY === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return result(runs)
}

const cpuMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000

async function judged(judge: Judge, input: string): Promise<Judgement> {
  const startedAt = elapsedMs()
  try {
    const judging = judge(input)
    const judgement = judging instanceof Promise ? await judging : judging
    const ms = elapsedMs() - startedAt
    return ms > SLOWEST_MS ? wrong(`took ${ms.toFixed(0)} ms`) : judgement
  } catch (error) {
    return wrong(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}

/** Each try gets a decoder of its own, so that the input alone shows the fault; one that needs its past stays whole. */
async function shrunk(
  target: Target,
  input: string,
  complaint: string,
): Promise<Pick<FuzzFailure, 'complaint' | 'input'>> {
  const complaintOf = async (text: string) => {
    const judgement = await judged(target.open(), text)
    return typeof judgement === 'object' ? judgement.complaint : undefined
  }
  const alone = await complaintOf(input)
  if (alone === undefined) return { complaint: `${complaint} (after the inputs before it)`, input }
  const small = await shrinkText(input, async (text) => kindOf(await complaintOf(text)) === kindOf(alone))
  return { complaint: (await complaintOf(small)) ?? alone, input: small }
}

/** The beginning of a complaint without its numbers: another fault that is met on the way is another story. */
const kindOf = (complaint: string | undefined): string | undefined =>
  complaint?.slice(0, 80).replace(/\d+/g, '#').slice(0, 24)
