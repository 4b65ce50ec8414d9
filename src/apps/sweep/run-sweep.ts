import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { setPath } from '../../adapters/catalog/layout.ts'
import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import { daysPerYear } from '../../lab/analytics/periods.ts'
import type { Trials } from '../../lab/analytics/trials.ts'
import { learns, type Method, mostTrials, searchBy } from '../../lab/optimise/methods.ts'
import { optimise, type Trial } from '../../lab/optimise/optimise.ts'
import { nothingTurned, type ParameterSpace, sizeOfGrid } from '../../lab/optimise/parameter-space.ts'
import type { TrialOutcome } from '../../lab/optimise/trial.ts'
import { kstDay } from '../../model/time.ts'
import type { Catalog } from '../../ports/catalog.ts'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import { chooseStrategy } from '../backtest/choose-strategy.ts'
import type { LoadedBars } from '../backtest/load-bars.ts'
import { playFile } from '../backtest/play-file.ts'
import { playKnown } from '../backtest/play-known.ts'
import type { BacktestRules } from '../backtest/settings.ts'
import { readTurned } from '../backtest/turned.ts'
import { type Io, refuse } from '../io.ts'
import { progressTeller } from '../pace.ts'
import { dim } from '../screen/ansi.ts'
import { version } from '../self.ts'
import { wallClock } from '../system.ts'
import { type Look, recordSearch, type Shown, valuesWithDefaults, windowOf } from '../validate/look.ts'
import { type Chosen, openTrials } from './open-trials.ts'
import { playAndKeep } from './play-and-keep.ts'
import { barsHash, claimFolder, type SweepRequest } from './sweep-folder.ts'
import { type SweepOptions, trialsWanted } from './sweep-options.ts'
import { openTrialFile } from './trial-file.ts'
import type { IntroducedWithParameters, TrialTask } from './trial-task.ts'

/** What a sweep has played, or that it was stopped on the way. */
export type Swept =
  | {
      readonly is: 'done'
      readonly strategy: IntroducedWithParameters
      readonly task: TrialTask
      readonly loaded: LoadedBars
      readonly space: ParameterSpace
      readonly trials: readonly Trial[]
      readonly look: Look
      /** All that was ever tried of the idea on these days. */
      readonly tried: Trials
    }
  | { readonly is: 'stopped'; readonly played: number }

/**
 * Plays all trials of a sweep, in threads or on other machines, or those that its folder does not hold yet. Refuses what cannot be played and a folder of
 * another sweep.
 */
export async function runSweep(
  catalog: Catalog,
  named: string,
  options: SweepOptions,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<Swept> {
  const check = (schema: ParameterSchema) => spaceOf(schema, options)
  const { redis } = options
  const wanted = { ...options, ...(redis !== undefined && { elsewhere: { redis, io } }), check }
  const { chosen, look, loaded, task, pool } = await openTrials(catalog, named, wanted)
  const { bars } = loaded
  try {
    const space = spaceOf(pool.strategy.parameters, options)
    const folder = resolve(options.out)
    await claimFolder(folder, requestOf(chosen, pool.strategy, space, options, loaded, task.rules))
    const file = await openTrialFile(join(folder, 'trials.jsonl'))
    const before = file.known.size
    if (before > 0) io.err(dim(`${before}개는 이미 있어 이어서 합니다 · going on after ${before} trials`))
    const setup = { space, seed: options.seed, trials: trialsWanted(options) }
    const most = mostTrials(options.method, setup)
    const tell = progressTeller(io, { before, as: options.progress })
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
      const periodsPerYear = daysPerYear(loaded.home)
      const { objective } = options
      const trials = await optimise({ space, search, objective, window, periodsPerYear, play, signal })
      const tried = await recordAll()
      return { is: 'done', strategy: pool.strategy, task, loaded, space, trials, look, tried }
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

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function spaceOf(schema: ParameterSchema, options: SweepOptions): ParameterSpace {
  const space = readTurned(schema, options.param)
  const nothing = nothingTurned(schema)
  if (space.dimensions.length === 0) return refuse(nothing.ko, nothing.en)
  const [size, most] = [sizeOfGrid(space), trialsWanted(options)]
  if (options.method === 'grid' && size > most)
    return refuse(
      `격자의 점이 ${size}개로 ${most}개보다 많습니다: 간격을 넓히거나 --method random 또는 tpe 를 쓰세요`,
      `the grid has ${size} points, more than ${most}: take wider steps, or --method random or tpe`,
    )
  return space
}

/** What the trials follow from. How many threads there are is not among it. */
function requestOf(
  chosen: Chosen,
  { id }: IntroducedWithParameters,
  space: ParameterSpace,
  options: SweepOptions,
  { bars, instruments, delistings, interval, summary }: LoadedBars,
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
    ...(delistings.length > 0 && { delistings: sha256(JSON.stringify(delistings)) }),
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
