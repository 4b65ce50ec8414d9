import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { setPath } from '../../adapters/catalog/layout.ts'
import { daysPerYear } from '../../lab/analytics/periods.ts'
import { setsOf } from '../../lab/optimise/grid-search.ts'
import { sizeOfGrid } from '../../lab/optimise/parameter-space.ts'
import type { ParameterSet, PlayTrials } from '../../lab/optimise/trial.ts'
import { validationPage } from '../../lab/reports/validation-page.ts'
import { kstDay } from '../../model/time.ts'
import type { Catalog } from '../../ports/catalog.ts'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import { listing } from '../backtest/choose-strategy.ts'
import type { LoadedBars } from '../backtest/load-bars.ts'
import { withMarketOptions } from '../backtest/options.ts'
import { readTurned, turnedOption } from '../backtest/turned.ts'
import type { CommandContext } from '../command-context.ts'
import { type Io, refuse } from '../io.ts'
import * as read from '../options.ts'
import { progressTeller } from '../pace.ts'
import { type OpenTrials, openTrials } from '../sweep/open-trials.ts'
import { hash, type Look, recordTrials, type Shown, valuesWithDefaults, windowOf } from '../validate/look.ts'
import { span, type WalkOptions } from '../validate/options.ts'
import { pageInput, printed, summaryJson } from '../validate/tell.ts'
import { type Searched, type Validated, validateByFolds, validateByWalking } from '../validate/walk.ts'
import { inCatalog, withCatalog } from './data-catalog.ts'

export const walkforwardCommand = ({ io, finish }: CommandContext): Command =>
  withMarketOptions(
    new Command('walkforward')
      .description(
        '값을 한 구간에서 고르고 다음 구간에서 시험합니다. 운, 과최적화, 비용을 따져 판정합니다\nchooses values on one stretch of days and tests them on the next; judges luck, overfitting and costs',
      )
      .argument(
        '[strategy]',
        '전략 이름이나 파일 ./my.ts (없으면 목록) · a strategy or a file; without one they are listed',
      ),
  )
    .addOption(turnedOption())
    .option('--train <span>', '고르는 구간 (2y, 6m, 250d) · days that choose', span, {
      unit: 'months',
      count: 24,
    })
    .option('--test <span>', '시험 구간 · days that test', span, { unit: 'months', count: 6 })
    .option('--anchored', '모든 학습이 첫날에 시작 · every training begins on the first day')
    .option(
      '--embargo <days>',
      '학습과 시험 사이를 비우는 날 · days left out between the two',
      read.wholeNumber,
      5,
    )
    .option(
      '--purge <days>',
      '결정이 영향을 주는 날 (그만큼 더 비움) · days a decision reaches ahead',
      read.wholeNumber,
      0,
    )
    .option(
      '--folds <count>',
      '걷는 대신 교차 검증, 2–16 묶음 · cross-validation instead, 2 to 16 groups',
      read.wholeNumber,
    )
    .option(
      '--choose <count>',
      '한 번에 시험할 묶음 (2 이상이면 조합 교차 검증) · groups tested at once',
      read.wholeNumber,
      1,
    )
    .option(
      '-o, --out <folder>',
      '결과 폴더 · folder for walkforward.html and walkforward.json',
      '.garam/walkforward',
    )
    .option('--json', '요약을 JSON으로 · summary as JSON')
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam walkforward ema-cross -p fast=5,10,20 -p slow=30..60:10 --train 2y --test 6m\n  garam walkforward ema-cross -p fast=5,10,20 --folds 6 --choose 2',
    )
    .action(async (named: string | undefined, options: WalkOptions) => {
      if (named === undefined) {
        for (const line of listing()) io.out(line)
        return finish(0)
      }
      checkFolds(options)
      finish(
        await withCatalog((signal) =>
          inCatalog(options.catalog, (catalog) => validate(catalog, named, options, io, signal)),
        ),
      )
    })

