import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { type Absurdity, absurdities } from '../../lab/backtest/absurd.ts'
import { absurdSentence } from '../../lab/backtest/absurd-sentences.ts'
import type { Peek } from '../../lab/backtest/lookahead.ts'
import type { Recursion } from '../../lab/backtest/recursion.ts'
import { recursionSentence, triedSentences } from '../../lab/backtest/recursion-sentences.ts'
import { figuresOf } from '../../lab/reports/figures.ts'
import { whole, written } from '../../lab/reports/format.ts'
import { pdfDocument } from '../../lab/reports/pdf-document.ts'
import { reportPage } from '../../lab/reports/report.ts'
import { reportJson } from '../../lab/reports/report-json.ts'
import { figuresByKey, resultJson } from '../../lab/reports/result-json.ts'
import { tradesCsv } from '../../lab/reports/trades-csv.ts'
import { wonFacts, wonValue } from '../../lab/reports/won-value.ts'
import { type HomeVenue, localDay } from '../../model/home-venue.ts'
import { instrumentId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Catalog } from '../../ports/catalog.ts'
import { chooseStrategy, isStrategyFile, listing } from '../backtest/choose-strategy.ts'
import { heldAlike, loadBars, loadIndex } from '../backtest/load-bars.ts'
import { loadRates } from '../backtest/load-rates.ts'
import {
  type BacktestOptions,
  barsWanted,
  cashOf,
  parameter,
  rulesOf,
  withMarketOptions,
} from '../backtest/options.ts'
import { type PlayedFile, playFile } from '../backtest/play-file.ts'
import { playKnown } from '../backtest/play-known.ts'
import { backtestDay } from '../backtest/recorded-day.ts'
import { costsFirst, outcomesOf, reportInput } from '../backtest/report-input.ts'
import { pdfBytes } from '../backtest/write-pdf.ts'
import type { CommandContext } from '../command-context.ts'
import type { Io } from '../io.ts'
import * as read from '../options.ts'
import { progressTeller } from '../pace.ts'
import { bold, dim, urgent, warn } from '../screen/ansi.ts'
import { wallClock } from '../system.ts'
import { backtestShown, sealFacts, shakenPrint, shakenRun } from '../validate/honest-backtest.ts'
import { beginLook, recordTrials } from '../validate/look.ts'
import * as validation from '../validate/options.ts'
import { inCatalog, namedSet, withCatalog } from './data-catalog.ts'

export const backtestCommand = ({ io, finish }: CommandContext): Command =>
  withMarketOptions(new Command('backtest'))
    .description(
      '전략을 과거 데이터로 돌립니다. 실거래와 같은 엔진, 그 날짜의 수수료와 세금\nplays a strategy over history with the live engine, and the fees and taxes of each date',
    )
    .argument(
      '[strategy]',
      '전략 이름이나 파일 ./my.ts (없으면 목록) · a strategy or a file; without one they are listed',
    )
    .option(
      '--entry <condition>',
      '전략 대신 조건식: 참이 되면 삽니다 · a condition instead of a strategy: bought when it becomes true',
    )
    .option(
      '--exit <condition>',
      '참이 되면 팝니다 (없으면 매수 조건이 거짓이 될 때) · sold when it becomes true (default: when the entry no longer holds)',
    )
    .option(
      '--check-lookahead',
      '미래를 보는지: 데이터를 여러 곳에서 잘라 같은 주문이 나오는지 봅니다 · does it see the future: played again on data cut at several places',
    )
    .option(
      '--check-recursion',
      '선언한 워밍업이 충분한지: 앞의 봉을 1–16배로 달리 보여도 같은 의견인지 봅니다 · is the declared warm-up enough: played again after 1 to 16 times as many bars',
    )
    .option(
      '--day <journal>',
      '기록된 날을 그날의 체결로 다시 돌려 판단을 비교합니다 · a recorded day again on its own tape, decision by decision',
    )
    .option(
      '--fx-spread <ratio>',
      '원화 평가의 환전 비용 (한쪽) · lost on each exchange, in the won view',
      read.ratio,
      0.002,
    )
    .option(
      '-p, --param <key=value>',
      '전략 값 (여러 번) · a parameter of the strategy, as often as needed',
      parameter,
      {},
    )
    .option(
      '--monte-carlo <runs>',
      '거래 순서, 다른 역사, 비용, 지연을 흔들어 봅니다 (1000) · shakes order, history, costs and latency',
      validation.runs,
    )
    .option('--seed <number>', '--monte-carlo 의 시드 · its seed', read.wholeNumber, 1)
    .option(
      '--open-holdout',
      '봉인된 구간까지 봅니다: 아이디어마다 한 번뿐 · reads the sealed days too: once for each idea',
    )
    .option(
      '--benchmark <index>',
      '비교할 지수 (카탈로그의 index/1d/KRX), 미국은 같은 데이터의 종목(SPY) · index, or a US symbol of the same set, to compare with (default: holding the same)',
    )
    .option(
      '-o, --out <folder>',
      '결과 폴더 · folder for report.html, report.json, result.json, trades.csv',
      '.garam/backtest',
    )
    .option('--pdf', '보고서를 PDF로도: report.pdf · the report as PDF too')
    .option('--json', '요약을 JSON으로 · summary as JSON')
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam backtest ema-cross --symbols 005930 -p fast=10 -p slow=40\n  garam backtest cross-sectional-momentum --max-positions 20 --benchmark KOSPI --from 2016-01-01\n  garam backtest dual-momentum --data bars/1d/US/none --symbols SPY,QQQ --cash 10000 --benchmark SPY',
    )
    .action(async (named: string | undefined, options: BacktestOptions) => {
      const { day, out, json } = options
      if (day !== undefined) return finish(await backtestDay({ day, out, ...(json && { json }) }, io))
      if (named === undefined && options.entry === undefined && options.exit === undefined) {
        for (const line of listing()) io.out(line)
        return finish(0)
      }
      finish(
        await withCatalog(() =>
          inCatalog(options.catalog, (catalog) => backtest(catalog, named, options, io)),
        ),
      )
    })

