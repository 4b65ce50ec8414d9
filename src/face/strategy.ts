/**
 * `garam/strategy`: what a strategy of your own is made of. It is handed closed bars and gives opinions; clock, future,
 * network and orders are out of its reach, and the same code runs in backtest, paper and live.
 *
 * ```ts
 * export default defineStrategy({
 *   id: 'three-up',
 *   title: { ko: '삼연상', en: 'three up' },
 *   parameters: { days: { kind: 'whole', from: 2, to: 10, default: 3, label: { ko: '일수', en: 'days' } } },
 *   needs: () => ({ warmUpBars: 0 }),
 *   each: ({ days }) => {
 *     let ups = 0
 *     return {
 *       onBar: ({ open, close }) => {
 *         ups = close > open ? ups + 1 : 0
 *         return ups === days ? { want: 'long', reason: { ko: `${days}일 상승`, en: `${days} up` } } : undefined
 *       },
 *     }
 *   },
 * })
 * ```
 */

export type { Instrument } from '../model/instrument.ts'
export { INTERVALS, type Interval } from '../model/interval.ts'
export type { Sentence } from '../model/sentence.ts'
export type { Opinion } from '../model/signal.ts'
export type {
  Parameter,
  ParameterFault,
  ParameterSchema,
  ParametersOf,
} from '../trading/strategies/parameters.ts'
export { STRATEGIES } from '../trading/strategies/registry.ts'
export {
  type Council,
  defineStrategy,
  type Needs,
  type Placed,
  type Strategy,
  type StrategyBar,
  type StrategyDefinition,
  type StrategyRun,
  type Watcher,
} from '../trading/strategies/strategy.ts'