/** 0 when the strategy is believed, 1 when it is not. */
async function validate(
  catalog: Catalog,
  named: string,
  options: WalkOptions,
  io: Io,
  signal: AbortSignal,
): Promise<0 | 1> {
  const check = (schema: ParameterSchema) => setsFor(schema, options)
  const opened = await openTrials(catalog, named, { ...options, workers: availableParallelism(), check })
  const { set, look, loaded, pool } = opened
  const { strategy } = pool
  const told = () => ({ onDone: progressTeller(io, { as: options.progress }), signal })
  try {
    const found = await search(opened, options, told())
    const validated: Validated =
      options.folds === undefined
        ? await validateByWalking(found, options, told())
        : validateByFolds(found, options.folds, options)
    await recordTrials(look, [walkShown(look, loaded, options, validated)])
    const input = pageInput({ strategy, options, look, loaded, found, validated, path: setPath(set) })
    const folder = resolve(options.out)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'walkforward.html'), validationPage(input))
    const json = summaryJson(strategy, validated, found)
    await writeFile(join(folder, 'walkforward.json'), `${JSON.stringify(json)}\n`)
    if (options.json) io.out(JSON.stringify({ folder, ...json }))
    else for (const line of printed(input, join(folder, 'walkforward.html'))) io.out(line)
    return validated.judged.verdict.accepted ? 0 : 1
  } catch (error) {
    if (!signal.aborted) throw error
    return refuse('멈췄습니다: 같은 명령이 처음부터 다시 합니다', 'stopped; the same command begins anew')
  } finally {
    await pool.close()
  }
}

/** Plays every set over all days, and writes all of them down before anything else is looked at. */
async function search(
  { look, loaded, task, pool }: OpenTrials,
  options: WalkOptions,
  told: Parameters<PlayTrials>[1],
): Promise<Searched> {
  const { play, strategy } = pool
  const sets = setsFor(strategy.parameters, options)
  const days = [...new Set(Array.from(loaded.bars.openAt, kstDay))]
  const span = { from: days[0] as (typeof days)[number], to: days.at(-1) as (typeof days)[number] }
  const jobs = sets.map((parameters) => ({ parameters, ...span }))
  const whole = await play(jobs, told)
  const window = windowOf(look, loaded)
  const kind = options.folds === undefined ? 'walkforward' : 'validation'
  const shown = whole.map(({ job, returns, decisionHash, failed }): Shown => {
    const read = valuesWithDefaults(strategy, job.parameters)
    return { kind, parameters: read, window, returns, result: decisionHash, ...(failed && { failed }) }
  })
  const [first, ...rest] = shown
  const trials = await recordTrials(look, [first as Shown, ...rest])
  const failure = whole.every(({ failed }) => failed) && whole[0]?.failed
  if (failure) refuse(failure.ko, failure.en)
  const periodsPerYear = daysPerYear(loaded.home)
  return { play, sets, whole, days, trials, periodsPerYear, cash: task.cash }
}

/** The walk itself: who tries other windows until one looks good has tried so often. Counted from the next run on. */
function walkShown(look: Look, loaded: LoadedBars, options: WalkOptions, { paths }: Validated): Shown {
  const { train, test, anchored, purge, embargo, folds, choose, param } = options
  const how = folds === undefined ? { train, test, anchored: anchored === true } : { folds, choose }
  const [returns = new Float64Array()] = paths
  return {
    kind: folds === undefined ? 'walkforward' : 'validation',
    parameters: { how: JSON.stringify({ ...how, purge, embargo }), grid: JSON.stringify(param) },
    window: windowOf(look, loaded),
    returns,
    result: hash(returns.join()),
  }
}

const SETS_MAX = 10_000

function setsFor(schema: ParameterSchema, { param }: WalkOptions): readonly ParameterSet[] {
  const space = readTurned(schema, param)
  const count = sizeOfGrid(space)
  if (count > SETS_MAX)
    refuse(
      `조합이 ${count}개입니다: ${SETS_MAX}개까지. 많이 시도할수록 필요한 샤프도 높아집니다`,
      `${count} combinations are more than ${SETS_MAX}; the more are tried, the higher the Sharpe ratio that is needed`,
    )
  return setsOf(space)
}

const FOLDS_MAX = 16

function checkFolds({ folds, choose }: WalkOptions): void {
  if (folds === undefined) return
  if (folds < 2 || folds > FOLDS_MAX || choose < 1 || choose >= folds)
    refuse(
      `--folds 는 2–${FOLDS_MAX}, --choose 는 1부터 그보다 작은 수입니다`,
      `--folds is 2 to ${FOLDS_MAX}, --choose from 1 to less than that`,
    )
}
