import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { setPath } from '../../adapters/catalog/layout.ts'
import { daysPerYear } from '../../lab/analytics/periods.ts'
import { absurdities } from '../../lab/backtest/absurd.ts'
import { absurdSentence } from '../../lab/backtest/absurd-sentences.ts'
import { ranked, scoreOf, type Trial } from '../../lab/optimise/optimise.ts'
import { judgeSearch } from '../../lab/optimise/verdict.ts'
import { amountWords, whole, written } from '../../lab/reports/format.ts'
import type { Fact } from '../../lab/reports/page.ts'
import { sweepPage } from '../../lab/reports/sweep-page.ts'
import { currencyOf } from '../../model/home-venue.ts'
import { krw } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import { withMarketOptions } from '../backtest/options.ts'
import { costsFirst } from '../backtest/report-input.ts'
import type { CommandContext } from '../command-context.ts'
import type { Io } from '../io.ts'
import { bold, dim, urgent, warn } from '../screen/ansi.ts'
import { playWinner, runSweep, type Swept } from '../sweep/run-sweep.ts'
import { type SweepOptions, withSweepOptions } from '../sweep/sweep-options.ts'
import { sweepPageInput, writtenValues } from '../sweep/sweep-page-input.ts'
import { sweepReportJson } from '../sweep/sweep-report.ts'
import { doubtsOf, honestyFacts, OBJECTIVE_NAMES } from '../sweep/sweep-summary.ts'
import { trialsCsv } from '../sweep/trials-csv.ts'
import { sealFacts } from '../validate/honest-backtest.ts'
import { inCatalog, withCatalog } from './data-catalog.ts'

export const sweepCommand = ({ io, finish }: CommandContext): Command =>
  withSweepOptions(withMarketOptions(new Command('sweep')))
    .description(
      '전략의 값을 바꿔 가며 백테스트하고, 1위가 운인지 함께 말합니다. 멈춰도 같은 명령이 이어서 합니다\nplays a strategy with many values over history and says how much of the winner is luck; the same command goes on after a stop',
    )
    .argument('<strategy>', '전략 이름이나 파일 ./my.ts · a strategy or a file')
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam sweep ema-cross --symbols 005930 -p fast=5..50:5 -p slow=20..200:20\n  garam sweep rsi-reversion -p period -p low=0.1..0.4 --method tpe --trials 300 --objective calmar',
    )
    .action(async (named: string, options: SweepOptions) =>
      finish(
        await withCatalog(async (signal) => {
          const swept = await inCatalog(options.catalog, (catalog) =>
            runSweep(catalog, named, options, { io, signal }),
          )
          return swept.is === 'done' ? report(swept, options, io) : stopped(swept.played, io)
        }),
      ),
    )

function stopped(played: number, io: Io): 1 {
  io.err(
    warn(
      `멈췄습니다. 끝난 시험 ${whole(played)}개는 남아 있고, 같은 명령을 다시 실행하면 이어서 합니다\nstopped; ${whole(played)} trials are kept, and the same command goes on from there`,
    ),
  )
  return 1
}

