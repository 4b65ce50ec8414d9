import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { METHODS, type Method } from '../../lab/optimise/methods.ts'
import { OBJECTIVES, type Objective } from '../../lab/optimise/objective.ts'
import type { MarketOptions } from '../backtest/options.ts'
import { type Turned, turnedOption } from '../backtest/turned.ts'
import * as read from '../options.ts'

/** The command line of a sweep, read. */
export interface SweepOptions extends MarketOptions {
  readonly param: Turned
  readonly method: Method
  readonly objective: Objective
  readonly trials?: number
  readonly seed: number
  readonly workers: number
  /** Trials are played by workers that look at this Redis, instead of threads of our own. */
  readonly redis?: string
  readonly out: string
  readonly json?: true
}

/** Even the best of so many shows little but luck. */
const MOST_TRIALS = 50_000

/** Adds them to a command that has the options of the market. */
export const withSweepOptions = (command: Command): Command =>
  command
    .addOption(turnedOption())
    .addOption(new Option('--method <how>', '찾는 방법 · how to look').choices(METHODS).default('grid'))
    .addOption(
      new Option('--objective <figure>', '무엇을 키우나 · what is made large')
        .choices(OBJECTIVES)
        .default('sharpe'),
    )
    .option('--trials <count>', '최대 시험 수 (격자는 전부, 나머지는 200) · trials at most', trialCount)
    .option('--seed <number>', '난수 씨앗 · seed of chance', read.wholeNumber, 1)
    .option('--workers <count>', '스레드 수 · threads', workerCount, availableParallelism())
    .addOption(redisOption().conflicts('workers'))
    .option(
      '-o, --out <folder>',
      '결과 폴더, 같은 명령이 이어서 합니다 · folder for sweep.html, trials.csv, trials.jsonl; the same command goes on in it',
      '.garam/sweep',
    )
    .option('--json', '요약을 JSON으로 · summary as JSON')

function trialCount(text: string): number {
  const count = read.wholeNumber(text)
  if (count < 1 || count > MOST_TRIALS)
    throw new InvalidArgumentError(`1부터 ${MOST_TRIALS}까지 / 1 to ${MOST_TRIALS}`)
  return count
}

/** Where machines meet that share a sweep. */
export const redisOption = (): Option =>
  new Option(
    '--redis <url>',
    '여러 컴퓨터에 나눔: redis://주소:6379 (garam worker) · across machines',
  ).argParser(redisUrl)

function redisUrl(text: string): string {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: '' }
  if (!['redis:', 'rediss:'].includes(protocol))
    throw new InvalidArgumentError('redis://주소:6379 처럼 씁니다 / written redis://host:6379')
  return text
}

export function workerCount(text: string): number {
  const count = read.wholeNumber(text)
  if (count < 1 || count > 64) throw new InvalidArgumentError('1부터 64까지 / 1 to 64')
  return count
}

const USUAL_TRIALS = 200

/** How many trials are wanted at most, given the size of the grid. */
export const trialsWanted = ({ method, trials }: SweepOptions): number =>
  trials ?? (method === 'grid' ? MOST_TRIALS : USUAL_TRIALS)
