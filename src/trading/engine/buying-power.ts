import { commission, holdFor } from '../../model/charges.ts'
import { needsFullMargin } from '../../model/designations.ts'
import {
  ceilShare,
  krw,
  type Money,
  minus,
  NO_WON,
  notional,
  plus,
  price,
  quantity,
  sum,
} from '../../model/money.ts'
import { type Order, openQuantity } from '../../model/order.ts'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import {
  type BuyingPowerPart,
  type BuyingPowerQuestion,
  explainBuyingPower,
} from '../ledger/explain-buying-power.ts'
import { amountWords } from './amount-words.ts'
import { type Desk, holdOf, lastPrice, tell } from './desk.ts'

/** Changes remembered between two looks at the account; of a longer list the oldest are certain to be counted. */
const KEPT_MOVES = 64
/** An order from elsewhere explains a difference while it is open, and so long after it was last heard of. */
const FOREIGN_LINGERS_MS = 60_000
const KEPT_FOREIGN = 200
/** What nothing explains is told when it stands in so many looks at the account, one after the other. */
const STANDS_FOR = 2

/** Lets a report change the books, and remembers by how much: the broker may have counted before it. */
export function hearing(desk: Desk, act: () => void): void {
  const { ledger, notes } = desk
  const [cash, held] = [ledger.cash, ledger.held]
  act()
  const move = { cash: minus(ledger.cash, cash), held: minus(ledger.held, held), at: notes.now }
  if (move.cash === 0 && move.held === 0) return
  notes.heard = [...notes.heard.filter(({ at }) => at >= notes.accountAskedAt), move].slice(-KEPT_MOVES)
}

/** Somebody else's order: while it may move money, a difference has a name. */
export function noteForeign(desk: Desk, { venueOrderId, open }: OrderReport & { kind: 'foreign' }): void {
  const { notes } = desk
  const others = notes.foreignOpen.filter((id) => id !== venueOrderId)
  notes.foreignOpen = open > 0 ? [...others, venueOrderId].slice(-KEPT_FOREIGN) : others
  notes.foreignAt = notes.now
}

/** Compares buying power with the broker's at every look; what has no name twice in a row is told. */
export function explainSnapshot(desk: Desk, report: AccountReport): void {
  const { notes } = desk
  const explained = explainBuyingPower(questionOf(desk, report))
  notes.buyingPower = explained
  const unexplained = explained.parts.find(({ name }) => name === 'unexplained')?.won ?? NO_WON
  notes.unexplainedTimes = unexplained === 0 ? 0 : notes.unexplainedTimes + 1
  if (notes.unexplainedTimes < STANDS_FOR || unexplained === notes.unexplainedTold) return
  notes.unexplainedTold = unexplained
  const [ours, theirs, rest] = [
    amountWords(desk, explained.ours),
    amountWords(desk, explained.theirs),
    amountWords(desk, unexplained),
  ]
  tell(
    desk,
    'warning',
    `주문가능금액이 증권사와 다르고 까닭을 모릅니다: 우리 ${ours.ko}, 증권사 ${theirs.ko}, 설명되지 않은 차이 ${rest.ko}${namedKo(desk, explained.parts)}`,
    `Buying power differs from the broker's without a reason: ours ${ours.en}, theirs ${theirs.en}, unexplained ${rest.en}`,
  )
}

const PART_NAMES: Readonly<Record<BuyingPowerPart['name'], string>> = {
  fillsOnTheWire: '전달 중인 체결',
  holdsOnTheWire: '전달 중인 주문',
  commissionReserve: '수수료 예약',
  marginRate: '증거금률',
  unsettledSales: '미결제 매도',
  unsettledBuys: '미결제 매수',
  marketOrderMargin: '시장가 증거금',
  foreignOrders: '다른 곳의 주문',
  unexplained: '설명 안 됨',
}

function namedKo(desk: Desk, parts: readonly BuyingPowerPart[]): string {
  const named = parts.filter(({ name }) => name !== 'unexplained')
  return named.length === 0
    ? ''
    : ` (그 밖에 ${named.map((part) => `${PART_NAMES[part.name]} ${amountWords(desk, part.won).ko}`).join(', ')})`
}

