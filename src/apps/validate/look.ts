import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setPath } from '../../adapters/catalog/layout.ts'
import { openTrialLedger } from '../../adapters/catalog/trial-ledger.ts'
import { sharpeSample } from '../../lab/analytics/sharpe-honesty.ts'
import type { Trials } from '../../lab/analytics/trials.ts'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import { countTrials, newTrials, trialsOf } from '../../lab/optimise/validation-count.ts'
import { openingOf, sealedFrom, wasTried } from '../../lab/optimise/validation-seal.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Sentence } from '../../model/sentence.ts'
import { addDays, kstDay, type TradingDay } from '../../model/time.ts'
import type { DataSetName } from '../../ports/catalog.ts'
import type { Idea, TrialKind, TrialLedger, TrialRecord, TrialWindow } from '../../ports/trial-ledger.ts'
import { readParameters } from '../../trading/strategies/parameters.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import type { BacktestOptions, MarketOptions } from '../backtest/options.ts'
import { refuse } from '../io.ts'
import { elapsedMs, wallClock } from '../system.ts'

/** What somebody is about to look at: which idea, with which values, and up to which day he may. */
export interface Look {
  readonly ledger: TrialLedger
  readonly idea: Idea
  readonly set: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly rules: string
  /** The last day that may be read; absent: all there are. */
  readonly to?: TradingDay
  readonly sealedFrom?: TradingDay
  /** The sealed days were opened for this look. */
  readonly opened: boolean
}

type LookOptions = MarketOptions & Pick<BacktestOptions, 'entry' | 'exit' | 'param' | 'openHoldout'>

/**
 * Begins a look. Sealed days are kept out, or opened: once for an idea, with values that were tried before, and written down
 * before anything is read. `chosen` is absent for a strategy file. Refuses a span that is sealed whole, and an opening that
 * may not be.
 */
export async function beginLook(
  set: DataSetName,
  named: string | undefined,
  chosen: Strategy | undefined,
  options: LookOptions,
): Promise<Look> {
  const ledger = openTrialLedger(options.catalog)
  const { records } = await ledger.read()
  const path = setPath(set)
  const sealed = sealedFrom(records, path)
  const own = {
    ledger,
    idea: ideaOf(named, chosen, options),
    set: path,
    parameters: valuesOf(chosen, options),
    rules: rulesHash(options),
  }
  if (options.openHoldout) return open(own, sealed, options.to)
  if (sealed === undefined) return { ...own, ...(options.to && { to: options.to }), opened: false }
  const last = addDays(sealed, -1)
  if (options.from !== undefined && options.from > last)
    return refuse(
      `${path} 은(는) ${sealed}부터 봉인되어 있습니다: 그 전 기간을 쓰거나, 마지막 한 번이라면 --open-holdout`,
      `${path} is sealed from ${sealed} on: take days before it, or --open-holdout if this is the one last time`,
    )
  const to = options.to !== undefined && options.to < last ? options.to : last
  return { ...own, to, sealedFrom: sealed, opened: false }
}

async function open(
  own: Omit<Look, 'opened'>,
  sealed: TradingDay | undefined,
  to: TradingDay | undefined,
): Promise<Look> {
  const { ledger, idea, set, parameters, rules } = own
  if (sealed === undefined)
    return refuse(
      `${set} 에는 봉인된 구간이 없습니다: garam holdout seal --data ${set} --from 날짜`,
      `nothing of ${set} is sealed: garam holdout seal --data ${set} --from DAY`,
    )
  const { records } = await ledger.read()
  const before = openingOf(records, idea.id, set)
  if (before) return alreadyOpened(idea, before.at)
  if (!wasTried(records, { idea: idea.id, set, parameters, rules }))
    return refuse(
      '봉인을 열려면 먼저 같은 값과 설정으로 봉인 앞 구간에서 돌려 기록에 남아 있어야 합니다: --open-holdout 없이 한 번 돌리고, 그 값을 그대로 쓰세요 (garam trials)',
      'the seal opens for values that are in the ledger: run them once without --open-holdout, and then use the same values and settings (garam trials)',
    )
  const id = `${process.pid}.${wallClock.now()}.${elapsedMs()}`
  await ledger.append([{ what: 'opening', at: wallClock.now(), id, set, idea, parameters }])
  // Of two that come at once the first in the file has it.
  const first = openingOf((await ledger.read()).records, idea.id, set)
  if (first?.id !== id) return alreadyOpened(idea, first?.at ?? wallClock.now())
  return { ...own, ...(to && { to }), sealedFrom: sealed, opened: true }
}

