import type { Denial } from '../../model/denial.ts'
import { kstClock } from '../../model/time.ts'
import { count, percent } from '../../std/numbers.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import type { Health } from '../trader.ts'
import { bold, bySign, dim, good, inverse, urgent, warn } from './ansi.ts'
import { indexValue, signed } from './numbers.ts'
import { conditionLines, eventLines, orderLines, positionLines, refusalLines } from './sections.ts'
import { clip, clipStyled, displayWidth, left } from './width.ts'
import { HALT_WORDS, PHASE_WORDS } from './words.ts'

export interface FrameOptions {
  readonly width: number
  readonly height: number
  /** `시뮬레이션 20배속`, `모의투자`. */
  readonly title: string
  /** Market time runs so much faster than the wall's; 1 for a real day. */
  readonly speed: number
  readonly sentence: (denial: Denial) => { readonly ko: string; readonly en: string }
  /** Where the dashboard is. */
  readonly link?: string
  /** Shown instead of the keys: a question, or what is under way. */
  readonly message?: string
}

/** The columns are laid out for this many cells; on a narrower terminal each line is cut at the edge. */
const LEAST_WIDTH = 80

function stateText(view: TraderView): string {
  if (view.halt !== 'active') return urgent(`■ ${HALT_WORDS[view.halt].ko} ${HALT_WORDS[view.halt].en}`)
  if (!view.feedUp) return urgent('■ 시세 끊김 feed down')
  if (!view.accountKnown) return warn('■ 계좌 확인 중 account unknown')
  if (view.buyingPaused) return warn('■ 매수 중지 buying paused')
  return good('● 매매 중 trading')
}

function titleLine(view: TraderView, options: FrameOptions): string {
  const phase = PHASE_WORDS[view.phase]
  const speed = options.speed === 1 ? '' : ` ×${options.speed}`
  const text = ` 가람 GARAM  ${options.title}  ${view.day} ${kstClock(view.now)}${speed}  ${phase.ko} ${phase.en}`
  return inverse(left(text, options.width))
}

function indexLine(view: TraderView, width: number): string {
  const indexes = view.indexes.map((index) => {
    const before = index.value - index.change
    const move = `${index.change > 0 ? '▲' : index.change < 0 ? '▼' : ' '}${indexValue(Math.abs(index.change))}`
    const ratio = before > 0 ? percent(index.change / before) : '0.00%'
    return `${index.name} ${bold(indexValue(index.value))} ${bySign(index.change, `${move} ${ratio}`)}`
  })
  return spreadStyled(indexes.join('  '), stateText(view), width)
}

/** Start and end on one line. When both do not fit, the start is cut: the end is the state of trading. */
function spreadStyled(start: string, end: string, width: number): string {
  const cut = clipStyled(start, width - displayWidth(end) - 1)
  return cut + ' '.repeat(Math.max(1, width - displayWidth(cut) - displayWidth(end))) + end
}

function moneyLine(view: TraderView): string {
  const parts = [
    `평가 ${bold(count(view.equity))}`,
    `현금 ${count(view.cash)}`,
    `실현 ${bySign(view.realizedPnl, signed(view.realizedPnl))}`,
    `평가손익 ${bySign(view.unrealizedPnl, signed(view.unrealizedPnl))}`,
    `왕복 ${view.roundTrips.length}`,
  ]
  return parts.join('  ')
}

const FEED_WORDS = { live: '정상', connecting: '연결 중', down: '끊김' } as const

function healthLine(view: TraderView, health: Health, options: FrameOptions): string {
  const { feed } = health
  const heard = feed.lastMessageAt === undefined ? '-' : `${Math.max(0, view.now - feed.lastMessageAt)}ms`
  return clip(
    [
      `시세 ${FEED_WORDS[feed.state]} feed`,
      `슬롯 ${feed.registered}/${feed.slots}+${feed.polled}`,
      `최근 ${heard}`,
      `지연 lag ${Math.round(health.lagMs / options.speed)}ms`,
      `이벤트 ${count(view.counts.events)}`,
      `체결 ${count(view.counts.fills)}`,
      `VI ${view.counts.vi}`,
      `경고 ${view.counts.alerts}`,
    ].join(' · '),
    options.width,
  )
}

const KEYS = 'p 매수 중지 pause · r 재개 resume · f 전량 청산 flatten · q 종료 quit'

/**
 * The whole screen as lines, each at most `width` cells, exactly `height` of them. Pure: the same view gives the same
 * lines. What does not fit is cut from the less important parts: events first, then refusals, orders, positions.
 */
export function frame(view: TraderView, health: Health, options: FrameOptions): string[] {
  const width = Math.max(LEAST_WIDTH, options.width)
  const wide = { ...options, width }
  const head = [
    titleLine(view, wide),
    ...(options.link === undefined ? [] : [clip(`대시보드 dashboard  ${options.link}`, width)]),
    indexLine(view, width),
    moneyLine(view),
  ]
  const foot = [
    dim(healthLine(view, health, wide)),
    options.message === undefined ? dim(clip(KEYS, width)) : warn(clip(options.message, width)),
  ]
  const room = Math.max(0, options.height - head.length - foot.length)
  const body = bodyLines(view, wide, room)
  const filler = Array.from({ length: Math.max(0, room - body.length) }, () => '')
  return [...head, ...body, ...filler, ...foot]
    .slice(0, options.height)
    .map((line) => clipStyled(line, options.width))
}

/** What the lower sections keep, heading included, however many positions there are. */
const LEAST_EVENT_LINES = 5
const REFUSAL_LINES = 3

/** Conditions and orders get what they need up to a share; positions come before events, which fill the rest. */
function bodyLines(view: TraderView, options: FrameOptions, room: number): string[] {
  const { width } = options
  const conditions = conditionLines(view, width).slice(0, Math.max(2, Math.floor(room * 0.25)))
  const orders = orderLines(view, width, Math.max(2, Math.floor(room * 0.2)))
  const refusals = refusalLines(view, width, REFUSAL_LINES, options.sentence)
  const others = conditions.length + orders.length + refusals.length
  const positions = positionLines(view, width, Math.max(2, room - others - LEAST_EVENT_LINES))
  const events = eventLines(view, width, room - others - positions.length)
  return [...conditions, ...positions, ...orders, ...refusals, ...events].slice(0, room)
}
