import type { IndicatorSpec } from '../../trading/strategies/conditions/language/indicator-spec.ts'
import { INDICATORS } from '../../trading/strategies/conditions/language/indicator-table.ts'
import {
  AGGREGATES,
  BAR_FIELDS,
  CLASSES,
  DAY_FIELDS,
  DESIGNATION_WORDS,
  FACT_FIELDS,
  FLAGS,
  LIVE_FIELDS,
  MARKETS,
  SPECIALS,
  type Spelling,
} from '../../trading/strategies/conditions/language/words.ts'
import type { VocabularyEntry } from '../contract/conditions.ts'

type Help = readonly [ko: string, en: string]
type Helps<T> = { readonly [K in keyof T]: Help }

const BAR_HELP: Helps<typeof BAR_FIELDS> = {
  open: [
    '마지막으로 닫힌 봉의 시가. 시가(5분)처럼 봉을 씁니다',
    'open of the last closed bar, open(5m) of another',
  ],
  high: ['마지막으로 닫힌 봉의 고가', 'high of the last closed bar'],
  low: ['마지막으로 닫힌 봉의 저가', 'low of the last closed bar'],
  close: ['마지막으로 닫힌 봉의 종가', 'close of the last closed bar'],
  volume: ['마지막으로 닫힌 봉의 거래량', 'volume of the last closed bar'],
  value: ['봉의 거래대금. 전략의 봉에는 없습니다', 'traded value; bars of strategies do not tell it'],
}
const DAY_HELP: Helps<typeof DAY_FIELDS> = {
  open: ['오늘 첫 봉의 시가', "open of today's first bar"],
  high: ['오늘 닫힌 봉까지의 고가', 'high of today so far'],
  low: ['오늘 닫힌 봉까지의 저가', 'low of today so far'],
  volume: ['오늘 닫힌 봉까지의 거래량', 'volume of today so far'],
  value: ['오늘 닫힌 봉까지의 거래대금', 'traded value of today so far'],
}
const FACT_HELP: Helps<typeof FACT_FIELDS> = {
  basePrice: ['오늘의 기준가', "today's base price"],
  upperLimit: ['오늘의 상한가', "today's upper limit"],
  lowerLimit: ['오늘의 하한가', "today's lower limit"],
  marketCap: ['상장주식수 × 종가', 'listed shares × close'],
  gap: ['당일시가의 기준가 대비 (%)', "today's open against the base price (%)"],
  market: ['[코스피, 코스닥] 중 하나와 함께', 'with in [KOSPI, KOSDAQ]'],
  class: ['주식, 상장지수펀드 …', 'stock, ETF …'],
}
const LIVE_HELP: Helps<typeof LIVE_FIELDS> = {
  last: ['마지막 체결가', 'price of the last trade'],
  bid: ['최우선 매수호가', 'best bid'],
  ask: ['최우선 매도호가', 'best ask'],
  bidQuantity: ['최우선 매수잔량', 'shares at the best bid'],
  askQuantity: ['최우선 매도잔량', 'shares at the best ask'],
  spread: ['매도호가 − 매수호가', 'ask less bid'],
}
const AGGREGATE_HELP: Helps<typeof AGGREGATES> = {
  average: ['최근 n봉의 평균, 마지막 봉 포함', 'average of n bars, the last one included'],
  max: ['최근 n봉의 최댓값', 'largest of n bars'],
  min: ['최근 n봉의 최솟값', 'smallest of n bars'],
  sum: ['최근 n봉의 합계', 'sum of n bars'],
}
const SPECIAL_HELP: Helps<typeof SPECIALS> = {
  vwap: ['오늘의 거래량가중평균가', "today's volume-weighted average price"],
  time: ['한국 시각: 시각이 09:05에서 10:00 사이', 'Korean time: time between 09:05 and 10:00'],
  change: ['등락률(5분): 5분 전 종가 대비 (%)', 'change(5m): against the close five minutes before (%)'],
  ago: ['이전(값, n): n봉 전의 값', 'ago(value, n): the value n bars before'],
  abs: ['부호를 뗀 값', 'without its sign'],
  rising: ['상승(값, n): n번 잇달아 오름', 'rising(value, n): n steps up in a row'],
  falling: ['하락(값, n): n번 잇달아 내림', 'falling(value, n): n steps down in a row'],
  designated: ['지정(투자경고): 지정 종목인지', 'designated(warning): is it designated so?'],
}
const FLAG_HELP: Helps<typeof FLAGS> = {
  halted: ['거래가 정지되어 있다', 'its trading is halted'],
  inVi: ['변동성완화장치가 발동 중이다', 'a volatility interruption is on'],
}