const alreadyOpened = (idea: Idea, at: number): never =>
  refuse(
    `${idea.id} 의 봉인은 ${kstDay(at)}에 이미 열었습니다. 두 번 보면 더는 검증이 아닙니다: 새 데이터가 쌓이기를 기다리거나, 모의투자로 확인하세요`,
    `the seal was opened for ${idea.id} on ${kstDay(at)}. Seen twice it proves nothing: wait for new data, or go on in paper trading`,
  )

/** What a look showed. */
export interface Shown {
  readonly kind: TrialKind
  readonly parameters: Readonly<Record<string, unknown>>
  readonly window: TrialWindow
  /** Of days. */
  readonly returns: Float64Array
  readonly result: string
  readonly failed?: Sentence
}

export function trialRecord(look: Pick<Look, 'idea' | 'rules'>, shown: Shown, at: number): TrialRecord {
  const sample = sharpeSample(shown.returns)
  const { kind, window, parameters, result, failed } = shown
  return {
    what: 'trial',
    kind,
    at,
    idea: look.idea,
    window,
    parameters,
    rules: look.rules,
    result,
    ...(sample.ok && { sample: sample.value }),
    ...(failed && { failed: { ko: failed.ko, en: failed.en } }),
  }
}

/** Writes the records down, and counts what was tried of the idea on days that overlap those of the first. */
export async function recordTrials(look: Look, shown: readonly [Shown, ...Shown[]]): Promise<Trials> {
  const at = wallClock.now()
  await look.ledger.append(shown.map((each) => trialRecord(look, each, at)))
  return countShown(look, shown[0])
}

/** Writes down what the ledger does not have yet: of a search that goes on, most of it is there. */
export async function recordSearch(look: Look, shown: readonly [Shown, ...Shown[]]): Promise<Trials> {
  const at = wallClock.now()
  const { records } = await look.ledger.read()
  const fresh = newTrials(
    records,
    shown.map((each) => trialRecord(look, each, at)),
  )
  if (fresh.length > 0) await look.ledger.append(fresh)
  // One that failed has no days, and which one ended first is chance.
  const longest = shown.reduce((one, other) => (other.returns.length > one.returns.length ? other : one))
  return countShown(look, longest)
}

async function countShown({ ledger, idea }: Look, { window, returns }: Shown): Promise<Trials> {
  const { records } = await ledger.read()
  return countTrials(trialsOf(records, idea.id, window), returns.length)
}

/** The data that bars are. */
export function windowOf(
  { set }: Pick<Look, 'set'>,
  { bars, instruments }: { readonly bars: BarTable; readonly instruments: readonly Instrument[] },
): TrialWindow {
  const names = instruments.map(({ id }) => id).toSorted()
  return {
    set,
    symbols: hash(names.join(',')),
    names: names.length,
    from: kstDay(bars.openAt[0] as number),
    to: kstDay(bars.openAt.at(-1) as number),
  }
}

type Written = Pick<BacktestOptions, 'entry' | 'exit'>

function ideaOf(named: string | undefined, chosen: Strategy | undefined, written: Written): Idea {
  if (named !== undefined && chosen) return { id: chosen.id, text: chosen.title.ko }
  if (named !== undefined) {
    const source = readSource(named)
    const text = source.split('\n').find((line) => line.trim() !== '') ?? ''
    return { id: `file:${basename(named)}`, text: text.trim().slice(0, 80), version: hash(source) }
  }
  const text = [written.entry, written.exit].filter((each) => each !== undefined).join(' / ')
  // Another number in it is another trial of the same idea.
  const shape = text.replaceAll(/\d+(\.\d+)?/g, '#').replaceAll(/\s+/g, ' ')
  return { id: `condition:${hash(shape)}`, text: text.slice(0, 80) }
}

/** A file that is not there is refused by the one that plays it. */
function readSource(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function valuesOf(
  chosen: Strategy | undefined,
  { entry, exit, param }: Written & Pick<BacktestOptions, 'param'>,
): Readonly<Record<string, unknown>> {
  if (entry !== undefined) return { entry, ...(exit === undefined ? {} : { exit }) }
  return chosen ? valuesWithDefaults(chosen, param) : param
}

/** So that a value that was left out and one that was written as it is by default are the same trial. */
export function valuesWithDefaults(
  { parameters }: Pick<Strategy, 'parameters'>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const read = readParameters(parameters, given)
  return read.ok ? read.value : given
}

function rulesHash(options: LookOptions): string {
  const { cash, amount, maxPositions, order, stopLoss, takeProfit, slippage } = options
  const { participation, limitFill, symbols, commission, activityFee } = options
  const names = symbols?.toSorted()
  return hash(
    JSON.stringify([
      ...[cash, amount, maxPositions, order, stopLoss, takeProfit],
      ...[slippage, participation, limitFill, names, commission, activityFee],
    ]),
  )
}

/** SHA-256, 12 digits. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