async function report(swept: Extract<Swept, { is: 'done' }>, options: SweepOptions, io: Io): Promise<0 | 1> {
  const { strategy, task, loaded, space, trials, look, tried } = swept
  const { objective, json } = options
  const verdict = judgeSearch(space, trials, tried, daysPerYear(loaded.home))
  const { winner } = verdict
  const { isRepeated, alarms } = winner
    ? await checkWinner(swept, winner, options)
    : { isRepeated: false, alarms: [noWinner(trials)] }
  const doubts = doubtsOf(space, verdict)
  const folder = resolve(options.out)
  const keys = [...Object.keys(space.fixed), ...space.dimensions.map(({ key }) => key)]
  const subtitle = `${setPath(loaded.summary.name)} · ${whole(loaded.instruments.length)}종목 · ${spanOf(trials)} · ${loaded.interval} · ${amountWords(currencyOf(loaded.home), task.cash)}`
  const page = sweepPageInput({
    title: { ko: `${strategy.ko} 탐색`, en: `sweep of ${strategy.en}` },
    subtitle,
    space,
    objective,
    trials,
    verdict,
    doubts: [...alarms, ...doubts],
    search: [...costsFirst(loaded, task.rules), ...searchFacts(options)],
    rules: task.rules,
    loaded,
    certified: sealFacts(look),
  })
  await writeFile(join(folder, 'sweep.html'), sweepPage(page))
  const told = { strategy: strategy.id, space, trials, verdict, alarms, doubts, page }
  await writeFile(join(folder, 'report.json'), sweepReportJson(told))
  await writeFile(join(folder, 'trials.csv'), `\uFEFF${trialsCsv(keys, trials)}`)
  const { unit, ko, en } = OBJECTIVE_NAMES[objective]
  if (json)
    io.out(
      JSON.stringify({
        folder,
        strategy: strategy.id,
        objective,
        trials: verdict.trials,
        failed: verdict.failed,
        tried: verdict.tried,
        ...(winner && {
          winner: { number: winner.number, score: scoreOf(winner), ...factsOf(winner) },
          isRepeated,
        }),
        sharpeByLuck: valueOrNull(verdict.sharpeByLuck),
        deflatedSharpe: valueOrNull(verdict.deflatedSharpe),
        overfitting: valueOrNull(verdict.overfitting),
        stability: verdict.stability ?? null,
        doubts: doubts.map((each) => each.en),
      }),
    )
  else {
    io.out(bold(`${strategy.ko} · ${strategy.en}`))
    io.out(dim(subtitle))
    for (const trial of ranked(trials).slice(0, SHOWN))
      if (scoreOf(trial) !== undefined)
        io.out(
          `  ${ko} ${dim(en)} ${written(unit, trial.objective).text}  ${writtenValues(trial.outcome.job.parameters)}`,
        )
    for (const { ko, value } of [...honestyFacts(verdict, objective), ...sealFacts(look)])
      io.out(`  ${ko}: ${value}`)
    for (const each of doubts) io.out(warn(`! ${each.ko}\n  ${each.en}`))
    io.out(`→ ${join(folder, 'sweep.html')}`)
  }
  for (const each of alarms) io.err(urgent(`✗ ${each.ko}\n  ${each.en}`))
  return alarms.length > 0 ? 1 : 0
}

const SHOWN = 5

const valueOrNull = <T>(
  figure: { readonly ok: true; readonly value: T } | { readonly ok: false },
): T | null => (figure.ok ? figure.value : null)

const factsOf = ({ outcome: { job, roundTrips, endedWith, decisionHash } }: Trial) => ({
  parameters: job.parameters,
  roundTrips,
  endedWith,
  decisionHash,
})

const spanOf = ([first]: readonly Trial[]): string =>
  first ? `${first.outcome.job.from} – ${first.outcome.job.to}` : '–'

const searchFacts = ({ method, seed, objective }: SweepOptions): readonly Fact[] => [
  {
    ko: '찾는 방법, 씨앗',
    en: 'method, seed',
    value: method === 'grid' ? 'grid' : `${method}, ${seed}`,
  },
  {
    ko: '키운 것',
    en: 'made large',
    value: `${OBJECTIVE_NAMES[objective].ko} · ${OBJECTIVE_NAMES[objective].en}`,
  },
]

/** Plays the winner by the ordinary backtest. What is wrong with it is no doubt but an alarm. */
async function checkWinner(
  { task, loaded }: Extract<Swept, { is: 'done' }>,
  winner: Trial,
  options: SweepOptions,
): Promise<{ readonly isRepeated: boolean; readonly alarms: readonly Sentence[] }> {
  const { decisionHash, endedWith } = winner.outcome
  const again = await playWinner(task, winner, options.patience)
  const words = (value: number) => amountWords(currencyOf(loaded.home), value)
  const isRepeated = again.decisionHash === decisionHash && again.endedWith === endedWith
  const differs: Sentence = {
    ko: `1위를 보통의 백테스트로 다시 돌리니 다른 결과가 나왔습니다: ${words(endedWith)}이던 것이 ${words(again.endedWith)}. 이 탐색의 어떤 수치도 믿지 마세요. 전략이 자기 밖에(파일의 변수, 난수, 시각) 무엇을 남기는지 보세요`,
    en: `the winner, played again by the ordinary backtest, came out different: ${words(endedWith)} then, ${words(again.endedWith)} now. Believe no figure of this sweep; look whether the strategy keeps something outside of itself (a variable of its file, chance, the clock)`,
  }
  const absurd = absurdities({ ...loaded, cash: krw(task.cash) }, again).map((each) =>
    absurdSentence(each, loaded.home),
  )
  return { isRepeated, alarms: [...(isRepeated ? [] : [differs]), ...absurd] }
}

function noWinner(trials: readonly Trial[]): Sentence {
  const failed = trials.find(({ outcome }) => outcome.failed !== undefined)?.outcome.failed
  return {
    ko: `값이 있는 시험이 하나도 없습니다${failed ? `. 예: ${failed.ko}` : ': 거래가 없었거나 기간이 너무 짧습니다'}`,
    en: `no trial has a figure${failed ? `; for example: ${failed.en}` : ': nothing was traded, or the days are too few'}`,
  }
}