/** Words with brackets: what stands inside when they are put into the text. */
const SPECIAL_INSERT: Readonly<Partial<Record<keyof typeof SPECIALS, Help>>> = {
  change: ['등락률(5분)', 'change(5m)'],
  ago: ['이전(종가, 1)', 'ago(close, 1)'],
  abs: ['절댓값(등락률(5분))', 'abs(change(5m))'],
  rising: ['상승(종가, 3)', 'rising(close, 3)'],
  falling: ['하락(종가, 3)', 'falling(close, 3)'],
  designated: ['지정(투자경고)', 'designated(warning)'],
}

const GRAMMAR: readonly (readonly [kind: 'keyword' | 'unit', ko: string, en: string, help: Help])[] = [
  ['keyword', '그리고', 'and', ['둘 다 맞아야', 'both hold']],
  ['keyword', '또는', 'or', ['하나라도 맞으면', 'one of them holds']],
  ['keyword', '아니다', 'not', ['(…) 아니다', 'not (…)']],
  ['keyword', '이상', '>=', ['같아도 충족', 'the same is enough']],
  ['keyword', '이하', '<=', ['같아도 충족', 'the same is enough']],
  ['keyword', '초과', '>', ['같으면 아님', 'the same is not enough']],
  ['keyword', '미만', '<', ['같으면 아님', 'the same is not enough']],
  [
    'keyword',
    '상향돌파',
    'crosses above',
    ['지난 봉에는 아래, 이번 봉에는 위', 'below it a bar before, above it now'],
  ],
  [
    'keyword',
    '하향돌파',
    'crosses below',
    ['지난 봉에는 위, 이번 봉에는 아래', 'above it a bar before, below it now'],
  ],
  ['keyword', '사이', 'between', ['A가 B에서 C 사이, 양 끝 포함', 'between B and C, both ends inside']],
  ['keyword', '중 하나', 'in', ['A가 [B, C] 중 하나', 'A in [B, C]']],
  ['keyword', '3봉 연속', 'for 3 bars', ['3봉 연속 (조건)', '… for 3 bars']],
  ['keyword', '최근 5봉 안에', 'within last 5 bars', ['최근 5봉 안에 (조건)', '… within last 5 bars']],
  ['keyword', '진행중', 'forming', ['지금 만들어지는 봉까지 셈', 'counts the bar under way']],
  ['unit', '%', '%', ['퍼센트: 5%. 비율에는 꼭 씁니다', 'percent: 5%. A share always has it']],
  ['unit', '만원', 'k won', ['5만원 = 50,000원', '50k won']],
  ['unit', '억원', 'M won', ['3억원 = 300,000,000원', '300M won']],
  ['unit', '주', 'shares', ['수량', 'a volume']],
  ['unit', '분', 'm', ['봉의 길이: 거래량(5분)', 'length of a bar: volume(5m)']],
  ['unit', '봉', 'bars', ['봉의 수: 3봉 연속', 'a number of bars: for 3 bars']],
]

