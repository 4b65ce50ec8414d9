import { DAY_MS } from '../../../../model/time.ts'
import { checkValue, inspect } from './check.ts'
import { checkIndicator } from './check-indicator.ts'
import { type Checking, countOf, intervalOf, quote } from './checking.ts'
import { reportUnknown } from './cursor.ts'
import { quoted } from './particle.ts'
import type { Syntax, WordSyntax } from './syntax.ts'
import type { ConditionNode, ValueNode } from './tree.ts'
import { combined, kindOf, moves } from './types.ts'
import type { Meaning } from './vocabulary.ts'

const LONGEST_COUNT = 1_000

/** A word that is a condition by itself; `'value'` when it is none. */
export function checkWordCondition(
  checking: Checking,
  word: WordSyntax,
): ConditionNode | undefined | 'value' {
  const { meaning, at } = word
  if (meaning?.role === 'flag')
    return noArguments(checking, word) ? { kind: 'flag', flag: meaning.id, at } : undefined
  if (meaning?.role !== 'special') return 'value'
  if (meaning.id === 'rising' || meaning.id === 'falling') {
    const series = seriesAndCount(checking, word, 1)
    return series && { kind: 'trend', direction: meaning.id, of: series.of, bars: series.count, at }
  }
  if (meaning.id !== 'designated') return 'value'
  const [name] = argumentsOf(checking, word, 1, 1, '지정(관리종목)', 'designated(administrative)') ?? []
  if (name === undefined) return undefined
  const as = name.kind === 'word' ? name.meaning : undefined
  if (as?.role === 'name' && as.of === 'designation') return { kind: 'designated', as: as.id, at }
  checking.problems.add(
    'badParameter',
    name.at,
    `${quoted(quote(checking, name.at), '은', '는')} 지정의 이름이 아닙니다 (관리종목, 투자경고 …)`,
    `“${quote(checking, name.at)}” is not the name of a designation (administrative, warning …)`,
  )
  return undefined
}

/** A word as a value. */
export function checkWord(checking: Checking, word: WordSyntax): ValueNode | undefined {
  const { meaning, at } = word
  if (!meaning) {
    reportUnknown(checking.problems, word.text, word.wordAt)
    // What is wrong inside its brackets is told as well.
    for (const argument of word.arguments ?? []) inspect(checking, argument)
    return undefined
  }
  if (word.output && meaning.role !== 'indicator') {
    checking.problems.add(
      'unknownOutput',
      word.output.at,
      `“${word.text}”에는 이름 붙은 값이 없습니다`,
      `“${word.text}” has no named outputs`,
    )
    return undefined
  }
  switch (meaning.role) {
    case 'bar':
      return checkBar(checking, word, meaning)
    case 'daily':
      return noArguments(checking, word)
        ? { kind: 'bar', field: meaning.id, intervalMs: DAY_MS, at }
        : undefined
    case 'day':
      if (meaning.whole ? !noArguments(checking, word) : !dayArgument(checking, word)) return undefined
      return { kind: 'day', field: meaning.id, at }
    case 'fact':
      return noArguments(checking, word) ? { kind: 'fact', field: meaning.id, at } : undefined
    case 'live':
      return noArguments(checking, word) ? { kind: 'live', field: meaning.id, at } : undefined
    case 'aggregate': {
      const series = seriesAndCount(checking, word, 2)
      return series && { kind: 'aggregate', how: meaning.id, of: series.of, count: series.count, at }
    }
    case 'name':
      return noArguments(checking, word) ? { kind: 'name', of: meaning.of, value: meaning.id, at } : undefined
    case 'indicator':
      return checkIndicator(checking, word, meaning.id)
    case 'special':
      return checkSpecial(checking, word, meaning.id)
    default:
      checking.problems.add(
        'notAValue',
        at,
        `${quoted(quote(checking, at), '은', '는')} 여기서 값으로 쓸 수 없습니다`,
        `“${quote(checking, at)}” cannot be a value here`,
      )
      return undefined
  }
}

function checkBar(
  checking: Checking,
  word: WordSyntax,
  { id }: Extract<Meaning, { role: 'bar' }>,
): ValueNode | undefined {
  const [argument] = argumentsOf(checking, word, 0, 1, `${word.text}(5분)`, `${word.text}(5m)`) ?? []
  if (!argument) return word.arguments?.length ? undefined : { kind: 'bar', field: id, at: word.at }
  // `volume(day)` is `volumeOf(day)`.
  if (isDay(argument) && id !== 'close') return { kind: 'day', field: id, at: word.at }
  const intervalMs = intervalOf(checking, argument)
  return intervalMs === undefined ? undefined : { kind: 'bar', field: id, intervalMs, at: word.at }
}

