import { INTERVAL_MS } from '../../model/interval.ts'
import type { Sentence } from '../../model/sentence.ts'
import { nearest } from '../../std/nearest.ts'
import { conditionStrategy } from '../../trading/strategies/conditions/strategy.ts'
import { readParameters } from '../../trading/strategies/parameters.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import { isStrategyFile } from '../backtest/choose-strategy.ts'
import type { Contradiction, Path } from './finding.ts'
import { type ConfigFile, MOST_SYMBOLS } from './schema.ts'
import { strategyPlay } from './settings.ts'

type FileStrategy = ConfigFile['strategies'][number]

/** What is wrong with the strategies of a file, before any of them runs. A strategy file is read when it begins. */
export function* strategies(file: ConfigFile): Generator<Contradiction> {
  yield* names(file)
  for (const [index, rule] of file.strategies.entries()) {
    const path = ['strategies', index]
    if ((rule.use === undefined) === (rule.entry === undefined))
      yield {
        path: [...path, rule.use === undefined ? 'name' : 'entry'],
        ko: 'use(전략 이름이나 파일)와 entry(매수 조건식) 중 하나만 씁니다',
        en: 'exactly one of use (a strategy or a file) and entry (a condition)',
      }
    else yield* rule.use === undefined ? writtenConditions(rule, path) : namedStrategy(rule, rule.use, path)
    if (rule.use !== undefined && rule.exit !== undefined)
      yield { path: [...path, 'exit'], ko: 'exit 는 entry 와 함께 씁니다', en: 'exit goes with entry' }
    const twice = rule.symbols.findIndex((code, i) => rule.symbols.indexOf(code) !== i)
    if (twice >= 0)
      yield {
        path: [...path, 'symbols', twice],
        ko: `${rule.symbols[twice]} 이(가) 두 번 있습니다`,
        en: `${rule.symbols[twice]} is there twice`,
      }
  }
  yield* routes(file)
  const all = new Set(file.strategies.filter(({ enabled }) => enabled).flatMap(({ symbols }) => symbols)).size
  if (all > MOST_SYMBOLS)
    yield {
      path: ['strategies'],
      ko: `전략의 종목이 모두 ${all}개입니다: 실시간 자리가 ${MOST_SYMBOLS}개뿐입니다`,
      en: `${all} instruments over all strategies: there is realtime room for ${MOST_SYMBOLS}`,
    }
}

/** An instrument is heard on the board its stop would be sold on: on another than KRX there are no bars of KRX. */
function* routes({ strategies, orders: { route } }: ConfigFile): Generator<Contradiction> {
  if (route === 'krx' || strategies.every(({ enabled }) => !enabled)) return
  yield {
    path: ['orders', 'route'],
    ko: `전략은 KRX 체결로 봉을 만듭니다. route: ${route}에서는 그 시세를 듣지 못합니다: route: krx`,
    en: `strategies live on bars of KRX, whose prints are not heard with route: ${route}: route: krx`,
  }
}

function* names(file: ConfigFile): Generator<Contradiction> {
  const taken = new Set([...file.buy, ...file.sell].map(({ condition }) => condition))
  for (const [index, { name }] of file.strategies.entries()) {
    if (taken.has(name))
      yield {
        path: ['strategies', index, 'name'],
        ko: `"${name}" 은(는) 이미 쓰인 이름입니다: 주문을 서로 알아보지 못합니다`,
        en: `the name "${name}" is taken: orders could not be told apart`,
      }
    taken.add(name)
  }
}

function* namedStrategy(rule: FileStrategy, use: string, path: Path): Generator<Contradiction> {
  if (isStrategyFile(use)) return
  const strategy = STRATEGIES.find(({ id }) => id === use)
  if (!strategy) {
    const known = STRATEGIES.map(({ id }) => id)
    const guess = nearest(use, known)
    yield {
      path: [...path, 'use'],
      ko: `전략 ${use} 이(가) 없습니다${guess ? ` (혹시 ${guess}?)` : ''}. 있는 것: ${known.join(', ')}`,
      en: `there is no strategy ${use}${guess ? ` (did you mean ${guess}?)` : ''}; there are ${known.join(', ')}`,
    }
    return
  }
  const read = readParameters(strategy.parameters, strategyPlay(rule).parameters)
  if (read.ok) return
  for (const { key, ko, en } of read.error)
    yield { path: [...path, 'params', ...(Object.hasOwn(rule.params, key) ? [key] : [])], ko, en }
}

function* writtenConditions(
  { entry = '', exit, interval, params }: FileStrategy,
  path: Path,
): Generator<Contradiction> {
  const made = conditionStrategy({ entry, ...(exit !== undefined && { exit }) }, INTERVAL_MS[interval])
  for (const problem of made.ok ? [] : made.error) {
    const key = problem.text === entry ? 'entry' : 'exit'
    yield { path: [...path, key], ...placed(problem, problem.text, problem.from, problem.to) }
  }
  const [key] = Object.keys(params)
  if (key !== undefined)
    yield {
      path: [...path, 'params', key],
      ko: '조건식에는 값이 없습니다: 숫자를 조건식 안에 씁니다',
      en: 'a written condition has no parameters: its numbers stand in the text',
    }
}

/** The words at fault in quotes: a column of the file is not a column of a text inside it. */
function placed({ ko, en }: Sentence, text: string, from?: number, to?: number): Sentence {
  if (from === undefined) return { ko, en }
  const words = `"${text.slice(from, Math.max(to ?? from, from + 1)) || text.slice(-1)}"`
  return { ko: `${words}: ${ko}`, en: `${words}: ${en}` }
}