/** Every word that an editor may offer, in the order of how often it is wanted. */
export function conditionVocabulary(): readonly VocabularyEntry[] {
  const fields = [
    ...words('field', BAR_FIELDS, BAR_HELP),
    ...words('field', DAY_FIELDS, DAY_HELP, (text, language) => (language === 'en' ? `${text}(day)` : text)),
    ...words('field', LIVE_FIELDS, LIVE_HELP),
    ...words('field', FACT_FIELDS, FACT_HELP),
  ]
  return [
    ...fields,
    ...Object.values(INDICATORS).map(indicatorEntry),
    ...words('function', AGGREGATES, AGGREGATE_HELP, (text, language) =>
      language === 'ko' ? `${text}(거래량, 20)` : `${text}(volume, 20)`,
    ),
    ...Object.entries(SPECIALS).map(([id, spelling]) => specialEntry(id as keyof typeof SPECIALS, spelling)),
    ...words('flag', FLAGS, FLAG_HELP),
    ...GRAMMAR.map(([kind, ko, en, help]) => entry(kind, { ko: [ko], en: [en] }, help)),
    ...names(MARKETS, ['시장', 'a market']),
    ...names(CLASSES, ['종목구분', 'a class of instruments']),
    ...names(DESIGNATION_WORDS, ['지정', 'a designation']),
  ]
}

type Insert = (text: string, language: 'ko' | 'en') => string

function entry(
  kind: VocabularyEntry['kind'],
  { ko: koreans, en: englishes }: Spelling,
  [helpKo, helpEn]: Help,
  insert: Insert = (text) => text,
): VocabularyEntry {
  const [ko = '', ...moreKo] = koreans
  const [en = '', ...moreEn] = englishes
  return {
    ...{ kind, ko, en, also: [...moreKo, ...moreEn] },
    help: { ko: helpKo, en: helpEn },
    insert: { ko: insert(ko, 'ko'), en: insert(en, 'en') },
  }
}

function words<Id extends string>(
  kind: VocabularyEntry['kind'],
  table: Readonly<Record<Id, Spelling>>,
  helps: Readonly<Record<Id, Help>>,
  insert?: Insert,
): readonly VocabularyEntry[] {
  return (Object.keys(table) as Id[]).map((id) => entry(kind, table[id], helps[id], insert))
}

const names = (table: Readonly<Record<string, Spelling>>, help: Help): readonly VocabularyEntry[] =>
  Object.values(table).map((spelling) => entry('name', spelling, help))

function specialEntry(id: keyof typeof SPECIALS, spelling: Spelling): VocabularyEntry {
  const insert = SPECIAL_INSERT[id]
  return entry(
    'function',
    spelling,
    SPECIAL_HELP[id],
    (text, language) => insert?.[language === 'ko' ? 0 : 1] ?? text,
  )
}

const PARAMETERS: Readonly<Record<string, string>> = {
  period: '기간',
  fast: '단기',
  slow: '장기',
  signal: '신호',
  deviations: '편차',
  multiple: '배수',
  'range period': '변동폭 기간',
  'volume factor': '가중',
  widest: '최장',
  displacement: '선행',
  acceleration: '가속',
  maximum: '최대 가속',
}

function indicatorEntry(spec: IndicatorSpec): VocabularyEntry {
  const { spelling, parameters, outputs } = spec
  const defaults = parameters.map((each) => each.default ?? 20)
  const args = defaults.length === 0 ? '' : `(${defaults.join(', ')})`
  const warmUp = spec.warmUp(...defaults)
  const parameterText = (language: 'ko' | 'en') =>
    parameters
      .map(
        ({ name, least, most }) =>
          `${language === 'ko' ? (PARAMETERS[name] ?? name) : name} ${least}–${most}`,
      )
      .join(', ')
  const outputNames = (language: 'ko' | 'en') => {
    const all = Object.values(outputs)
    return all.length < 2 ? '' : ` · ${all.map((each) => `.${each[language][0] ?? ''}`).join(' ')}`
  }
  // Where no output is meant by the name alone, the first one is written out.
  const first =
    Object.keys(outputs).length > 1 && spec.main === undefined ? Object.values(outputs)[0] : undefined
  const also = spelling.ko[1] ?? ''
  const help = (language: 'ko' | 'en'): string =>
    [
      language === 'ko' && also !== '' ? also : '',
      parameterText(language),
      language === 'ko' ? `${warmUp}봉부터` : `from bar ${warmUp} on`,
    ]
      .filter((each) => each !== '')
      .join(' · ') + outputNames(language)
  return entry('indicator', spelling, [help('ko'), help('en')], (text, language) => {
    const output = first === undefined ? '' : `.${first[language][0] ?? ''}`
    return `${text}${args}${output}`
  })
}
