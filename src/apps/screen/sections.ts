import type { Denial } from '../../model/denial.ts'
import { isOpen } from '../../model/order-table.ts'
import { kstClock } from '../../model/time.ts'
import { count, percent } from '../../std/numbers.ts'
import type { Happening, TraderView } from '../../trading/engine/view.ts'
import { bold, bySign, dim, good, urgent, warn } from './ansi.ts'
import { signed } from './numbers.ts'
import { type Cell, type Column, grid, stretch, table } from './table.ts'
import { clip, displayWidth } from './width.ts'
import { chanceWord, EXIT_WORDS, priceWord, queueWord, sideWord, statusWord } from './words.ts'

const title = (ko: string, en: string, extra: string) => `${bold(ko)} ${dim(`${en} ${extra}`)}`

/** At most `room` lines of a section, the last one saying how many rows did not fit. */
function cut(lines: readonly string[], room: number): string[] {
  if (lines.length <= room) return [...lines]
  const kept = lines.slice(0, Math.max(1, room - 1))
  return [...kept, dim(`  … 외 ${lines.length - kept.length}건 more`)].slice(0, Math.max(1, room))
}

/** A condition that fired within so much market time is lit. */
const FRESH_MS = 20_000

const CONDITION_CELLS = 24

export function conditionLines(view: TraderView, width: number): string[] {
  const cells = view.conditions.map((condition): Cell => {
    const counts = `${condition.entered}→${condition.ordered}`
    const fresh = view.now - condition.lastAt < FRESH_MS
    const start = `${fresh ? '*' : ' '} ${condition.use === 'buy' ? '매수' : '매도'} `
    // The counts are the news: of a long name the end is cut, never they.
    const room = CONDITION_CELLS - displayWidth(start) - displayWidth(counts) - 1
    const text = `${start}${clip(condition.name, room)} ${counts}`
    return fresh ? { text, paint: good } : text
  })
  const total = view.conditions.reduce((sum, condition) => sum + condition.entered, 0)
  return [
    title('조건', 'conditions', `편입→주문 entered→ordered, ${total}`),
    ...grid(cells, width, CONDITION_CELLS),
  ]
}

const POSITION_COLUMNS: readonly Column[] = [
  { head: '  종목 name', cells: 18, align: 'left' },
  { head: '수량 qty', cells: 8, align: 'right' },
  { head: '평단 avg', cells: 9, align: 'right' },
  { head: '현재 last', cells: 9, align: 'right' },
  { head: '수익률', cells: 8, align: 'right' },
  { head: '손익 P&L', cells: 10, align: 'right' },
  { head: '손절 stop', cells: 10, align: 'right' },
]

export function positionLines(view: TraderView, width: number, room: number): string[] {
  const rows = view.positions.map((position): readonly Cell[] => [
    `  ${position.name}`,
    count(position.quantity),
    count(Math.round(position.averagePrice)),
    position.last > 0 ? count(position.last) : '-',
    { text: percent(position.gainRatio), paint: (text) => bySign(position.gainRatio, text) },
    { text: signed(position.pnl), paint: (text) => bySign(position.pnl, text) },
    position.exiting
      ? { text: EXIT_WORDS[position.exiting].ko, paint: warn }
      : position.stopPrice > 0
        ? count(position.stopPrice)
        : '-',
  ])
  const heading = title('보유', 'positions', `${view.positions.length}`)
  if (rows.length === 0) return [heading, dim('  없음 none')].slice(0, room)
  return cut([heading, ...table(stretch(POSITION_COLUMNS, 0, width), rows)], room)
}

const ORDER_COLUMNS: readonly Column[] = [
  { head: '  시각', cells: 10, align: 'left' },
  { head: '종목 name', cells: 16, align: 'left' },
  { head: '구분', cells: 4, align: 'left' },
  { head: '수량 qty', cells: 8, align: 'right' },
  { head: '가격 price', cells: 10, align: 'right' },
  { head: '상태 status', cells: 16, align: 'left' },
  { head: '이유', cells: 10, align: 'left' },
]

export function orderLines(view: TraderView, width: number, room: number): string[] {
  const working = view.orders.filter((order) => isOpen(order.status))
  const heading = title('미체결', 'working orders', `${working.length}`)
  if (working.length === 0) return [heading]
  const rows = working.map((order): readonly Cell[] => [
    `  ${kstClock(order.createdAt)}`,
    order.name,
    { text: sideWord(order), paint: (text) => bySign(order.side === 'buy' ? 1 : -1, text) },
    count(order.quantity),
    priceWord(order),
    order.status === 'inDoubt'
      ? { text: statusWord(order), paint: urgent }
      : `${statusWord(order)}${chanceWord(order)}`,
    `${queueWord(order)}${order.reason}`,
  ])
  return cut([heading, ...table(stretch(ORDER_COLUMNS, 6, width), rows)], room)
}

export function refusalLines(
  view: TraderView,
  width: number,
  room: number,
  sentence: (denial: Denial) => { readonly ko: string; readonly en: string },
): string[] {
  const heading = title('왜 사지 않았나', 'why not', `${view.refusals.length}`)
  const newest = view.refusals.slice(-Math.max(0, room - 1)).reverse()
  const lines = newest.map((refusal) =>
    clip(
      `  ${kstClock(refusal.at)} ${refusal.name} (${refusal.source}) ${sentence(refusal.denial).ko}`,
      width,
    ),
  )
  return lines.length === 0 ? [] : [heading, ...lines]
}

const LEVEL_PAINT: Readonly<Record<Happening['level'], (text: string) => string>> = {
  info: (text) => text,
  warning: warn,
  urgent,
}

export function eventLines(view: TraderView, width: number, room: number): string[] {
  if (room <= 1) return []
  const newest = view.happenings.slice(-(room - 1)).reverse()
  return [
    title('최근', 'last events', ''),
    ...newest.map((one) => LEVEL_PAINT[one.level](clip(`  ${kstClock(one.at)} ${one.ko}`, width))),
  ]
}
