/**
 * Invented companies: no prefix of this list begins the name of a company that is or was listed in Korea, so that nobody
 * mistakes a simulated price for a real one. The endings name the business, and with it the theme.
 */
export const NAME_PREFIXES: readonly string[] = [
  '가람',
  '다솜',
  '마루',
  '미르',
  '도담',
  '해온',
  '온새',
  '초롱',
  '여울',
  '달빛',
  '별솔',
  '하늬',
  '산들',
  '윤슬',
  '단비',
  '너울',
  '이든',
  '은결',
  '해솔',
  '아람',
  '두레',
  '벼리',
  '새늘',
  '한결',
  '온결',
  '늘봄',
  '푸른별',
  '큰솔',
  '다온',
  '솔찬',
  '꽃샘',
  '슬기',
  '참빛',
  '물결',
  '새길',
  '우람',
  '보담',
  '그린내',
  '해늘',
  '예담',
  '찬솔',
  '온누리',
  '별하',
  '늘솔',
  '흰샘',
  '달온',
]

export interface Sector {
  readonly ending: string
  readonly theme: string
  /** How much wilder than the market its names move. */
  readonly temper: number
}

export const SECTORS: readonly Sector[] = [
  { ending: '반도체', theme: 'semiconductor', temper: 1.2 },
  { ending: '바이오', theme: 'bio', temper: 1.6 },
  { ending: '배터리', theme: 'battery', temper: 1.4 },
  { ending: '로봇', theme: 'robot', temper: 1.6 },
  { ending: '전자', theme: 'semiconductor', temper: 1.1 },
  { ending: '제약', theme: 'bio', temper: 1.3 },
  { ending: '소재', theme: 'battery', temper: 1.2 },
  { ending: '방산', theme: 'defence', temper: 1.2 },
  { ending: '조선', theme: 'ship', temper: 1.1 },
  { ending: '중공업', theme: 'ship', temper: 1 },
  { ending: '소프트', theme: 'ai', temper: 1.3 },
  { ending: '게임즈', theme: 'game', temper: 1.3 },
  { ending: '엔터', theme: 'content', temper: 1.3 },
  { ending: '화장품', theme: 'beauty', temper: 1.2 },
  { ending: '식품', theme: 'beauty', temper: 0.8 },
  { ending: '건설', theme: 'construction', temper: 0.9 },
  { ending: '철강', theme: 'construction', temper: 0.9 },
  { ending: '화학', theme: 'battery', temper: 0.9 },
  { ending: '금융', theme: 'finance', temper: 0.6 },
  { ending: '에너지', theme: 'energy', temper: 1.1 },
]

export interface FundSpec {
  readonly name: string
  readonly base: number
  readonly leverage?: number
  /** Plain index funds are in the narrow VI group, sector and leveraged ones in the wide one. */
  readonly viGroup: 'narrow' | 'wide'
}

/** Invented funds of an invented house, on both sides of the ETF tick boundary (2,000 won). */
export const FUNDS: readonly FundSpec[] = [
  { name: 'GARAM 200', base: 41_235, viGroup: 'narrow' },
  { name: 'GARAM 레버리지', base: 21_480, leverage: 2, viGroup: 'wide' },
  { name: 'GARAM 200선물인버스2X', base: 1_842, leverage: 2, viGroup: 'wide' },
  { name: 'GARAM 코스닥150', base: 13_905, viGroup: 'narrow' },
  { name: 'GARAM 반도체', base: 34_560, viGroup: 'wide' },
  { name: 'GARAM 단기채권', base: 104_315, viGroup: 'narrow' },
]

/**
 * All-digit codes with leading zeros that were never given out, with free neighbours on both sides: a code is text, and a
 * market without leading zeros would hide it when someone reads it as a number.
 */
export const ZERO_CODES: readonly string[] = [
  '013470',
  '014060',
  '019410',
  '021280',
  '024250',
  '024370',
  '040200',
  '043840',
  '043980',
  '045220',
  '050720',
  '057400',
  '057660',
  '058020',
  '061110',
  '062090',
  '066870',
  '075540',
  '077460',
  '078260',
  '087810',
  '087900',
  '088170',
  '088410',
  '088630',
  '094780',
  '097030',
  '097330',
  '097850',
  '098010',
]
