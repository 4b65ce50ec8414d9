import type { Designation, InstrumentClass, KoreanMarket } from '../../../../model/instrument.ts'
import type { Aggregate, BarField, DayField, FactField, LiveField } from './tree.ts'

/** The spellings of one meaning. The first of each language is the one that is printed. */
export interface Spelling {
  readonly en: readonly string[]
  readonly ko: readonly string[]
}

type Words<Id extends string> = Readonly<Record<Id, Spelling>>

/** Words that join, compare and count. */
export type Keyword =
  | 'and'
  | 'or'
  | 'not'
  | 'between'
  | 'crosses'
  | 'above'
  | 'below'
  | 'crossesAbove'
  | 'crossesBelow'
  | 'within'
  | 'for'
  | 'of'
  | 'in'
  | 'one'
  | 'forming'
  | 'recent'
  | 'inside'
  | 'straight'
  | 'atLeast'
  | 'atMost'
  | 'moreThan'
  | 'lessThan'
  | 'same'
  | 'other'
  | 'day'

/** A keyword without a spelling in one language is a part of the other's grammar only. */
export const KEYWORDS: Words<Keyword> = {
  and: { en: ['and'], ko: ['그리고', '이고', '이면서'] },
  or: { en: ['or'], ko: ['또는', '이거나', '거나'] },
  not: { en: ['not'], ko: ['아니다', '아님'] },
  between: { en: ['between'], ko: ['사이'] },
  crosses: { en: ['crosses'], ko: [] },
  above: { en: ['above'], ko: [] },
  below: { en: ['below'], ko: [] },
  crossesAbove: { en: [], ko: ['상향돌파', '골든크로스'] },
  crossesBelow: { en: [], ko: ['하향돌파', '데드크로스'] },
  within: { en: ['within'], ko: [] },
  for: { en: ['for'], ko: [] },
  of: { en: ['of'], ko: [] },
  in: { en: ['in'], ko: ['중', '가운데'] },
  one: { en: [], ko: ['하나'] },
  forming: { en: ['forming', 'now'], ko: ['진행중', '형성중', '지금'] },
  recent: { en: [], ko: ['최근'] },
  inside: { en: [], ko: ['안에', '이내', '이내에', '내', '내에'] },
  straight: { en: [], ko: ['연속', '동안'] },
  atLeast: { en: [], ko: ['이상'] },
  atMost: { en: [], ko: ['이하'] },
  moreThan: { en: [], ko: ['초과'] },
  lessThan: { en: [], ko: ['미만'] },
  same: { en: [], ko: ['같음', '같다'] },
  other: { en: [], ko: ['다름', '다르다'] },
  day: { en: ['day', 'today'], ko: ['당일', '오늘'] },
}

export const BAR_FIELDS: Words<BarField> = {
  open: { en: ['open'], ko: ['시가'] },
  high: { en: ['high'], ko: ['고가'] },
  low: { en: ['low'], ko: ['저가'] },
  close: { en: ['close'], ko: ['종가'] },
  volume: { en: ['volume'], ko: ['거래량'] },
  value: { en: ['value', 'turnover'], ko: ['거래대금'] },
}

/** `highOf(day)`; in Korean one word. `vwap` is a word in both. */
export const DAY_FIELDS: Words<Exclude<DayField, 'vwap'>> = {
  open: { en: ['openOf'], ko: ['당일시가'] },
  high: { en: ['highOf'], ko: ['당일고가'] },
  low: { en: ['lowOf'], ko: ['당일저가'] },
  volume: { en: ['volumeOf'], ko: ['당일거래량', '누적거래량'] },
  value: { en: ['valueOf'], ko: ['당일거래대금', '누적거래대금'] },
}

/** Of the last closed daily bar: `전일고가` is `고가(1일)`. */
export const DAILY_BAR_WORDS: Readonly<Record<string, BarField>> = {
  전일시가: 'open',
  전일고가: 'high',
  전일저가: 'low',
  전일종가: 'close',
  전일거래량: 'volume',
  전일거래대금: 'value',
}

