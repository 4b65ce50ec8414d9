import type { SentenceMessage } from '../../../contract/live.ts'
import type { OrderGroup, OrderStepMessage } from '../../../contract/records.ts'

type Words<K extends string> = Readonly<Record<K, SentenceMessage>>

export const GROUPS: Words<OrderGroup> = {
  open: { ko: '미체결', en: 'Open' },
  doubtful: { ko: '결과 모름', en: 'In doubt' },
  filled: { ko: '체결', en: 'Filled' },
  ended: { ko: '취소·정정', en: 'Ended' },
  failed: { ko: '거부', en: 'Failed' },
}

export const STEPS: Words<OrderStepMessage['kind']> = {
  decided: { ko: '판단', en: 'Decided' },
  sent: { ko: '기록·전송', en: 'Written, sent' },
  accepted: { ko: '접수', en: 'Accepted' },
  fill: { ko: '체결', en: 'Fill' },
  doubted: { ko: '응답 없음', en: 'No answer' },
  asked: { ko: '확인', en: 'Asked' },
  unsettled: { ko: '아직 모름', en: 'Still unknown' },
  settled: { ko: '확인됨', en: 'Settled' },
  amendAsked: { ko: '정정 요청', en: 'Amend' },
  cancelAsked: { ko: '취소 요청', en: 'Cancel' },
  cancelRefused: { ko: '취소 거부', en: 'Cancel refused' },
  cancelLost: { ko: '취소 응답 없음', en: 'Cancel lost' },
  cancelled: { ko: '취소', en: 'Cancelled' },
  replaced: { ko: '정정', en: 'Amended' },
  expired: { ko: '소멸', en: 'Expired' },
  rejected: { ko: '거부', en: 'Rejected' },
  throttled: { ko: '나가지 않음', en: 'Not sent' },
  absent: { ko: '나가지 않음', en: 'Never arrived' },
}

export const TIME_IN_FORCE: Words<string> = {
  day: { ko: '당일', en: 'Day' },
  ioc: { ko: 'IOC (즉시 체결분만)', en: 'IOC' },
  fok: { ko: 'FOK (전량 아니면 취소)', en: 'FOK' },
  gtp: { ko: '프리마켓까지', en: 'Pre-market' },
}
