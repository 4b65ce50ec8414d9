import type { ParameterSet } from '../../src/lab/optimise/trial.ts'
import { createRandom, type Random } from '../../src/std/random.ts'
import type { ParameterSchema } from '../../src/trading/strategies/parameters.ts'
import {
  defineStrategy,
  type Strategy,
  type StrategyBar,
  type Watcher,
} from '../../src/trading/strategies/strategy.ts'
import { LOUD } from './markets.ts'

/** A strategy with the sets of values that somebody would try. */
export interface Candidate {
  readonly strategy: Strategy
  readonly sets: readonly ParameterSet[]
}

const number = (from: number, to: number) =>
  ({ kind: 'number', from, to, default: from, label: { ko: '값', en: 'value' } }) as const
const PARAMETERS = { length: number(0, 500), level: number(-100, 1_000_000_000) } satisfies ParameterSchema
const reason = { ko: '규칙', en: 'rule' }

interface Values {
  readonly length: number
  readonly level: number
}

/** From bars and values to whether to be in: the wordings of a hobby. */
type Rule = (values: Values, seed: number) => (bar: StrategyBar) => boolean | undefined

/** In or out by a coin that only time and values decide, so that the same bar always falls the same way. */
const coin: Rule = ({ length, level }, seed) => {
  let held = 0
  return ({ openAt }) => {
    const random = createRandom(seed).fork(`${level} ${openAt}`)
    if (held > 0) return --held > 0
    if (random.next() < 0.2) held = length
    return held > 0
  }
}

/** Keeps the last closes, the newest last. */
function memory(size: number): (close: number) => readonly number[] {
  const closes: number[] = []
  return (close) => {
    closes.push(close)
    if (closes.length > size) closes.shift()
    return closes
  }
}

const momentum: Rule = ({ length, level }) => {
  const keep = memory(length + 1)
  return ({ close }) => {
    const closes = keep(close)
    return closes.length > length ? close / (closes[0] as number) - 1 > level / 200 : undefined
  }
}

const reversal: Rule = ({ length, level }) => {
  const keep = memory(length)
  return ({ close }) => {
    const closes = keep(close)
    const mean = closes.reduce((sum, each) => sum + each, 0) / closes.length
    return closes.length === length ? close < mean * (1 - level / 200) : undefined
  }
}

const breakout: Rule = ({ length, level }) => {
  const keep = memory(length)
  let left = 0
  let top = Number.POSITIVE_INFINITY
  return ({ close }) => {
    if (close > top) left = level + 2
    top = Math.max(...keep(close))
    return left-- > 0
  }
}

const RULES: readonly Rule[] = [coin, momentum, reversal, breakout]

const strategyOf = (id: string, rule: Rule, seed: number): Strategy =>
  defineStrategy({
    id,
    title: { ko: id, en: id },
    parameters: PARAMETERS,
    needs: ({ length }) => ({ warmUpBars: Math.ceil(length) + 1 }),
    each: (values): Watcher => {
      const isIn = rule(values, seed)
      let was: boolean | undefined
      return {
        onBar: (bar) => {
          const wanted = isIn(bar)
          if (wanted === undefined || wanted === was) return undefined
          was = wanted
          return { want: wanted ? 'long' : 'flat', reason }
        },
      }
    },
  })

const LENGTHS = [2, 3, 5, 8, 13, 21]

/** Some rule with some grid of values, as chance has it: nothing of it knows the market. */
export function randomCandidate(random: Random, seed: number): Candidate {
  const rule = random.pick(RULES)
  const first = random.int(0, LENGTHS.length - 3)
  const lengths = LENGTHS.slice(first, first + 3)
  const base = random.int(0, 3)
  const levels = [base, base + 2]
  return {
    strategy: strategyOf('noise', rule, seed),
    sets: lengths.flatMap((length) => levels.map((level) => ({ length, level }))),
  }
}

/** Buys after a loud day and holds for `length` days; of its levels one hears every day as loud. */
const loud: Rule = ({ length, level }) => {
  let left = 0
  return ({ volume }) => {
    left--
    if (volume > level) left = length
    return left > 0
  }
}

const USUAL = 1_000_000

/** What somebody would try who has understood the market with the plant. */
export const plantedCandidate = (): Candidate => ({
  strategy: strategyOf('planted', loud, 0),
  sets: [1, 3, 6].flatMap((length) =>
    [0.4, 0.5 * (LOUD - 0.5)].map((level) => ({ length, level: level * USUAL })),
  ),
})
