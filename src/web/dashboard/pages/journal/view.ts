import type { SentenceMessage } from '../../../contract/live.ts'
import type {
  DayCurveMessage,
  TrailEntry,
  TrailKind,
  VerificationMessage,
} from '../../../contract/records.ts'

export const KINDS: Readonly<Record<TrailKind, SentenceMessage>> = {
  command: { ko: '사람의 명령', en: 'Commands' },
  signIn: { ko: '로그인', en: 'Sign-ins' },
  order: { ko: '주문', en: 'Orders' },
  fill: { ko: '체결', en: 'Fills' },
  refusal: { ko: '규칙 거절', en: 'Refusals' },
  notice: { ko: '알림', en: 'Notices' },
  condition: { ko: '조건검색', en: 'Conditions' },
  signal: { ko: '전략', en: 'Strategies' },
  account: { ko: '계좌', en: 'Account' },
  market: { ko: '시장', en: 'Market' },
  system: { ko: '시스템', en: 'System' },
}
/** In the order in which somebody who looks for the cause of something would try them. */
export const KIND_ORDER: readonly TrailKind[] = [
  'command',
  'signIn',
  'order',
  'fill',
  'refusal',
  'notice',
  'condition',
  'signal',
  'account',
  'market',
  'system',
]

const WHO: Readonly<Record<string, SentenceMessage>> = {
  garam: { ko: '가람', en: 'Garam' },
  broker: { ko: '증권사', en: 'Broker' },
  market: { ko: '시장', en: 'Market' },
  '-': { ko: '모르는 사람', en: 'Somebody unknown' },
}

/** Whoever is none of the three is a person or a strategy, and has a name. */
export const whoOf = ({ who }: Pick<TrailEntry, 'who'>): SentenceMessage => WHO[who] ?? { ko: who, en: who }
export const isPerson = ({ kind, who }: Pick<TrailEntry, 'kind' | 'who'>): boolean =>
  (kind === 'command' || kind === 'signIn') && !(who in WHO)

export interface Verdict extends SentenceMessage {
  readonly tone: '' | 'good' | 'warn' | 'bad'
}

const grouped = (value: number): string => value.toLocaleString('en-US')

/** What a check has found, in one sentence. */
export function verdictOf(check: VerificationMessage): Verdict {
  switch (check.state) {
    case 'never':
      return { tone: '', ko: '아직 검사하지 않음', en: 'Not checked yet' }
    case 'running':
      return {
        tone: '',
        ko: `검사 중 ${grouped(check.records)}건`,
        en: `Checking, ${grouped(check.records)} records`,
      }
    case 'cancelled':
      return { tone: '', ko: '검사를 그만둠', en: 'Given up' }
    case 'failed':
      return {
        tone: 'warn',
        ko: '검사하지 못함 (파일을 읽을 수 없음)',
        en: 'Could not be checked: the file cannot be read',
      }
    case 'broken':
      return {
        tone: 'bad',
        ko: `${grouped(check.broken?.seq ?? 0)}번 기록이 손상됨: ${check.broken?.ko ?? ''}`,
        en: `Record ${grouped(check.broken?.seq ?? 0)} is damaged: ${check.broken?.en ?? ''}`,
      }
    case 'good':
      return {
        tone: check.isOlder ? 'warn' : 'good',
        ko: `${grouped(check.records)}건 모두 온전${check.isOlder ? ', 그 뒤에 기록이 더 생김' : ''}`,
        en: `All ${grouped(check.records)} records good${check.isOlder ? '; there are more since' : ''}`,
      }
  }
}

/** How much of the file is checked, a ratio of one. */
export const checkedRatio = ({ doneBytes, bytes }: VerificationMessage): number =>
  bytes > 0 ? Math.min(1, doneBytes / bytes) : 0

export const SPEEDS = [1, 10, 60, 300] as const
export type Speed = (typeof SPEEDS)[number]

/** Where a replay that plays stands after so many real ms; the end stops it. */
export function played(
  at: number,
  elapsedMs: number,
  speed: Speed,
  to: number,
): { readonly at: number; readonly ended: boolean } {
  const next = at + elapsedMs * speed
  return next >= to ? { at: to, ended: true } : { at: next, ended: false }
}

/** The slider stands on whole seconds, so that the same place is asked for once. */
export const wholeSecond = (at: number): number => Math.floor(at / 1_000) * 1_000

export interface Drawing {
  readonly line: string
  readonly area: string
  /** Of the start, share of the height. */
  readonly zero: number
  readonly low: number
  readonly high: number
}

/** The day's equity in a box of 1000 × 1000, over the slider's own time axis; `undefined` without points. */
export function drawing(
  points: DayCurveMessage['points'],
  start: number,
  from: number,
  to: number,
): Drawing | undefined {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || to <= from) return undefined
  let [low, high] = [start, start]
  for (const { equity } of points) {
    low = Math.min(low, equity)
    high = Math.max(high, equity)
  }
  const room = Math.max(high - low, 1) * 0.08
  const x = (at: number) => Math.round(((at - from) / (to - from)) * 10_000) / 10
  const y = (equity: number) =>
    Math.round((1 - (equity - low + room) / (high - low + 2 * room)) * 10_000) / 10
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS))
  const drawn = points.filter((_, index) => index % step === 0 || index === points.length - 1)
  const places = drawn.map(({ at, equity }) => `${x(at)} ${y(equity)}`).join('L')
  return {
    line: `M${places}`,
    area: `M${x(first.at)} ${y(start)}L${places}L${x(last.at)} ${y(start)}Z`,
    zero: y(start) / 1_000,
    low,
    high,
  }
}

const MOST_POINTS = 600

/** 48.2 MB */
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
