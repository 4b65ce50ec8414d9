import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Catalog, DataSetName } from '../../ports/catalog.ts'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { chooseStrategy, isStrategyFile } from '../backtest/choose-strategy.ts'
import { type LoadedBars, loadBars } from '../backtest/load-bars.ts'
import { barsWanted, cashOf, type MarketOptions, rulesOf } from '../backtest/options.ts'
import { namedSet } from '../commands/data-catalog.ts'
import { refuse } from '../io.ts'
import { wallClock } from '../system.ts'
import { beginLook, type Look } from '../validate/look.ts'
import { type Elsewhere, openPostedTrials } from './posted-trials.ts'
import { openTrialPool, type TrialPool } from './trial-pool.ts'
import type { TrialTask } from './trial-task.ts'

/** A strategy of ours, or a file with the hash of its text. */
export type Chosen = { readonly known: Strategy } | { readonly file: string; readonly sha256: string }

/** One strategy over one table of bars, ready to be played with many values. Sealed days are not among the bars. */
export interface OpenTrials {
  readonly set: DataSetName
  readonly chosen: Chosen
  readonly look: Look
  readonly loaded: LoadedBars
  readonly task: TrialTask
  readonly pool: TrialPool
}

export interface TrialsWanted extends MarketOptions {
  readonly workers: number
  /** Not by threads of our own, but by workers on any machines. */
  readonly elsewhere?: Elsewhere
  /** Refuses values that the strategy does not take: of one that is known, before the data is read. */
  readonly check: (schema: ParameterSchema) => unknown
}

/** Reads the data and starts the threads, or finds the workers; whoever calls it closes the pool. Refuses what cannot be played. */
export async function openTrials(catalog: Catalog, named: string, wanted: TrialsWanted): Promise<OpenTrials> {
  const set = await namedSet(wanted.catalog, wanted.data)
  const chosen = await choose(named)
  const known = 'known' in chosen ? chosen.known : undefined
  if (known) wanted.check(known.parameters)
  const look = await beginLook(set, named, known, { ...wanted, param: {} })
  const loaded = await loadBars(catalog, barsWanted(set, { ...wanted, ...(look.to && { to: look.to }) }))
  const { bars, interval, instruments, delistings, home } = loaded
  const task: TrialTask = {
    strategy: 'file' in chosen ? { file: chosen.file } : { id: chosen.known.id },
    bars,
    interval,
    instruments,
    delistings,
    rules: rulesOf(wanted, instruments.length, home),
    cash: cashOf(wanted, home),
  }
  const { workers, patience: patienceMs, elsewhere } = wanted
  const pool = elsewhere
    ? await openPostedTrials(task, patienceMs, elsewhere)
    : await openTrialPool(task, { workers, patienceMs, wall: wallClock })
  return { set, chosen, look, loaded, task, pool }
}

async function choose(named: string): Promise<Chosen> {
  if (!isStrategyFile(named)) return { known: chooseStrategy(named, {}, '') }
  const file = resolve(named)
  const text = await readFile(file).catch(() =>
    refuse(`전략 파일 ${file} 을(를) 읽을 수 없습니다`, `the strategy file ${file} cannot be read`),
  )
  return { file, sha256: createHash('sha256').update(text).digest('hex') }
}
