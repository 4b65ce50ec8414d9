import { currencyOf, homeOf } from '../../model/home-venue.ts'
import type { Instrument } from '../../model/instrument.ts'
import { unitsOf } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Opinion } from '../../model/signal.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Writable } from '../../std/writable.ts'
import type { StrategyBar } from '../../trading/strategies/strategy.ts'
import type { StrategyFault } from '../analytics/backtest-result.ts'
import type { BarTable } from './bar-table.ts'
import type { Participant } from './plan.ts'

/** The opinions of one strategy between the bar that caused them and the next bar of their instrument. */
export interface Inbox {
  readonly strategy: string
  /** How many it holds, and whether one is of this instrument. */
  readonly waiting: number
  holds(index: number): boolean
  /** Takes the opinion out if it wants that. */
  take(index: number, want: Opinion['want']): Opinion | undefined
  /** The instrument is gone: what was said of it is not meant of whatever gets its code, which warms up anew. */
  forget(index: number): void
  /**
   * Shows it the moments that have closed, from `begin` (inside) to the first one behind which an opinion waits or a fault is
   * there, at most to `end` (outside), and gives the moment behind the last one shown. Of one without rows it hears nothing;
   * `onMoment` is told of each.
   */
  look(bars: BarTable, begin: number, end: number, onMoment?: OnMoment): number
  /** What it must not do: throw, or have an opinion that is none (a weight that is no share of the account, an instrument that is not there, no reason). */
  readonly fault: StrategyFault | undefined
}

/** Is told how far it is. */
export type OnMoment = (done: number, of: number) => void

const NOT_TOLD: OnMoment = () => undefined

export function createInbox({ name, run }: Participant, instruments: readonly Instrument[]): Inbox {
  const opinions: (Opinion | undefined)[] = instruments.map(() => undefined)
  const seen = new Uint32Array(instruments.length)
  const units = unitsOf(currencyOf(homeOf(instruments)))
  const bar: Writable<StrategyBar> = {
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
    if ((seen[index] as number) > run.needs.warmUpBars) put(index, opinionIn(opinion))
  }

  const put = (index: number, opinion: Opinion | undefined) => {
    const had = opinions[index] === undefined ? 0 : 1
    inbox.waiting += (opinion === undefined ? 0 : 1) - had
    opinions[index] = opinion
  }

  const faultOf = (error: unknown, at: EpochMs): StrategyFault => {
    const instrument = instruments[shown]?.id
    const { ko, en } = error instanceof NoOpinion ? error.sentence : thrown(error)
    return { strategy: name, at, ...(instrument && { instrument }), ko, en }
  }

  const inbox: Writable<Inbox> = {
    strategy: name,
    waiting: 0,
    holds: (index) => opinions[index] !== undefined,
    take: (index, want) => {
      const opinion = opinions[index]
      if (opinion?.want !== want) return undefined
      put(index, undefined)
      return opinion
    },
    forget: (index) => {
      put(index, undefined)
      seen[index] = 0
    },
    // One loop with the columns in its hands: a backtest spends most of its time here.
    look: (bars, begin, end, onMoment = NOT_TOLD) => {
      const { openAt, closeAt, starts, index: whose, open, high, low, close, volume } = bars
      for (let moment = begin; moment < end; moment++) {
        onMoment(moment, openAt.length)
        const to = starts[moment + 1] as number
        let row = starts[moment] as number
        if (row === to) continue
        bar.openAt = openAt[moment] as number
        bar.closeAt = closeAt[moment] as number
        try {
          for (; row < to; row++) {
            shown = whose[row] as number
            bar.open = open[row] as number
            bar.high = high[row] as number
            bar.low = low[row] as number
            bar.close = close[row] as number
            bar.volume = volume[row] as number
            if (units !== 1) inUnits(bar, units)
            seen[shown] = (seen[shown] as number) + 1
            const opinion = run.onBar(shown, bar)
            if (opinion) hear(shown, opinion)
          }
          shown = -1
          const placed = run.onMoment(bar.closeAt)
          if (placed.length > 0) for (const { index, ...opinion } of placed) hear(index, opinion)
        } catch (error) {
          inbox.fault = faultOf(error, bar.closeAt)
          return moment + 1
        }
        if (inbox.waiting > 0) return moment + 1
      }
      return end
    },
    fault: undefined,
  }
  return inbox
}

function inUnits(bar: Writable<StrategyBar>, units: number): void {
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