async function backtest(
  catalog: Catalog,
  named: string | undefined,
  options: BacktestOptions,
  io: Io,
): Promise<0 | 1> {
  const set = await namedSet(options.catalog, options.data)
  const isFile = named !== undefined && isStrategyFile(named)
  const chosen = isFile ? undefined : chooseStrategy(named, options, set.interval ?? '', set.market)
  const look = await beginLook(set, named, chosen, options)
  const loaded = await loadBars(catalog, barsWanted(set, { ...options, ...(look.to && { to: look.to }) }))
  const { home } = loaded
  const cash = cashOf(options, home)
  const rules = rulesOf(options, loaded.instruments.length, home)
  if (!options.json) for (const { ko, value } of costsFirst(loaded, rules)) io.out(dim(`${ko}: ${value}`))
  const task = {
    parameters: options.param,
    bars: loaded.bars,
    interval: loaded.interval,
    instruments: loaded.instruments,
    delistings: loaded.delistings,
    rules,
    cash,
    ...(options.checkLookahead && { cuts: CUTS }),
    ...(options.checkRecursion && { stretches: STRETCHES }),
  }
  const onProgress = progressTeller(io, { as: options.progress })
  const { strategy, result, peek, recursion } = chosen
    ? playKnown(chosen, task, onProgress)
    : await playFile(
        { ...task, file: resolve(named ?? '') },
        { patienceMs: options.patience, wall: wallClock, onProgress },
      )
  const grounds = { ...loaded, cash: krw(cash) }
  const absurd = absurdities(grounds, result)
  const dayOf = (at: number) => localDay(home, at)
  const days = [...new Set(Array.from(result.equity.at, dayOf))]
  const benchmark =
    options.benchmark === undefined
      ? heldAlike(loaded, days)
      : await loadIndex(catalog, instrumentId(options.benchmark), days, loaded)
  const rates = home === 'US' ? await loadRates(catalog) : undefined
  const trials = await recordTrials(look, [
    backtestShown(look, loaded, result, failureOf(result, absurd, peek, home)),
  ])
  const outcomes = outcomesOf(result, loaded, strategy.id)
  const figures = figuresOf(result, outcomes, benchmark, trials)
  const robustness =
    options.monteCarlo === undefined
      ? undefined
      : shakenRun(loaded, result, figures.returns, outcomes, { runs: options.monteCarlo, seed: options.seed })
  const input = reportInput({
    title: strategy,
    parameters: options.param,
    rules,
    loaded,
    result,
    figures,
    absurd,
    certified: sealFacts(look),
    ...(robustness && { robustness }),
    won: rates && wonValue(result, days, { ...rates, spreadRatio: options.fxSpread }),
  })
  const folder = resolve(options.out)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'report.html'), reportPage(input))
  await writeFile(join(folder, 'trades.csv'), `\uFEFF${tradesCsv(result.roundTrips, input.nameOf, home)}`)
  const names = { strategy: strategy.id, parameters: options.param }
  await writeFile(join(folder, 'result.json'), resultJson(input, names))
  await writeFile(join(folder, 'report.json'), reportJson(input, names))
  if (options.pdf) await writeFile(join(folder, 'report.pdf'), await pdfBytes(pdfDocument(input)))
  if (options.json) {
    const { decisionHash, stopped } = result
    io.out(
      JSON.stringify({
        folder,
        decisionHash,
        ...figuresByKey(input),
        absurd: input.absurd,
        ...(recursion && { recursion }),
        ...(stopped && { stopped }),
      }),
    )
  } else {
    io.out(bold(`${strategy.ko} · ${strategy.en}`))
    io.out(dim(input.subtitle))
    for (const { ko, en, figures: rows } of figures.groups) {
      io.out(`${ko} ${dim(en)}`)
      for (const each of rows)
        io.out(`  ${each.ko}: ${written(each.unit, each.value, figures.currency).text}`)
    }
    for (const { ko, value } of input.won ? wonFacts(input.won) : []) io.out(dim(`${ko}: ${value}`))
    for (const { sentence } of figures.remarks) io.out(warn(`! ${sentence.ko}\n  ${sentence.en}`))
    for (const line of robustness ? shakenPrint(robustness, figures.currency) : []) io.out(line)
    for (const { ko, value } of sealFacts(look)) io.out(dim(`${ko}: ${value}`))
    const denied = result.refusals.length
    if (denied > 0) io.out(dim(`거절된 주문 · refused orders: ${whole(denied)} (result.json)`))
    for (const file of ['report.html', ...(options.pdf ? ['report.pdf'] : [])])
      io.out(`→ ${join(folder, file)}`)
  }
  for (const each of absurd.map((one) => absurdSentence(one, home)))
    io.err(urgent(`✗ ${each.ko}\n  ${each.en}`))
  if (result.stopped)
    io.err(urgent(`✗ ${dayOf(result.stopped.at)} ${result.stopped.ko}\n  ${result.stopped.en}`))
  if (peek) io.err(urgent(`✗ ${peekSentence(peek, dayOf).ko}\n  ${peekSentence(peek, dayOf).en}`))
  else if (options.checkLookahead) io.err(dim('미래를 본 흔적이 없습니다 · no sign of the future'))
  const isSettled = recursion === undefined || recursion.verdict === 'enough'
  if (recursion) tellRecursion(recursion, dayOf, io)
  return absurd.length > 0 || result.stopped || peek || !isSettled ? 1 : 0
}

