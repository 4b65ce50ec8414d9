import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setPath } from '../../adapters/catalog/layout.ts'
import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import type { Trials } from '../../lab/analytics/trials.ts'
import { learns, type Method, mostTrials, searchBy } from '../../lab/optimise/methods.ts'
import { optimise, type Trial } from '../../lab/optimise/optimise.ts'
import { type ParameterSpace, readSpace, sizeOfGrid } from '../../lab/optimise/parameter-space.ts'
import type { TrialOutcome } from '../../lab/optimise/trial.ts'
import { kstDay } from '../../model/time.ts'
import type { Catalog } from '../../ports/catalog.ts'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { chooseStrategy, isStrategyFile } from '../backtest/choose-strategy.ts'
import { type LoadedBars, loadBars } from '../backtest/load-bars.ts'
import { barsWanted, cashOf, rulesOf } from '../backtest/options.ts'
import { playFile } from '../backtest/play-file.ts'
import { playKnown } from '../backtest/play-known.ts'
import type { BacktestRules } from '../backtest/settings.ts'
import { namedSet } from '../commands/data-catalog.ts'
import { type Io, refuse } from '../io.ts'
import { progressTeller } from '../pace.ts'
import { dim } from '../screen/ansi.ts'
import { version } from '../self.ts'
import { wallClock } from '../system.ts'
import {
  beginLook,
  type Look,
  recordSearch,
  type Shown,
  valuesWithDefaults,
  windowOf,
} from '../validate/look.ts'
import { playAndKeep } from './play-and-keep.ts'
import { barsHash, claimFolder, type SweepRequest } from './sweep-folder.ts'
import { type SweepOptions, trialsWanted } from './sweep-options.ts'
import { openTrialFile } from './trial-file.ts'
import { openTrialPool } from './trial-pool.ts'
import type { IntroducedWithParameters, TrialTask } from './trial-task.ts'

/** What a sweep has played, or that it was stopped on the way. */
export type Swept =
  | {
      readonly is: 'done'
      readonly strategy: IntroducedWithParameters
      readonly task: TrialTask
      readonly loaded: LoadedBars
      readonly rules: BacktestRules
      readonly space: ParameterSpace
      readonly trials: readonly Trial[]
      readonly look: Look
      /** All that was ever tried of the idea on these days. */
      readonly tried: Trials
    }
  | { readonly is: 'stopped'; readonly played: number }

/** A strategy of ours, or a file with the hash of its text. */
type Chosen = { readonly known: Strategy } | { readonly file: string; readonly sha256: string }

/**
 * Plays all trials of a sweep in threads, or those that its folder does not hold yet. Refuses what cannot be played and a folder of
 * another sweep.
 */
