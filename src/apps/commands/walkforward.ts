import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { setPath } from '../../adapters/catalog/layout.ts'
import type { PlanOf } from '../../lab/optimise/play-trial.ts'
import type { PlayTrials } from '../../lab/optimise/trial.ts'
import { validationPage } from '../../lab/reports/validation-page.ts'
import { kstDay } from '../../model/time.ts'
import type { Catalog } from '../../ports/catalog.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { chooseStrategy, listing } from '../backtest/choose-strategy.ts'
import { type LoadedBars, loadBars } from '../backtest/load-bars.ts'
import { barsWanted, cashOf, rulesOf, withMarketOptions } from '../backtest/options.ts'
import { planFor } from '../backtest/plan-for.ts'
import type { CommandContext } from '../command-context.ts'
import { type Io, refuse } from '../io.ts'
import * as read from '../options.ts'
import { createPace } from '../pace.ts'
import { dim } from '../screen/ansi.ts'
import { elapsedMs } from '../system.ts'
import { gridParameter, setsOf } from '../validate/grid.ts'
import {
  beginLook,
  hash,
  type Look,
  recordTrials,
  type Shown,
  valuesWithDefaults,
  windowOf,
} from '../validate/look.ts'
import { span, type WalkOptions } from '../validate/options.ts'
import { playInTurn } from '../validate/play-in-turn.ts'
import { pageInput, printed, summaryJson } from '../validate/tell.ts'
import { type Searched, type Validated, validateByFolds, validateByWalking } from '../validate/walk.ts'
import { inCatalog, namedSet, withCatalog } from './data-catalog.ts'

export const walkforwardCommand = ({ io, finish }: CommandContext): Command =>
  withMarketOptions(
    new Command('walkforward')
      .description(
        '값을 한 구간에서 고르고 다음 구간에서 시험합니다. 운, 과최적화, 비용을 따져 판정합니다\nchooses values on one stretch of days and tests them on the next; judges luck, overfitting and costs',
      )
      .argument('[strategy]', '전략 이름 (없으면 목록) · a strategy; without one they are listed'),
  )
    .option(
      '-p, --param <key=values>',
      '시도할 값 fast=5,10,20 또는 fast=5..20:5 (여러 번) · values to try, as often as needed',
      gridParameter,
      {},
    )
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
  const set = await namedSet(options.catalog, options.data)
  const strategy = knownStrategy(named, set.interval ?? '')
  const look = await beginLook(set, named, strategy, { ...options, param: {} })
  const loaded = await loadBars(catalog, barsWanted(set, { ...options, ...(look.to && { to: look.to }) }))
  const found = await search(strategy, loaded, look, options, { io, signal })
  const told = { onDone: progressTeller(io, 'walk'), signal }
  const validated: Validated =
    options.folds === undefined
      ? await validateByWalking(found, options, told)
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
}

/** Plays every set over all days, and writes all of them down before anything else is looked at. */
async function search(
  strategy: Strategy,
  loaded: LoadedBars,
  look: Look,
  options: WalkOptions,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<Searched> {
  const rules = rulesOf(options, loaded.instruments.length, loaded.home)
  const { interval, instruments, bars } = loaded
  const cash = cashOf(options, loaded.home)
  const parts = { interval, instruments, rules, cash }
  const planOf: PlanOf = (parameters, bars) => planFor(strategy, { ...parts, parameters }, bars)
  const sets = setsOf(options.param)
  for (const set of sets) {
    const plan = planOf(set, bars)
    if (!plan.ok) return refuse(plan.error.ko, plan.error.en)
  }
  const days = [...new Set(Array.from(bars.openAt, kstDay))]
  const span = { from: days[0] as (typeof days)[number], to: days.at(-1) as (typeof days)[number] }
  const play: PlayTrials = playInTurn(planOf, bars)
  const jobs = sets.map((parameters) => ({ parameters, ...span }))
  const whole = await play(jobs, { onDone: progressTeller(io, 'search'), signal })
  const window = windowOf(look, loaded)
  const kind = options.folds === undefined ? 'walkforward' : 'validation'
  const shown = whole.map(({ job, returns, decisionHash, failed }): Shown => {
    const read = valuesWithDefaults(strategy, job.parameters)
    return { kind, parameters: read, window, returns, result: decisionHash, ...(failed && { failed }) }
  })
  const [first, ...rest] = shown
  const trials = await recordTrials(look, [first as Shown, ...rest])
  return { play, sets, whole, days, trials, cash }
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

function knownStrategy(named: string, interval: string): Strategy {
  if (/[/\\]|\.[mc]?[jt]s$/.test(named))
    return refuse(
      '전진 분석은 아직 들어 있는 전략으로만 합니다: 전략 파일은 garam backtest 로 돌리세요',
      'a walk-forward takes the strategies that come with Garam so far; play a file with garam backtest',
    )
  return chooseStrategy(named, {}, interval)
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

/** How far it is, every two seconds, with the time that is left. */
function progressTeller(io: Io, what: 'search' | 'walk'): (done: number, of: number) => void {
  const beganAt = elapsedMs()
  const isDue = createPace()
  const name = what === 'search' ? '전체 기간 whole span' : '창 windows'
  return (done, of) => {
    if (done === 0 || !isDue()) return
    const left = ((elapsedMs() - beganAt) / done) * (of - done)
    io.err(dim(`${name} ${done}/${of} · 남은 시간 left ${Math.round(left / 1_000)} s`))
  }
}
