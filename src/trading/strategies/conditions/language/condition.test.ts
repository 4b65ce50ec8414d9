import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bare, conditions } from '../testing/trees.ts'
import { parseCondition } from './condition.ts'
import { INDICATORS } from './indicator-table.ts'
import { print } from './print.ts'
import type { Problem } from './problem.ts'
import { type ConditionNode, partsOf, type TreeNode } from './tree.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const read = (text: string): ConditionNode => {
  const result = parseCondition(text)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.error)}`)
  return result.value
}

const problemsOf = (text: string): readonly Problem[] => {
  const result = parseCondition(text)
  return result.ok ? [] : result.error
}

const garden = {
  intervalsMs: [10 * SECOND, MINUTE, 5 * MINUTE, HOUR, DAY],
  indicators: Object.keys(INDICATORS),
  longest: 200,
  depth: 3,
}

const EXAMPLE = 'change(5m) >= 5% and volume(1m) >= 200% of average(volume(1m), 20) and close > ema(20)'

describe('a condition', () => {
  it('reads as a tree with the numbers in units of one', () => {
    expect(bare(read(EXAMPLE))).toEqual({
      kind: 'all',
      of: [
        {
          kind: 'compare',
          op: '>=',
          left: { kind: 'change', over: { intervalMs: 5 * MINUTE, bars: 1 } },
          right: { kind: 'number', value: 0.05, unit: 'percent' },
        },
        {
          kind: 'compare',
          op: '>=',
          left: { kind: 'bar', field: 'volume', intervalMs: MINUTE },
          right: {
            kind: 'arithmetic',
            op: 'of',
            left: { kind: 'number', value: 2, unit: 'percent' },
            right: {
              kind: 'aggregate',
              how: 'average',
              of: { kind: 'bar', field: 'volume', intervalMs: MINUTE },
              count: 20,
            },
          },
        },
        {
          kind: 'compare',
          op: '>',
          left: { kind: 'bar', field: 'close' },
          right: { kind: 'indicator', name: 'ema', parameters: [20], output: 'value' },
        },
      ],
    })
  })

  it('knows where each part stands', () => {
    const tree = read(EXAMPLE)
    const texts = (node: TreeNode): string[] => [
      EXAMPLE.slice(node.at.from, node.at.to),
      ...partsOf(node).flatMap(texts),
    ]
    expect(texts(tree)).toEqual([
      EXAMPLE,
      ...['change(5m) >= 5%', 'change(5m)', '5%'],
      ...['volume(1m) >= 200% of average(volume(1m), 20)', 'volume(1m)'],
      ...['200% of average(volume(1m), 20)', '200%', 'average(volume(1m), 20)', 'volume(1m)'],
      ...['close > ema(20)', 'close', 'ema(20)'],
    ])
  })

  it.each(['ko', 'en'] as const)('printed in %s reads as the same tree', (language) => {
    fc.assert(
      fc.property(conditions(garden), (tree) => {
        const text = print(tree, language)
        const result = parseCondition(text)
        expect(result.ok ? bare(result.value) : [text, result.error]).toEqual(bare(tree))
      }),
      { numRuns: 600 },
    )
  })

  // Each row: ways to say the same thing.
  it.each<readonly [string, ...string[]]>([
    [
      EXAMPLE,
      '등락률(5분) 5% 이상 그리고 거래량(1분)이 평균(거래량(1분), 20)의 200% 이상이고 종가 지수이동평균(20) 초과',
      '등락률(5분)이 5% 이상이고 거래량(1분) >= 200% of 평균(volume(1m), 20봉) and 종가가 지수이동평균(20)보다 초과',
      'CHANGE(5min) => 5 % AND Volume(1분봉) ≥ 200퍼센트 of avg(volume(60s), 20 bars) && close > EMA(20)',
    ],
    [
      'last >= 50000',
      '현재가 50000 이상',
      '현재가가 5만 이상',
      'last >= 50k',
      'last ≥ 50,000',
      '현재가 이상 50_000',
    ],
    ['last > 15000원', '현재가가 1.5만원 초과', '현재가 15,000원초과', 'last > 15k won', '현재가 > 1.5만 원'],
    [
      'value >= 3억원',
      '거래대금이 300,000,000원 이상',
      'turnover >= 300M won',
      'value >= 300m원',
      '거래대금 3억 원 이상',
    ],
    ['volume >= 5000000', 'volume >= 5M', 'volume >= 5m', '거래량 500만 이상'],
    ['volume < 10k shares', '거래량 1만주 미만', 'volume < 10,000 주'],
    ['change <= -5%', '등락률이 -5% 이하', '등락률 -5% 이하', '등락률 <= -5프로', 'change(day) <= -5%'],
    ['close - 5 < open', '종가 - 5 < 시가', '종가-5가 시가 미만'],
    [
      'last between 10000 and 20000',
      '현재가 1만 이상 2만 이하',
      '현재가가 1만에서 2만 사이',
      'last between 10k and 20k',
    ],
    [
      'time between 09:05 and 15:00',
      '시각이 09:05에서 15:00 사이',
      '시간 9:05부터 15:00까지',
      'time between 9:05:00 and 15:00:00',
    ],
    [
      'close crosses above sma(20)',
      '종가가 이동평균(20)을 상향돌파',
      '종가 이동평균(20) 골든크로스',
      'close crosses above ma(20)',
    ],
    ['close crosses below sma(20, 5m)', '종가가 이동평균(20, 5분)을 하향돌파'],
    [
      'close > open within last 5 bars of 5m',
      '최근 5봉(5분) 안에 종가가 시가 초과',
      '종가가 시가 초과 최근 5봉(5분) 이내',
      'close > open within 5 bars of 5m',
    ],
    [
      'close > open for 3 bars',
      '3봉 연속 종가가 시가 초과',
      '3 봉 동안 (종가 > 시가)',
      '종가 > 시가 3봉 연속',
    ],
    [
      'not (close > open)',
      '(종가가 시가 초과) 아니다',
      '아니다 종가 > 시가',
      '!(close > open)',
      '종가 시가 초과 아님',
    ],
    ['market == KOSPI', '시장 == 코스피', '시장이 코스피 같음', 'market = "kospi"', "시장 == '코스피'"],
    ['market in [KOSPI, KOSDAQ]', '시장이 [코스피, 코스닥] 중 하나', '시장 [코스피, 코스닥] 중'],
    ['highOf(day) == high(1d)', '당일고가 == 전일고가', 'high(day) == 고가(1일)', 'high(today) = high(24h)'],
    ['macd > macd(12, 26, 9).signal', 'MACD(12,26,9).macd가 macd.신호선 초과', 'macd() > macd.signal'],
    ['close > bbands(20, 2).upper', '종가가 볼린저밴드(20).상단을 초과', 'close > bbands.upper'],
    ['sma(volume(1m), 20) > 0', '이동평균(거래량(1분), 20)이 0 초과'],
    ['rising(close, 3) or falling(rsi(14), 2)', '상승(종가, 3) 또는 하락(RSI, 2)'],
    ['forming close > close', '진행중 종가가 종가 초과', 'now close > close', '지금 종가 > 종가'],
    ['designated(administrative)', '지정(관리종목)'],
    ['last > $12.5', 'last > 12.5달러', 'last > $12.50'],
    ['change > 1% and gap < 2% or halted', '(change > 1% and gap < 2%) or halted'],
    ['2 * 50% of close > open', '2 * (50% of close) > open', '2 * 종가의 50%가 시가 초과'],
    ['close - open - low > 0', '(close - open) - low > 0'],
  ])('%s', (first, ...others) => {
    const tree = bare(read(first))
    for (const other of others) expect(bare(read(other)), other).toEqual(tree)
  })

  it.each([
    [
      'a and b binds closer than or',
      'halted or inVi and halted',
      '거래정지 또는 VI발동 그리고 거래정지',
      'any',
    ],
    [
      'a comparison ends at and',
      'close between 1 and 2 and halted',
      '종가가 1에서 2 사이 그리고 거래정지',
      'all',
    ],
    ['not binds closer than and', 'not halted and inVi', '거래정지 아니다 그리고 VI발동', 'all'],
    [
      'words of time bind closer than and',
      'halted and inVi for 3 bars',
      '거래정지 그리고 3봉 연속 VI발동',
      'all',
    ],
  ])('%s', (_, english, korean, kind) => {
    const tree = read(english)
    expect(tree.kind).toBe(kind)
    expect(print(tree, 'ko')).toBe(korean)
    expect(bare(read(korean))).toEqual(bare(tree))
  })

  it.each([
    ['13%', 0.13],
    ['0.07억', 7_000_000],
    ['0.3%', 0.003],
    ['-0', 0],
    ['-0%', 0],
    ['1.1천', 1_100],
    ['7.1%', 0.071],
  ])('rounds %s once, to %d', (text, value) => {
    const unit = text.includes('%') ? 'change' : 'mom(10)'
    expect(bare(read(`${unit} > ${text}`))).toMatchObject({ right: { value } })
  })
})

interface Told {
  readonly marked: string
  readonly code: string
  readonly suggestion?: string
}

const told = (text: string): readonly Told[] =>
  problemsOf(text).map(({ from, to, code, suggestion }) => ({
    marked: text.slice(from, to),
    code,
    ...(suggestion === undefined ? {} : { suggestion }),
  }))

describe('a problem', () => {
  const texts: readonly (readonly [text: string, ...expected: Told[]])[] = [
    ['change(5m) >= 5', { marked: '5', code: 'typeMismatch', suggestion: '5%' }],
    ['change(5m) >= -2.5', { marked: '-2.5', code: 'typeMismatch', suggestion: '-2.5%' }],
    ['rsi(14) < 30%', { marked: '30%', code: 'typeMismatch', suggestion: '30' }],
    ['close >= 5%', { marked: 'close', code: 'typeMismatch', suggestion: 'change' }],
    ['종가 5% 이상', { marked: '종가', code: 'typeMismatch', suggestion: '등락률' }],
    ['volume >= 10억원', { marked: 'volume', code: 'typeMismatch', suggestion: 'value' }],
    ['거래대금이 1만주 이상', { marked: '거래대금', code: 'typeMismatch', suggestion: '거래량' }],
    ['close > volume', { marked: 'volume', code: 'typeMismatch', suggestion: 'close' }],
    ['close + 5% > open', { marked: 'close + 5%', code: 'typeMismatch' }],
    ['time > close', { marked: 'close', code: 'typeMismatch', suggestion: 'time' }],
    ['clsoe > 5', { marked: 'clsoe', code: 'unknownWord', suggestion: 'close' }],
    ['현재과 > 5', { marked: '현재과', code: 'unknownWord', suggestion: '현재가' }],
    ['거레량 > 5', { marked: '거레량', code: 'unknownWord', suggestion: '거래량' }],
    ['volum(1m) > 5', { marked: 'volum', code: 'unknownWord', suggestion: 'volume' }],
    ['xyzzy > 5', { marked: 'xyzzy', code: 'unknownWord' }],
    ['market == KOSDQ', { marked: 'KOSDQ', code: 'unknownWord', suggestion: 'KOSDAQ' }],
    ['market == stock', { marked: 'stock', code: 'unknownWord' }],
    ['시장 == "코스파"', { marked: '"코스파"', code: 'unknownWord', suggestion: '코스피' }],
    ['market > KOSPI', { marked: 'market', code: 'notOrdered' }],
    ['close > bbands(20, 2).uper', { marked: 'uper', code: 'unknownOutput', suggestion: 'upper' }],
    [
      'close > bbands(20, 2)',
      { marked: 'bbands(20, 2)', code: 'unknownOutput', suggestion: 'bbands(20, 2).upper' },
    ],
    ['close > ema(20).upper', { marked: 'upper', code: 'unknownOutput' }],
    ['close > close.upper', { marked: 'upper', code: 'unknownOutput' }],
    ['close > ema', { marked: 'ema', code: 'wrongArguments', suggestion: 'ema(20)' }],
    ['close > ema(20, 30)', { marked: 'ema(20, 30)', code: 'wrongArguments', suggestion: 'ema(20)' }],
    ['close > ema(1)', { marked: '1', code: 'badParameter' }],
    ['close > ema(20.5)', { marked: '20.5', code: 'badParameter' }],
    ['close > ema(5m)', { marked: 'ema(5m)', code: 'wrongArguments', suggestion: 'ema(20)' }],
    ['close > ema(close, 20, 5m)', { marked: '5m', code: 'wrongArguments' }],
    ['atr(close, 14) > 1', { marked: 'close', code: 'wrongArguments' }],
    ['close > ema(20, 7m)', { marked: '7m', code: 'badInterval' }],
    ['close(2d) > 5', { marked: '2d', code: 'badInterval' }],
    ['close(0m) > 5', { marked: '0m', code: 'badInterval' }],
    ['average(5000, 20) > 5', { marked: '5000', code: 'notCountable' }],
    ['average(close, 5m) > 5', { marked: '5m', code: 'badParameter' }],
    [
      'average(close) > 5',
      { marked: 'average(close)', code: 'wrongArguments', suggestion: 'average(close, 20)' },
    ],
    ['close > 5 for 2000 bars', { marked: '2000 bars', code: 'badParameter' }],
    ['close > 5min', { marked: '5min', code: 'notAValue' }],
    ['forming last > 5', { marked: 'forming last', code: 'nothingForms', suggestion: 'last' }],
    ['close', { marked: 'close', code: 'notACondition' }],
    ['close and halted', { marked: 'close', code: 'notACondition' }],
    ['(close > 5) > 3', { marked: '(close > 5)', code: 'notAValue' }],
    ['halted > 3', { marked: 'halted', code: 'notAValue' }],
    ['close between 5 and 3', { marked: '5 and 3', code: 'emptyRange' }],
    ['close > 5원 and last > $3', { marked: '$3', code: 'mixedCurrency' }],
    ['close >', { marked: '', code: 'missingOperand' }],
    ['> 5', { marked: '>', code: 'missingOperand' }],
    ['close > 5 and', { marked: '', code: 'missingOperand' }],
    ['close 5', { marked: '', code: 'missingComparison', suggestion: '>=' }],
    ['close > (5', { marked: '(', code: 'missingBracket' }],
    ['close > 5)', { marked: ')', code: 'unexpected' }],
    ['close crosses 5', { marked: '5', code: 'missingOperand' }],
    ['close > 5 for bars', { marked: 'bars', code: 'missingOperand' }],
    ['close > 5먼원', { marked: '5먼원', code: 'badNumber', suggestion: '5만원' }],
    ['close > 5 # 3', { marked: '#', code: 'badCharacter' }, { marked: '3', code: 'unexpected' }],
    ['market == "KOSPI', { marked: '"KOSPI', code: 'unclosedText' }, { marked: '', code: 'missingOperand' }],
    ['time > 25:00', { marked: '25:00', code: 'badNumber' }],
    ['close > 9999조', { marked: '9999조', code: 'badNumber' }],
    ['designated(KOSPI)', { marked: 'KOSPI', code: 'badParameter' }],
    ['highOf(5m) > 3', { marked: '5m', code: 'badParameter', suggestion: 'day' }],
    ['-time > 5', { marked: '-time', code: 'typeMismatch' }],
    ['', { marked: '', code: 'empty' }],
    [' ', { marked: ' ', code: 'empty' }],
  ]
  it.each(texts.map(([text, ...expected]) => ({ text, expected })))(
    'is told of “$text”',
    ({ text, expected }) => {
      expect(told(text)).toEqual(expected)
    },
  )

  it('is one of many that are told at once', () => {
    expect(
      told('clsoe > 5% and rsi(140 < 30 or volum(1m) >= 5%의 and ema(1) > chagne and time > close'),
    ).toEqual([
      { marked: 'clsoe', code: 'unknownWord', suggestion: 'close' },
      { marked: '(', code: 'missingBracket' },
      { marked: '<', code: 'unexpected' },
      { marked: 'volum', code: 'unknownWord', suggestion: 'volume' },
      { marked: 'chagne', code: 'unknownWord', suggestion: 'change' },
    ])
    expect(
      told('clsoe > 5% and rsi(14) < 30% or volum(1m) >= 5 and ema(1) > chagne and time > close'),
    ).toEqual([
      { marked: 'clsoe', code: 'unknownWord', suggestion: 'close' },
      { marked: '30%', code: 'typeMismatch', suggestion: '30' },
      { marked: 'volum', code: 'unknownWord', suggestion: 'volume' },
      { marked: '1', code: 'badParameter' },
      { marked: 'chagne', code: 'unknownWord', suggestion: 'change' },
      { marked: 'close', code: 'typeMismatch', suggestion: 'time' },
    ])
  })

  it('is told in both languages, with the particles that Korean wants', () => {
    const [problem] = problemsOf('종가 5% 이상')
    expect(problem).toMatchObject({
      ko: '“종가”는 가격인데 퍼센트가 와야 비교할 수 있습니다',
      en: '“종가” is a price; to be compared it should be a percentage',
    })
  })

  const pieces = fc.oneof(
    fc.constantFrom(
      ...[
        'close',
        'ema(20)',
        '(',
        ')',
        '[',
        ']',
        ',',
        '.',
        '5%',
        '5m',
        '1,000',
        '09:05',
        '>',
        '>=',
        '-',
        'and',
        'or',
      ],
      ...[
        'not',
        'between',
        'for',
        '3 bars',
        'within last',
        'of',
        'crosses above',
        '종가',
        '가',
        '의',
        '이상',
        '최근',
      ],
      ...[
        '5봉',
        '안에',
        '연속',
        '아니다',
        'forming',
        'average(',
        'macd.',
        '"',
        "'",
        '$',
        '$5',
        '중',
        '하나',
        'in',
        '5만원이',
      ],
    ),
    fc.string({ maxLength: 4 }),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  )
  const anything = fc.oneof(
    fc
      .tuple(fc.array(pieces, { maxLength: 30 }), fc.constantFrom('', ' '))
      .map(([all, space]) => all.join(space)),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )

  it('lies inside its text, whatever that is, and nothing is thrown', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseCondition(text)
        if (result.ok) {
          // Whatever is read can be written and read again.
          for (const language of ['ko', 'en'] as const)
            expect(bare(read(print(result.value, language)))).toEqual(bare(result.value))
          return
        }
        expect(result.error.length).toBeGreaterThan(0)
        for (const { from, to, ko, en } of result.error) {
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(to).toBeLessThanOrEqual(text.length)
          expect(ko.length * en.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['brackets', '('.repeat(5_000)],
    ['signs', `${'-'.repeat(1_500)}close > 5`],
    ['negations', `${'not '.repeat(1_500)}halted`],
    ['shares', `${'5% of '.repeat(900)}close > 5`],
    ['calls', `${'abs('.repeat(900)}close`],
    ['stretches', `${'3봉 연속 '.repeat(900)}halted`],
    ['length', 'close > 5 and '.repeat(5_000)],
    ['words', 'halted or '.repeat(999)],
    ['sums', `close${' + close'.repeat(990)} > 5`],
  ])('is told of too many %s, and the stack holds', (_, text) => {
    const result = parseCondition(text)
    if (result.ok) expect(bare(read(print(result.value, 'en')))).toEqual(bare(result.value))
    else expect(result.error.length).toBeGreaterThan(0)
  })
})
