import { inspect } from './check.ts'
import { checkSeries } from './check-word.ts'
import { type Checking, countOf, intervalOf, isInterval, quote } from './checking.ts'
import { plain, scaled } from './decimal.ts'
import type { IndicatorSpec } from './indicator-spec.ts'
import { INDICATORS } from './indicator-table.ts'
import { quoted } from './particle.ts'
import type { Syntax, WordSyntax } from './syntax.ts'
import type { IndicatorNode } from './tree.ts'
import { nearestWord } from './vocabulary.ts'

/** `ema(20)`, `ema(20, 5m)`, `ema(volume(1m), 20)`, `macd(12, 26, 9, 5m).histogram` */
export function checkIndicator(
  checking: Checking,
  word: WordSyntax,
  name: string,
): IndicatorNode | undefined {
  const spec = INDICATORS[name]
  if (!spec) return undefined
  const given = [...(word.arguments ?? [])]
  const hasSource = given[0] !== undefined && given[0].kind !== 'number'
  const [source] = hasSource ? given.splice(0, 1) : []
  const [interval] = given.length > 0 && isInterval(given.at(-1)) ? given.splice(-1) : []
  const parameters = checkParameters(checking, word, spec, given)
  const output = checkOutput(checking, word, spec)
  const of = source && checkSource(checking, word, spec, source)
  const intervalMs = interval && intervalOf(checking, interval)
  if (source && interval) {
    checking.problems.add(
      'wrongArguments',
      interval.at,
      '봉 간격은 앞의 값에 씁니다: 지수이동평균(거래량(1분), 20)',
      'The interval belongs to the value before: ema(volume(1m), 20)',
    )
    return undefined
  }
  if (!parameters || output === undefined || (source && !of) || (interval && intervalMs === undefined))
    return undefined
  return {
    kind: 'indicator',
    name,
    parameters,
    output,
    ...(of && { source: of }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    at: word.at,
  }
}

function checkSource(checking: Checking, word: WordSyntax, spec: IndicatorSpec, source: Syntax) {
  if (spec.input === 'values') return checkSeries(checking, source)
  if (source.kind !== 'broken')
    checking.problems.add(
      'wrongArguments',
      source.at,
      `${quoted(word.text, '은', '는')} 봉 전체로 계산하므로 값을 고를 수 없습니다`,
      `“${word.text}” is made of whole bars, so no value can be chosen`,
    )
  return undefined
}

function checkParameters(
  checking: Checking,
  word: WordSyntax,
  spec: IndicatorSpec,
  given: readonly Syntax[],
): readonly number[] | undefined {
  const known = spec.parameters
  const preset = known.map((parameter, i) => (i < given.length ? Number.NaN : parameter.default))
  if (given.length > known.length || preset.includes(undefined)) {
    const form = `${word.text}(${known.map((parameter) => plain(parameter.default ?? 20)).join(', ')})`
    checking.problems.add(
      'wrongArguments',
      word.at,
      `${quoted(word.text, '은', '는')} 이렇게 씁니다: ${form}`,
      `“${word.text}” is written as ${form} (${known.map((parameter) => parameter.name).join(', ')})`,
      form,
    )
    for (const argument of given) inspect(checking, argument)
    return undefined
  }
  const values = known.map((parameter, i) => {
    const argument = given[i]
    if (!argument) return parameter.default
    if (parameter.whole) return countOf(checking, argument, parameter.least, parameter.most)
    return factorOf(checking, argument, parameter.least, parameter.most)
  })
  return values.every((value) => value !== undefined) ? values : undefined
}

function factorOf(checking: Checking, syntax: Syntax, least: number, most: number): number | undefined {
  if (syntax.kind === 'broken') return undefined
  if (syntax.kind === 'number' && !syntax.negative && syntax.token.suffix.unit === 'none') {
    const value = scaled(syntax.token.digits, syntax.token.suffix.exponent)
    if (value >= least && value <= most) return value
  }
  checking.problems.add(
    'badParameter',
    syntax.at,
    `“${quote(checking, syntax.at)}” 자리에는 ${least} 이상 ${most} 이하의 수가 와야 합니다`,
    `“${quote(checking, syntax.at)}” should be a number from ${least} to ${most}`,
  )
  return undefined
}

function checkOutput(checking: Checking, word: WordSyntax, spec: IndicatorSpec): string | undefined {
  const outputs = Object.entries(spec.outputs)
  const single = outputs.length === 1
  const named = (text: string) =>
    outputs.find(([, { en, ko }]) => [...en, ...ko].some((each) => each.toLowerCase() === text.toLowerCase()))
  if (!word.output) {
    if (single) return outputs[0]?.[0]
    if (spec.main !== undefined) return spec.main
  } else if (!single) {
    const found = named(word.output.text)
    if (found) return found[0]
  }
  const at = word.output?.at ?? word.at
  if (single) {
    checking.problems.add(
      'unknownOutput',
      at,
      `${quoted(word.text, '은', '는')} 값이 하나라 이름을 붙이지 않습니다`,
      `“${word.text}” has one value, which has no name`,
    )
    return undefined
  }
  const list = (language: 'ko' | 'en') => outputs.map(([, each]) => each[language][0] ?? '').join(', ')
  const first = outputs[0]?.[1][/[가-힣]/.test(word.text) ? 'ko' : 'en'][0] ?? ''
  const suggestion = word.output
    ? nearestWord(
        word.output.text,
        outputs.flatMap(([, { en, ko }]) => [...en, ...ko]),
      )
    : `${quote(checking, word.at)}.${first}`
  checking.problems.add(
    'unknownOutput',
    at,
    `“${word.text}”의 어느 값인지 점 뒤에 씁니다: ${list('ko')}`,
    `Say after a dot which value of “${word.text}”: ${list('en')}`,
    suggestion,
  )
  return undefined
}
