import type { SentenceMessage } from '../../../contract/live.ts'

type Words = Readonly<Record<string, SentenceMessage>>

export const SIDE: Words = { buy: { ko: '매수', en: 'Buy' }, sell: { ko: '매도', en: 'Sell' } }

export const ORDER_TYPE: Words = {
  limit: { ko: '지정가', en: 'Limit' },
  market: { ko: '시장가', en: 'Market' },
  conditional: { ko: '조건부지정가', en: 'Conditional' },
  best: { ko: '최유리', en: 'Best' },
  priority: { ko: '최우선', en: 'Priority' },
  mid: { ko: '중간가', en: 'Mid' },
  stopLimit: { ko: '스톱지정가', en: 'Stop limit' },
  preClose: { ko: '장전 시간외', en: 'Pre-hours close' },
  postClose: { ko: '장후 시간외', en: 'Post-hours close' },
}

export const STATUS: Words = {
  created: { ko: '보내기 전', en: 'To be sent' },
  submitted: { ko: '보냄', en: 'Sent' },
  inDoubt: { ko: '결과 모름', en: 'In doubt' },
  working: { ko: '체결 대기', en: 'Working' },
  cancelling: { ko: '취소 중', en: 'Cancelling' },
  filled: { ko: '체결', en: 'Filled' },
  cancelled: { ko: '취소', en: 'Cancelled' },
  replaced: { ko: '정정', en: 'Amended' },
  expired: { ko: '소멸', en: 'Expired' },
  rejected: { ko: '증권사 거부', en: 'Rejected' },
  denied: { ko: '규칙 거절', en: 'Denied' },
  unsent: { ko: '나가지 않음', en: 'Not sent' },
}

export const EXIT: Words = {
  condition: { ko: '매도 조건', en: 'sell condition' },
  signal: { ko: '전략 신호', en: 'strategy' },
  stopLoss: { ko: '손절', en: 'stop-loss' },
  takeProfit: { ko: '익절', en: 'take-profit' },
  trailing: { ko: '추적 손절', en: 'trailing stop' },
  atr: { ko: 'ATR 손절', en: 'ATR stop' },
  time: { ko: '보유 시간', en: 'time exit' },
  endOfDay: { ko: '장 마감 청산', en: 'end of day' },
  manual: { ko: '수동', en: 'by hand' },
  flatten: { ko: '전량 청산', en: 'flatten' },
  delisting: { ko: '상장폐지', en: 'delisting' },
}

/** The word for what has none yet is its own name: better than nothing said. */
export const wordOf = (words: Words, key: string): SentenceMessage => words[key] ?? { ko: key, en: key }
