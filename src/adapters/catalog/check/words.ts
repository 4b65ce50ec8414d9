import type { Direction } from './finding.ts'

/** bad: a backtest on these rows is wrong. warning: it may be. info: real, but to be known. */
export type Severity = 'bad' | 'warning' | 'info'

export interface CheckWords {
  readonly severity: Severity
  readonly ko: string
  readonly en: string
  readonly bias: { readonly direction: Direction; readonly ko: string; readonly en: string }
}

const row = (
  severity: Severity,
  ko: string,
  en: string,
  direction: Direction,
  biasKo: string,
  biasEn: string,
): CheckWords => ({ severity, ko, en, bias: { direction, ko: biasKo, en: biasEn } })

/** What each check is called, and which way its findings bend a backtest. */
export const CHECK_WORDS: Readonly<Record<string, CheckWords>> = {
  damaged: row(
    'bad',
    '손상되거나 없어진 파일',
    'files damaged or gone',
    'either',
    '그 기간이 통째로 틀립니다',
    'a whole stretch is wrong',
  ),
  rejected: row(
    'info',
    '가져올 때 빠진 행',
    'rows left out at import',
    'either',
    '빠진 행이 급등락일이면 위험이 작아 보입니다',
    'risk looks small where the missing rows were wild days',
  ),
  duplicates: row(
    'bad',
    '같은 종목·시각의 중복',
    'duplicates of symbol and time',
    'either',
    '거래량과 신호가 두 번 셉니다',
    'volumes and signals count twice',
  ),
  unordered: row(
    'warning',
    '순서가 어긋났던 행',
    'rows that were out of order',
    'either',
    '두 파일이 섞였을 수 있습니다',
    'two files may have been mixed',
  ),
  missingDays: row(
    'warning',
    '시장 전체가 빠진 거래일',
    'trading days without any row',
    'tooGood',
    '그날의 손절·급락을 겪지 않습니다',
    'stops and falls of those days never happen',
  ),
  gaps: row(
    'warning',
    '거래일 사이 빈 날',
    'trading days missing between rows',
    'tooGood',
    '거래정지 중에 팔 수 없던 손실이 사라지고 지표가 건너뜁니다',
    'losses held through a halt vanish, indicators jump',
  ),
  partialDays: row(
    'info',
    '장중 일부만 있는 날',
    'days that cover part of the session',
    'either',
    '시가·종가 전략이 다른 가격에 체결됩니다',
    'strategies at the open or close fill at other prices',
  ),
  missingBars: row(
    'info',
    '장중에 빠진 봉',
    'bars missing within the session',
    'tooGood',
    '빠진 봉의 저가에서 나갔을 손절이 없습니다 (거래 없는 봉이면 정상)',
    'stops at the lows of missing bars do not fire (normal where nothing traded)',
  ),
  closedDay: row(
    'bad',
    '휴장일의 행',
    'rows on closed days',
    'either',
    '날짜가 하루 밀렸다면 내일 값을 오늘 봅니다',
    'a date that is a day off shows tomorrow today',
  ),
  zoneShift: row(
    'bad',
    '시간대가 어긋난 날',
    'days shifted in time',
    'tooGood',
    '아직 없는 봉을 보고 거래합니다',
    'trades see bars that do not exist yet',
  ),
  ohlc: row(
    'warning',
    '고가·저가가 시가·종가를 감싸지 않는 행',
    'high and low do not enclose open and close',
    'tooGood',
    '닿은 적 없는 가격에 체결됩니다',
    'orders fill at prices that were never touched',
  ),
  zeroPrice: row(
    'bad',
    '0인 가격 (시가·고가·저가만 0이면 장외에서만 거래된 날일 수 있음)',
    'prices of zero (only open, high and low: perhaps traded after hours only)',
    'tooGood',
    '0원에 사거나 무한한 수익률이 나옵니다',
    'buys at nothing, returns without bound',
  ),
  negativePrice: row(
    'bad',
    '음수 가격',
    'negative prices',
    'either',
    '수익률의 부호가 뒤집힙니다',
    'returns change their sign',
  ),
  negativeVolume: row(
    'bad',
    '음수 거래량',
    'negative volumes',
    'either',
    '거래량 조건과 참여율 한도가 무너집니다',
    'volume rules and participation limits break',
  ),
  zeroVolume: row(
    'info',
    '가격은 있으나 거래량 0',
    'prices with a volume of zero',
    'tooGood',
    '아무도 거래하지 않은 가격에 체결됩니다',
    'orders fill where nobody traded',
  ),
  noTrade: row(
    'info',
    '거래 없는 날 (정지 포함)',
    'days without a trade (halts included)',
    'tooGood',
    '종가에 사고팔 수 있다고 여기면 안 됩니다',
    'its close cannot be bought or sold',
  ),
  offTick: row(
    'warning',
    '호가단위에 맞지 않는 가격',
    'prices off the tick',
    'tooGood',
    '낼 수 없는 가격에 체결되거나, 수정주가가 섞였습니다',
    'fills at prices no order can carry, or adjusted prices among raw ones',
  ),
  halfTick: row(
    'info',
    '반 호가 체결 (2025-09부터 실제)',
    'half-tick prints (real since 2025-09)',
    'tooGood',
    '주문은 호가단위에 맞아야 하므로 그 가격에 체결하면 안 됩니다',
    'an order must be on the grid, so none fills there',
  ),
  outOfBand: row(
    'warning',
    '상하한가를 벗어난 가격',
    'prices outside the daily band',
    'either',
    '신규상장·정리매매·기준가 변경이면 실제이고, 아니면 기업행위나 오류입니다',
    'real on first days, in liquidation and after capital changes; else an event or an error',
  ),
  unrecordedSplit: row(
    'bad',
    '기록 없는 분할·병합처럼 보이는 급변',
    'jumps like a split without a recorded event',
    'either',
    '분할은 폭락으로, 병합은 폭등으로 셉니다',
    'a split counts as a crash, a merger as a surge',
  ),
  stale: row(
    'warning',
    '똑같이 되풀이된 봉',
    'bars that repeat',
    'tooGood',
    '변동성이 작아 보이고 멈춘 가격에 체결됩니다',
    'volatility looks small, orders fill at a price that stood still',
  ),
  survivors: row(
    'warning',
    '끝까지 살아남은 종목뿐',
    'only names that lived to the end',
    'tooGood',
    '상장폐지된 종목이 없어 수익률이 부풀려집니다',
    'without the delisted ones returns are inflated',
  ),
  crossed: row(
    'warning',
    '매수호가가 매도호가보다 높음',
    'bid above ask',
    'tooGood',
    '없는 차익이 생깁니다',
    'profit where there was none',
  ),
}

export const wordsOf = (id: string): CheckWords => CHECK_WORDS[id] ?? row('info', id, id, 'none', '', '')