export const FACT_FIELDS: Words<FactField> = {
  basePrice: { en: ['basePrice'], ko: ['기준가', '기준가격'] },
  upperLimit: { en: ['upperLimit'], ko: ['상한가'] },
  lowerLimit: { en: ['lowerLimit'], ko: ['하한가'] },
  marketCap: { en: ['marketCap'], ko: ['시가총액', '시총'] },
  gap: { en: ['gap'], ko: ['갭', '시가갭'] },
  market: { en: ['market'], ko: ['시장'] },
  class: { en: ['class'], ko: ['종목구분'] },
}

export const LIVE_FIELDS: Words<LiveField> = {
  last: { en: ['last'], ko: ['현재가'] },
  bid: { en: ['bid'], ko: ['매수호가'] },
  ask: { en: ['ask'], ko: ['매도호가'] },
  bidQuantity: { en: ['bidQuantity'], ko: ['매수잔량'] },
  askQuantity: { en: ['askQuantity'], ko: ['매도잔량'] },
  spread: { en: ['spread'], ko: ['호가차이', '스프레드'] },
}

export const AGGREGATES: Words<Aggregate> = {
  average: { en: ['average', 'avg', 'mean'], ko: ['평균'] },
  max: { en: ['max', 'highest'], ko: ['최댓값', '최대', '최고'] },
  min: { en: ['min', 'lowest'], ko: ['최솟값', '최소', '최저'] },
  sum: { en: ['sum', 'total'], ko: ['합계', '합'] },
}

export type Special = 'vwap' | 'time' | 'change' | 'ago' | 'abs' | 'rising' | 'falling' | 'designated'

/** Words with a meaning of their own kind. */
export const SPECIALS: Words<Special> = {
  vwap: { en: ['vwap'], ko: ['당일가중평균가', '거래량가중평균가'] },
  time: { en: ['time'], ko: ['시각', '시간'] },
  change: { en: ['change'], ko: ['등락률', '변동률'] },
  ago: { en: ['ago'], ko: ['이전'] },
  abs: { en: ['abs'], ko: ['절댓값', '절대값'] },
  rising: { en: ['rising'], ko: ['상승', '연속상승'] },
  falling: { en: ['falling'], ko: ['하락', '연속하락'] },
  designated: { en: ['designated'], ko: ['지정'] },
}

export const FLAGS: Words<'halted' | 'inVi'> = {
  halted: { en: ['halted'], ko: ['거래정지'] },
  inVi: { en: ['inVi'], ko: ['VI발동'] },
}

export const MARKETS: Words<KoreanMarket> = {
  KOSPI: { en: ['KOSPI'], ko: ['코스피'] },
  KOSDAQ: { en: ['KOSDAQ'], ko: ['코스닥'] },
  KONEX: { en: ['KONEX'], ko: ['코넥스'] },
}

export const CLASSES: Words<InstrumentClass> = {
  stock: { en: ['stock'], ko: ['주식'] },
  etf: { en: ['ETF'], ko: ['상장지수펀드'] },
  etn: { en: ['ETN'], ko: ['상장지수증권'] },
  elw: { en: ['ELW'], ko: ['주식워런트증권'] },
}

export const DESIGNATION_WORDS: Words<Designation> = {
  administrative: { en: ['administrative'], ko: ['관리종목'] },
  caution: { en: ['caution'], ko: ['투자주의'] },
  warning: { en: ['warning'], ko: ['투자경고'] },
  danger: { en: ['danger'], ko: ['투자위험'] },
  overheated: { en: ['overheated'], ko: ['단기과열'] },
  liquidation: { en: ['liquidation'], ko: ['정리매매'] },
  disclosureCaution: { en: ['disclosureCaution'], ko: ['투자주의환기'] },
  firstDay: { en: ['firstDay'], ko: ['신규상장일'] },
}

/** What stands between Korean words. Only `of` (의) and `subject` change what is read; the others are taken along. */
export type Particle = 'subject' | 'object' | 'of' | 'from' | 'other'

/** Longest first. */
export const PARTICLES: Readonly<Record<string, Particle>> = {
  에서: 'from',
  부터: 'from',
  까지: 'other',
  보다: 'other',
  으로: 'other',
  이: 'subject',
  가: 'subject',
  은: 'subject',
  는: 'subject',
  을: 'object',
  를: 'object',
  와: 'other',
  과: 'other',
  로: 'other',
  의: 'of',
}
