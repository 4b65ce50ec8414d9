/** Why a row was not taken: what is wrong with it, and what a person can do. `%` stands for the column. */
interface Words {
  readonly ko: string
  readonly en: string
  readonly remedyKo: string
  readonly remedyEn: string
}

const RULES = '그 행만 빼려면 --bad reject'
const RULES_EN = 'leave those rows out with --bad reject'

const REASONS: Readonly<Record<string, Words>> = {
  columns: {
    ko: '열 수가 1행과 다릅니다',
    en: 'the row has another number of columns than row 1',
    remedyKo: `따옴표와 구분자를 확인하거나 ${RULES}`,
    remedyEn: `look at its quotes and delimiters, or ${RULES_EN}`,
  },
  symbol: {
    ko: '종목코드가 아닙니다 (KRX는 여섯 자리)',
    en: 'not a symbol (KRX codes have six characters)',
    remedyKo: `엑셀이 앞의 0을 지웠다면 원본을 '텍스트'로 다시 저장하고, 아니면 ${RULES}`,
    remedyEn: `if a spreadsheet ate leading zeros save the original again as text, else ${RULES_EN}`,
  },
  time: {
    ko: '날짜나 시각을 읽을 수 없습니다',
    en: 'the date or time cannot be read',
    remedyKo: `2024-01-02, 2024-01-02 09:00, 20240102090000, 1704153600000 꼴로 고치거나 ${RULES}`,
    remedyEn: `write 2024-01-02, 2024-01-02 09:00, 20240102090000 or 1704153600000, or ${RULES_EN}`,
  },
  close_at: {
    ko: '봉이 시작하기 전에 끝납니다',
    en: 'the bar ends before it begins',
    remedyKo: `open_at 과 close_at 열을 확인하거나 ${RULES}`,
    remedyEn: `look at the columns of open_at and close_at, or ${RULES_EN}`,
  },
  negativeVolume: {
    ko: '거래량이 음수입니다',
    en: 'the volume is negative',
    remedyKo: `부호가 방향이라면 원본에서 떼고, ${RULES}, 표시만 하려면 --bad flag`,
    remedyEn: `take a sign off that means a direction, ${RULES_EN}, or keep them marked with --bad flag`,
  },
  negativePrice: {
    ko: '가격이 음수입니다',
    en: 'a price is negative',
    remedyKo: `증권사 원시 응답의 부호(등락 방향)라면 떼고, ${RULES}, 표시만 하려면 --bad flag`,
    remedyEn: `take a sign off that a broker uses for the direction, ${RULES_EN}, or keep them marked with --bad flag`,
  },
  unordered: {
    ko: '같은 종목의 앞 행보다 과거입니다 (오름차순도 내림차순도 아님)',
    en: 'older than the row before it (the instrument runs neither forward nor backward)',
    remedyKo: '두 파일을 이어 붙인 것이 아닌지 보고, 정렬해서 받으려면 --bad flag',
    remedyEn: 'see whether two files were joined; --bad flag takes it sorted',
  },
  duplicate: {
    ko: '같은 종목과 시각의 같은 행이 또 있습니다',
    en: 'the same row of this symbol and time is there twice',
    remedyKo: '하나만 남기려면 --bad reject',
    remedyEn: 'keep one of them with --bad reject',
  },
  conflict: {
    ko: '같은 종목과 시각인데 값이 다른 행이 또 있습니다',
    en: 'a second row of this symbol and time has other values',
    remedyKo: '두 출처나 두 판이 섞였는지 보고 (--only 열=값), 첫 행만 남기려면 --bad reject',
    remedyEn:
      'see whether two sources or editions are mixed (--only column=value); --bad reject keeps the first',
  },
  stored: {
    ko: '카탈로그에 이미 있는 행과 값이 다릅니다',
    en: 'other values than the row that is in the catalog already',
    remedyKo:
      '새 값으로 바꾸려면 --replace, 다른 출처로 따로 두려면 --series 이름, 옛 값을 지키려면 --bad reject',
    remedyEn:
      'take the new values with --replace, keep both sources apart with --series name, or keep the old ones with --bad reject',
  },
  overlap: {
    ko: '이 종목의 같은 기간이 카탈로그에 이미 있습니다',
    en: 'this symbol has rows of the same time in the catalog already',
    remedyKo: '새 것으로 바꾸려면 --replace, 따로 두려면 --series 이름',
    remedyEn: 'replace them with --replace, or keep both with --series name',
  },
  action: {
    ko: '기업행위로 읽을 수 없습니다 (종류, 비율, 금액)',
    en: 'no corporate action (its kind, ratio or amount)',
    remedyKo:
      '종류는 split(into), reverseSplit(of), bonusIssue·stockDividend·rightsIssue(ratio_*), cashDividend, spinOff, delisting(amount: 주당 받은 금액, 0 이상, 원이나 1/10,000달러까지)',
    remedyEn:
      'kinds: split (into), reverseSplit (of), bonusIssue, stockDividend, rightsIssue (ratio_*), cashDividend, spinOff, delisting (amount: paid for each share, 0 or more, in whole won or 1/10,000 dollar)',
  },
}

const unreadable = (column: string): Words => ({
  ko: `${column} 값을 읽을 수 없습니다`,
  en: `the value of ${column} cannot be read`,
  remedyKo: `--columns ${column}=… 이 가리키는 열이 맞는지 보고, ${RULES}`,
  remedyEn: `see whether --columns ${column}=… names the right column, or ${RULES_EN}`,
})

/** The words of a reason; any column name is one, for a value that cannot be read. */
export const reasonWords = (reason: string): Words => REASONS[reason] ?? unreadable(reason)