export async function runSweep(
  catalog: Catalog,
  named: string,
  options: SweepOptions,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<Swept> {
  const set = await namedSet(options.catalog, options.data)
  const chosen = await choose(named)
  // Of a strategy that is known, what is wrong is said before the data is read.
  if ('known' in chosen) spaceOf(chosen.known.parameters, options)
  const known = 'known' in chosen ? chosen.known : undefined
  const look = await beginLook(set, named, known, { ...options, param: {} })
  const loaded = await loadBars(catalog, barsWanted(set, { ...options, ...(look.to && { to: look.to }) }))
  const { bars, interval, instruments } = loaded
  const rules = rulesOf(options, instruments.length, loaded.home)
  const cash = cashOf(options, loaded.home)
  const strategy = 'known' in chosen ? { id: chosen.known.id } : { file: chosen.file }
  const task: TrialTask = { strategy, bars, interval, instruments, rules, cash }
  const { workers, patience: patienceMs } = options
  const pool = await openTrialPool(task, { workers, patienceMs, wall: wallClock })
  try {
    const space = spaceOf(pool.strategy.parameters, options)
    const folder = resolve(options.out)
    await claimFolder(folder, requestOf(chosen, pool.strategy, space, options, loaded, rules))
    const file = await openTrialFile(join(folder, 'trials.jsonl'))
    const before = file.known.size
    if (before > 0) io.err(dim(`${before}개는 이미 있어 이어서 합니다 · going on after ${before} trials`))
    const setup = { space, seed: options.seed, trials: trialsWanted(options) }
    const most = mostTrials(options.method, setup)
    const tell = progressTeller(io, before)
    let played = before
    const recordAll = async (): Promise<Trials> => {
      const [first, ...rest] = [...file.known.values()].map(shownOf(look, loaded, pool.strategy))
      return first ? recordSearch(look, [first, ...rest]) : { count: 1, variance: 0 }
    }
    try {
      const play = playAndKeep(pool, file, (more) => {
        played = before + more
        tell(played, most)
      })
      const search = searchBy(options.method, setup)
      const window = { from: kstDay(bars.openAt[0] as number), to: kstDay(bars.openAt.at(-1) as number) }
      const trials = await optimise({ space, search, objective: options.objective, window, play, signal })
      const tried = await recordAll()
      return { is: 'done', strategy: pool.strategy, task, loaded, rules, space, trials, look, tried }
    } catch (error) {
      // What was looked at counts, however the search ended.
      await recordAll()
      if (signal.aborted) return { is: 'stopped', played }
      throw error
    } finally {
      await file.close()
    }
  } finally {
    await pool.close()
  }
}

/** A trial as the ledger keeps it. */
const shownOf =
  (look: Look, loaded: LoadedBars, strategy: IntroducedWithParameters) =>
  ({ job, returns, decisionHash, failed }: TrialOutcome): Shown => ({
    kind: 'sweep',
    parameters: valuesWithDefaults(strategy, job.parameters),
    window: windowOf(look, loaded),
    returns,
    result: decisionHash,
    ...(failed && { failed }),
  })

async function choose(named: string): Promise<Chosen> {
  if (!isStrategyFile(named)) return { known: chooseStrategy(named, {}, '') }
  const file = resolve(named)
  const text = await readFile(file).catch(() =>
    refuse(`전략 파일 ${file} 을(를) 읽을 수 없습니다`, `the strategy file ${file} cannot be read`),
  )
  return { file, sha256: sha256(text) }
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

function spaceOf(schema: ParameterSchema, options: SweepOptions): ParameterSpace {
  const read = readSpace(schema, options.param)
  if (!read.ok)
    return refuse(read.error.map(({ ko }) => ko).join('\n'), read.error.map(({ en }) => en).join('\n'))
  const [size, most] = [sizeOfGrid(read.value), trialsWanted(options)]
  if (options.method === 'grid' && size > most)
    return refuse(
      `격자의 점이 ${size}개로 ${most}개보다 많습니다: 간격을 넓히거나 --method random 또는 tpe 를 쓰세요`,
      `the grid has ${size} points, more than ${most}: take wider steps, or --method random or tpe`,
    )
  return read.value
}

/** What the trials follow from. How many threads there are is not among it. */
function requestOf(
  chosen: Chosen,
  { id }: IntroducedWithParameters,
  space: ParameterSpace,
  options: SweepOptions,
  { bars, instruments, interval, summary }: LoadedBars,
  rules: BacktestRules,
): SweepRequest {
  const { method, objective, seed, cash, from, to } = options
  return {
    garam: version(),
    strategy: id,
    ...('file' in chosen && { file: chosen.sha256 }),
    space,
    method,
    ...plannedTrials(method, options),
    ...(method !== 'grid' && { seed }),
    ...(learns(method) && { objective }),
    data: setPath(summary.name),
    ...(from && { from }),
    ...(to && { to }),
    interval,
    instruments: sha256(JSON.stringify(instruments)),
    bars: barsHash(bars),
    rules,
    cash,
  }
}

/** A grid has its size, and chance alone goes on where it stopped; the other two lay out their steps for a number of trials. */
const plannedTrials = (method: Method, options: SweepOptions): { readonly trials?: number } =>
  learns(method) ? { trials: trialsWanted(options) } : {}

/** The winner by the ordinary backtest: ours in this very thread, a file in a thread of its own. */
export async function playWinner(
  { strategy, ...task }: TrialTask,
  { outcome: { job } }: Trial,
  patienceMs: number,
): Promise<BacktestResult> {
  const { parameters } = job
  if ('id' in strategy)
    return playKnown(chooseStrategy(strategy.id, {}, ''), { ...task, parameters }, () => undefined).result
  const options = { patienceMs, wall: wallClock, onProgress: () => undefined }
  return (await playFile({ ...task, parameters, file: strategy.file }, options)).result
}
