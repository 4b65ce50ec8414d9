import { currencyOf, homeOf } from '../../model/home-venue.ts'
import type { Instrument } from '../../model/instrument.ts'
import { unitsOf } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Opinion } from '../../model/signal.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { StrategyBar } from '../../trading/strategies/strategy.ts'
import type { StrategyFault } from '../analytics/backtest-result.ts'
import type { BarTable } from './bar-table.ts'
import type { Participant } from './plan.ts'

/** The opinions of one strategy between the bar that caused them and the next bar of their instrument. */
export interface Inbox {
  readonly strategy: string
  holds(index: number): boolean
  /** Takes the opinion out if it wants that. */
  take(index: number, want: Opinion['want']): Opinion | undefined
  /** The instrument is gone: what was said of it is not meant of whatever gets its code, which warms up anew. */
  forget(index: number): void
  /**
   * Shows it the rows that have closed; of a moment without rows it hears nothing. Answers with what it must not do: throw,
   * or have an opinion that is none (a weight that is no share of the account, an instrument that is not there, no reason).
   */
  look(bars: BarTable, moment: number, from: number, to: number): StrategyFault | undefined
}

export function createInbox({ name, run }: Participant, instruments: readonly Instrument[]): Inbox {
  const waiting: (Opinion | undefined)[] = instruments.map(() => undefined)
  const seen = new Uint32Array(instruments.length)
  const units = unitsOf(currencyOf(homeOf(instruments)))
  const bar: WritableBar = {
    openAt: 0,
    closeAt: 0,
    open: 0,
    high: 0,
    low: 0,
    close: 0,
    volume: 0,
  }
  /** Whose bar is being shown; −1: all of them. */
  let shown = -1

  /** The newest opinion counts. One from before the end of the warm-up does not. */
  const hear = (index: number, opinion: Opinion) => {
    const wrong = wrongIn(index, opinion, instruments.length)
    if (wrong) throw new NoOpinion(wrong)
    if ((seen[index] as number) > run.needs.warmUpBars) waiting[index] = opinionIn(opinion)
  }

  const show = (bars: BarTable, moment: number, from: number, to: number) => {
    bar.openAt = bars.openAt[moment] as number
    bar.closeAt = bars.closeAt[moment] as number
    for (let row = from; row < to; row++) {
      shown = bars.index[row] as number
      bar.open = bars.open[row] as number
      bar.high = bars.high[row] as number
      bar.low = bars.low[row] as number
      bar.close = bars.close[row] as number
      bar.volume = bars.volume[row] as number
      if (units !== 1) inUnits(bar, units)
      seen[shown] = (seen[shown] as number) + 1
      const opinion = run.onBar(shown, bar)
      if (opinion) hear(shown, opinion)
    }
    shown = -1
    const placed = run.onMoment(bar.closeAt)
    if (placed.length > 0) for (const { index, ...opinion } of placed) hear(index, opinion)
  }

  const faultOf = (error: unknown, at: EpochMs): StrategyFault => {
    const instrument = instruments[shown]?.id
    const { ko, en } = error instanceof NoOpinion ? error.sentence : thrown(error)
    return { strategy: name, at, ...(instrument && { instrument }), ko, en }
  }

  return {
    strategy: name,
    holds: (index) => waiting[index] !== undefined,
    take: (index, want) => {
      const opinion = waiting[index]
      if (opinion?.want !== want) return undefined
      waiting[index] = undefined
      return opinion
    },
    forget: (index) => {
      waiting[index] = undefined
      seen[index] = 0
    },
    look: (bars, moment, from, to) => {
      if (from === to) return undefined
      try {
        show(bars, moment, from, to)
        return undefined
      } catch (error) {
        return faultOf(error, bars.closeAt[moment] as number)
      }
    },
  }
}

type WritableBar = { -readonly [K in keyof StrategyBar]: StrategyBar[K] }

function inUnits(bar: WritableBar, units: number): void {
  bar.open /= units
  bar.high /= units
  bar.low /= units
  bar.close /= units
}

class NoOpinion extends Error {
  override readonly name = 'NoOpinion'
  readonly sentence: Sentence
  constructor(sentence: Sentence) {
    super(sentence.en)
    this.sentence = sentence
  }
}

const thrown = (error: unknown): Sentence => {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { ko: `전략이 오류를 냈습니다: ${said}`, en: `the strategy threw ${said}` }
}

/** What else a strategy wrote beside its opinion would go on into the engine, which would believe it. */
const opinionIn = ({ want, weightRatio, reason: { ko, en } }: Opinion): Opinion => ({
  want,
  ...(weightRatio !== undefined && { weightRatio }),
  reason: { ko, en },
})

/** It may come from a file that no compiler has seen. */
function wrongIn(
  index: number,
  { want, weightRatio, reason }: Opinion,
  instruments: number,
): Sentence | undefined {
  if (!Number.isInteger(index) || index < 0 || index >= instruments)
    return {
      ko: `전략이 없는 종목 번호 ${index}를 말했습니다 (0–${instruments - 1})`,
      en: `the strategy named instrument ${index}; there are 0 to ${instruments - 1}`,
    }
  if (want !== 'long' && want !== 'flat')
    return {
      ko: `전략의 의견은 long 또는 flat이어야 합니다: ${String(want)}`,
      en: `an opinion wants long or flat, not ${String(want)}`,
    }
  if (!isText(reason?.ko) || !isText(reason?.en))
    return {
      ko: `전략의 의견에는 이유가 있어야 합니다 (${MOST_LETTERS}자까지): reason: { ko: "…", en: "…" }`,
      en: `an opinion has a reason, of ${MOST_LETTERS} letters at most: { ko: "…", en: "…" }`,
    }
  if (weightRatio === undefined) return undefined
  if (typeof weightRatio === 'number' && weightRatio > 0 && weightRatio <= 1) return undefined
  return {
    ko: `비중은 0보다 크고 1 이하여야 합니다: ${weightRatio}`,
    en: `a weight lies above 0 and at most at 1, not at ${weightRatio}`,
  }
}

/** It goes into the record and onto the screen. */
const MOST_LETTERS = 300

const isText = (text: unknown): boolean => typeof text === 'string' && text.length <= MOST_LETTERS
