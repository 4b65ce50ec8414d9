/**
 * Weekdays on which KRX (and NXT with it) stays shut, 2015–2027, as data: one list of `reason MM-DD MM-DD …` a year.
 *
 * Source: KRX closing days, rule book §4.1 (exchange_calendars and the `holidays` package agree on 2015–2025; 2026 and
 * 2027 follow the public-holiday regulation, 관공서의 공휴일에 관한 규정: 2026-07-17, 2027-05-03 and 2027-07-19 are
 * closed although older calendar packages trade on them). A substitute holiday stands under the day it replaces.
 */
export const KRX_CLOSURES: Readonly<Record<string, readonly string[]>> = {
  2015: [
    'newYear 01-01, seollal 02-18 02-19 02-20, labor 05-01, children 05-05, buddha 05-25, temporary 08-14',
    'chuseok 09-28 09-29, hangeul 10-09, christmas 12-25, yearEnd 12-31',
  ],
  2016: [
    'newYear 01-01, seollal 02-08 02-09 02-10, march1 03-01, election 04-13, children 05-05',
    'temporary 05-06, memorial 06-06, liberation 08-15, chuseok 09-14 09-15 09-16, foundation 10-03',
    'yearEnd 12-30',
  ],
  2017: [
    'seollal 01-27 01-30, march1 03-01, labor 05-01, buddha 05-03, children 05-05, election 05-09',
    'memorial 06-06, liberation 08-15, temporary 10-02, chuseok 10-03 10-04 10-05 10-06, hangeul 10-09',
    'christmas 12-25, yearEnd 12-29',
  ],
  2018: [
    'newYear 01-01, seollal 02-15 02-16, march1 03-01, labor 05-01, children 05-07, buddha 05-22',
    'memorial 06-06, election 06-13, liberation 08-15, chuseok 09-24 09-25 09-26, foundation 10-03',
    'hangeul 10-09, christmas 12-25, yearEnd 12-31',
  ],
  2019: [
    'newYear 01-01, seollal 02-04 02-05 02-06, march1 03-01, labor 05-01, children 05-06, memorial 06-06',
    'liberation 08-15, chuseok 09-12 09-13, foundation 10-03, hangeul 10-09, christmas 12-25',
    'yearEnd 12-31',
  ],
  2020: [
    'newYear 01-01, seollal 01-24 01-27, election 04-15, buddha 04-30, labor 05-01, children 05-05',
    'temporary 08-17, chuseok 09-30 10-01 10-02, hangeul 10-09, christmas 12-25, yearEnd 12-31',
  ],
  2021: [
    'newYear 01-01, seollal 02-11 02-12, march1 03-01, children 05-05, buddha 05-19, liberation 08-16',
    'chuseok 09-20 09-21 09-22, foundation 10-04, hangeul 10-11, yearEnd 12-31',
  ],
  2022: [
    'seollal 01-31 02-01 02-02, march1 03-01, election 03-09, children 05-05, election 06-01',
    'memorial 06-06, liberation 08-15, chuseok 09-09 09-12, foundation 10-03, hangeul 10-10',
    'yearEnd 12-30',
  ],
  2023: [
    'seollal 01-23 01-24, march1 03-01, labor 05-01, children 05-05, buddha 05-29, memorial 06-06',
    'liberation 08-15, chuseok 09-28 09-29, temporary 10-02, foundation 10-03, hangeul 10-09',
    'christmas 12-25, yearEnd 12-29',
  ],
  2024: [
    'newYear 01-01, seollal 02-09 02-12, march1 03-01, election 04-10, labor 05-01, children 05-06',
    'buddha 05-15, memorial 06-06, liberation 08-15, chuseok 09-16 09-17 09-18, temporary 10-01',
    'foundation 10-03, hangeul 10-09, christmas 12-25, yearEnd 12-31',
  ],
  2025: [
    'newYear 01-01, temporary 01-27, seollal 01-28 01-29 01-30, march1 03-03, labor 05-01',
    'children 05-05 05-06, election 06-03, memorial 06-06, liberation 08-15, foundation 10-03',
    'chuseok 10-06 10-07 10-08, hangeul 10-09, christmas 12-25, yearEnd 12-31',
  ],
  2026: [
    'newYear 01-01, seollal 02-16 02-17 02-18, march1 03-02, labor 05-01, children 05-05, buddha 05-25',
    'election 06-03, constitution 07-17, liberation 08-17, chuseok 09-24 09-25, foundation 10-05',
    'hangeul 10-09, christmas 12-25, yearEnd 12-31',
  ],
  2027: [
    'newYear 01-01, seollal 02-08 02-09, march1 03-01, labor 05-03, children 05-05, buddha 05-13',
    'constitution 07-19, liberation 08-16, chuseok 09-14 09-15 09-16, foundation 10-04, hangeul 10-11',
    'christmas 12-27, yearEnd 12-31',
  ],
}

/**
 * Days of the university entrance exam (수능), when the whole day starts and ends one hour later.
 * 2017 has two: the earthquake moved the exam, the announced hours of 11-16 stayed. 2027 is assumed to be the third
 * Thursday of November until the ministry says so. Source: rule book §4.2.
 */
export const KRX_CSAT_DAYS: readonly string[] = [
  '2015-11-12',
  '2016-11-17',
  '2017-11-16',
  '2017-11-23',
  '2018-11-15',
  '2019-11-14',
  '2020-12-03',
  '2021-11-18',
  '2022-11-17',
  '2023-11-16',
  '2024-11-14',
  '2025-11-13',
  '2026-11-19',
  '2027-11-18',
]

/** Why a day is closed, for people. */
export const CLOSURE_NAMES = {
  newYear: { ko: '신정', en: 'New Year' },
  seollal: { ko: '설 연휴', en: 'Seollal' },
  march1: { ko: '삼일절', en: 'March 1' },
  labor: { ko: '근로자의 날', en: 'Labor Day' },
  children: { ko: '어린이날', en: "Children's Day" },
  buddha: { ko: '부처님오신날', en: "Buddha's Birthday" },
  memorial: { ko: '현충일', en: 'Memorial Day' },
  constitution: { ko: '제헌절', en: 'Constitution Day' },
  liberation: { ko: '광복절', en: 'Liberation Day' },
  chuseok: { ko: '추석 연휴', en: 'Chuseok' },
  foundation: { ko: '개천절', en: 'Foundation Day' },
  hangeul: { ko: '한글날', en: 'Hangeul Day' },
  christmas: { ko: '성탄절', en: 'Christmas' },
  election: { ko: '선거일', en: 'Election Day' },
  temporary: { ko: '임시공휴일', en: 'Temporary holiday' },
  yearEnd: { ko: '연말 휴장일', en: 'Year-end closing' },
} as const

export type ClosureReason = keyof typeof CLOSURE_NAMES