function questionOf(desk: Desk, report: AccountReport): BuyingPowerQuestion {
  const { ledger, notes } = desk
  const buys = desk.orders.open().filter(({ side }) => side === 'buy')
  const held = (order: Order): Money => ledger.holds.get(order.id) ?? NO_WON
  const leaving = buys.filter(({ status }) => status === 'cancelling')
  const sent = buys.filter((order) => !leaving.includes(order) && isOnTheWire(desk, order))
  return {
    ours: { cash: ledger.cash, held: ledger.held },
    theirs: report,
    heard: notes.heard.filter(({ at }) => at >= notes.accountAskedAt),
    sent: sent.map(held),
    leaving: [...leaving.map(held), ...sent.flatMap((order) => amended(desk, order))],
    smaller: {
      commissionReserve: sum(buys.map((order) => reserveOver(desk, order))),
      marginRate: sum(buys.map((order) => marginOver(desk, order, held(order)))),
      marketOrderMargin: sum(buys.map((order) => marketOver(desk, order, held(order)))),
    },
    unsettled: {
      bought: sum(ledger.unsettled().map(({ bought }) => bought)),
      sold: sum(ledger.unsettled().map(({ sold }) => sold)),
    },
    unheard: unheardOf(desk, report),
    foreign: notes.foreignOpen.length > 0 || notes.now - notes.foreignAt < FOREIGN_LINGERS_MS,
  }
}

/** Without an answer, or newer than the question about the account. */
const isOnTheWire = (desk: Desk, { status, createdAt }: Order): boolean =>
  status !== 'working' || createdAt >= desk.notes.accountAskedAt

/** An amend that waits for its answer holds nothing here yet; at the broker it may have replaced the old hold already. */
function amended(desk: Desk, order: Order): Money[] {
  const { holds } = desk.ledger
  if (order.replaces === undefined || holds.has(order.id)) return []
  return [minus(holds.get(order.replaces) ?? NO_WON, holdOf(desk, order))]
}

/** What our hold of a partly filled order is above the growth that its commission, counted over the whole order, can have. */
function reserveOver(desk: Desk, order: Order): Money {
  const { schedule, ledger } = desk
  const worst = order.limit ?? desk.market.of(order.instrument)?.band?.upper
  const hold = ledger.holds.get(order.id)
  if (order.filled === 0 || worst === undefined || hold === undefined) return NO_WON
  const rest = notional(worst, openQuantity(order))
  const most = commission(schedule, plus(order.filledValue, rest))
  return minus(hold, plus(rest, minus(most, commission(schedule, order.filledValue))))
}

/** What the broker would not hold if it asked only for the margin of the issue. Designated issues are paid in full. */
function marginOver(desk: Desk, { instrument }: Order, hold: Money): Money {
  const view = desk.market.of(instrument)
  if (!view || needsFullMargin(view.designations)) return NO_WON
  return minus(hold, ceilShare(hold, view.marginRate))
}

function marketOver(desk: Desk, order: Order, hold: Money): Money {
  const last = lastPrice(desk, order.instrument)
  if (order.limit !== undefined || last === 0 || hold === 0) return NO_WON
  const { schedule } = desk
  return minus(hold, holdFor({ type: 'limit', limit: last, quantity: openQuantity(order), last, schedule }))
}

/** Shares the broker has more, or fewer, where an order of ours can have moved them. */
function unheardOf(desk: Desk, report: AccountReport): BuyingPowerQuestion['unheard'] {
  let [bought, sold] = [NO_WON, NO_WON]
  for (const instrument of new Set(desk.orders.open().map((order) => order.instrument))) {
    const orders = desk.orders.openOf(instrument)
    const theirs = report.holdings.find((holding) => holding.instrument === instrument)?.quantity ?? 0
    const more = theirs - (desk.ledger.positions.get(instrument)?.quantity ?? 0)
    if (more > 0) bought = plus(bought, sum(orders.map(({ id }) => desk.ledger.holds.get(id) ?? NO_WON)))
    if (more < 0 && orders.some(({ side }) => side === 'sell'))
      sold = plus(sold, notional(highest(desk, instrument), quantity(-more)))
  }
  return { bought, sold, released: bought }
}

const highest = (desk: Desk, instrument: Order['instrument']) =>
  desk.market.of(instrument)?.band?.upper ?? price(krw(lastPrice(desk, instrument) * 2))