function checkSpecial(
  checking: Checking,
  word: WordSyntax,
  id: Extract<Meaning, { role: 'special' }>['id'],
): ValueNode | undefined {
  const { at } = word
  switch (id) {
    case 'time':
      return noArguments(checking, word) ? { kind: 'time', at } : undefined
    case 'vwap':
      return !word.arguments || dayArgument(checking, word) ? { kind: 'day', field: 'vwap', at } : undefined
    case 'change':
      return checkChange(checking, word)
    case 'ago': {
      const series = seriesAndCount(checking, word, 1)
      return series && { kind: 'ago', of: series.of, bars: series.count, at }
    }
    case 'abs': {
      const [argument] = argumentsOf(checking, word, 1, 1, '절댓값(갭)', 'abs(gap)') ?? []
      const of = argument && checkValue(checking, argument)
      if (!of) return undefined
      if (combined('-', kindOf(of), kindOf(of)) !== undefined) return { kind: 'abs', of, at }
      break
    }
    default:
  }
  checking.problems.add(
    'notAValue',
    at,
    `${quoted(quote(checking, at), '은', '는')} 여기서 값으로 쓸 수 없습니다`,
    `“${quote(checking, at)}” cannot be a value here`,
  )
  return undefined
}

function checkChange(checking: Checking, word: WordSyntax): ValueNode | undefined {
  const { at } = word
  if (!word.arguments || isDay(word.arguments[0])) return { kind: 'change', at }
  const [interval, count] = argumentsOf(checking, word, 1, 2, '등락률(5분, 3)', 'change(5m, 3)') ?? []
  if (!interval) return undefined
  const intervalMs = intervalOf(checking, interval)
  const bars = count ? countOf(checking, count, 1, LONGEST_COUNT) : 1
  return intervalMs === undefined || bars === undefined
    ? undefined
    : { kind: 'change', over: { intervalMs, bars }, at }
}

/** `average(volume(1m), 20)`: something that moves, and over how many bars. */
function seriesAndCount(
  checking: Checking,
  word: WordSyntax,
  least: number,
): { readonly of: ValueNode; readonly count: number } | undefined {
  const [series, bars] =
    argumentsOf(checking, word, 2, 2, `${word.text}(종가, 20)`, `${word.text}(close, 20)`) ?? []
  if (!series || !bars) return undefined
  const of = checkSeries(checking, series)
  const count = countOf(checking, bars, least, LONGEST_COUNT)
  return of && count !== undefined ? { of, count } : undefined
}

/** A value that can be counted over bars. */
export function checkSeries(checking: Checking, syntax: Syntax): ValueNode | undefined {
  const of = checkValue(checking, syntax)
  if (!of) return undefined
  if (moves(of) && kindOf(of) !== 'text' && kindOf(of) !== 'time') return of
  checking.problems.add(
    'notCountable',
    syntax.at,
    `${quoted(quote(checking, syntax.at), '은', '는')} 봉마다 변하는 값이 아닙니다`,
    `“${quote(checking, syntax.at)}” is not a value that changes from bar to bar`,
  )
  return undefined
}

export const isDay = (syntax: Syntax | undefined): boolean =>
  syntax?.kind === 'word' && syntax.meaning?.role === 'keyword' && syntax.meaning.id === 'day'

function dayArgument(checking: Checking, word: WordSyntax): boolean {
  const [argument] = argumentsOf(checking, word, 1, 1, `${word.text}(당일)`, `${word.text}(day)`) ?? []
  if (!argument || isDay(argument)) return argument !== undefined
  checking.problems.add(
    'badParameter',
    argument.at,
    `“${quote(checking, argument.at)}” 자리에는 “당일”만 올 수 있습니다`,
    `“${quote(checking, argument.at)}” can only be “day”`,
    /[가-힣]/.test(word.text) ? '당일' : 'day',
  )
  return false
}

const noArguments = (checking: Checking, word: WordSyntax): boolean =>
  argumentsOf(checking, word, 0, 0, word.text, word.text) !== undefined

/** The arguments, when there are as many as there should be. */
function argumentsOf(
  checking: Checking,
  word: WordSyntax,
  least: number,
  most: number,
  ko: string,
  en: string,
): readonly Syntax[] | undefined {
  const given = word.arguments ?? []
  if (given.length >= least && given.length <= most) return given
  checking.problems.add(
    'wrongArguments',
    word.at,
    `${quoted(word.text, '은', '는')} 이렇게 씁니다: ${ko}`,
    `“${word.text}” is written as ${en}`,
    /[가-힣]/.test(word.text) ? ko : en,
  )
  for (const argument of given) inspect(checking, argument)
  return undefined
}