function tellRecursion(recursion: Recursion, dayOf: (at: number) => string, io: Io): void {
  for (const { ko, en } of triedSentences(recursion)) io.err(dim(`${ko} · ${en}`))
  const { ko, en } = recursionSentence(recursion, dayOf)
  io.err(recursion.verdict === 'enough' ? dim(`${ko} · ${en}`) : urgent(`✗ ${ko}\n  ${en}`))
}

/** Why a result is none, or only part of one. */
function failureOf(
  { stopped }: PlayedFile['result'],
  [absurd]: readonly Absurdity[],
  peek: Peek | undefined,
  home: HomeVenue,
): Sentence | undefined {
  const dayOf = (at: number) => localDay(home, at)
  return stopped ?? (absurd && absurdSentence(absurd, home)) ?? (peek && peekSentence(peek, dayOf))
}

/** At so many ends of the data a look-ahead is looked for. */
const CUTS = 10
/** From about so many days on the declared warm-up is tried. */
const STRETCHES = 5

const peekSentence = (
  { knownUntil, at, withFuture, without }: Peek,
  dayOf: (at: number) => string,
): Sentence => ({
  ko: `미래를 봅니다: ${dayOf(knownUntil)}까지의 데이터로는 ${dayOf(at)}에 '${without}'인데, 그 뒤의 데이터가 있으면 '${withFuture}'입니다`,
  en: `it looks ahead: on data up to ${dayOf(knownUntil)} it orders '${without}' on ${dayOf(at)}, and '${withFuture}' when there is more behind`,
})
