import { type Money, minus, NO_WON, negate, plus } from '../../model/money.ts'

/**
 * fillsOnTheWire: one side knows a fill the other does not yet · holdsOnTheWire: likewise an order, its cancel or its end ·
 * commissionReserve: the broker reserves the commission of a partly filled order over the whole order · marginRate: it holds
 * only the margin of the issue · unsettledSales, unsettledBuys: it does not count what is not settled yet ·
 * marketOrderMargin: it holds an order without a price at the last price · foreignOrders: orders from elsewhere.
 */
export type PartName =
  | 'fillsOnTheWire'
  | 'holdsOnTheWire'
  | 'commissionReserve'
  | 'marginRate'
  | 'unsettledSales'
  | 'unsettledBuys'
  | 'marketOrderMargin'
  | 'foreignOrders'
  | 'unexplained'

export interface BuyingPowerPart {
  readonly name: PartName
  /** By so much the broker's buying power is above ours (negative: below). */
  readonly won: Money
}

export interface BuyingPowerExplained {
  readonly ours: Money
  readonly theirs: Money
  /** Sum to theirs less ours, to the won; no part is 0. */
  readonly parts: readonly BuyingPowerPart[]
}

/** A change of cash after settlement, and of what open buys hold of it. */
export interface Move {
  readonly cash: Money
  readonly held: Money
}

export interface BuyingPowerQuestion {
  readonly ours: Move
  readonly theirs: { readonly cash: Money; readonly buyingPower: Money }
  /** What reports changed in our books since the account was asked for, oldest first: the broker counted before them, maybe. */
  readonly heard: readonly Move[]
  /** Holds of orders the broker may not have taken yet, oldest first. */
  readonly sent: readonly Money[]
  /** Holds of orders that are being cancelled: the broker may have let them go already. */
  readonly leaving: readonly Money[]
  /** By so much the holds would be smaller if the broker reckoned in another way. */
  readonly smaller: { readonly [name in 'commissionReserve' | 'marginRate' | 'marketOrderMargin']: Money }
  readonly unsettled: { readonly bought: Money; readonly sold: Money }
  /** The most that fills can have moved which the broker's holdings show and our books do not. */
  readonly unheard: { readonly bought: Money; readonly sold: Money; readonly released: Money }
  /** Somebody else has orders in this account. */
  readonly foreign: boolean
}

interface Cause extends Move {
  readonly name: PartName
}

/** Only so many of the newest changes of a kind are taken back: an account is read within a second. */
const MOST_STEPS = 6

/**
 * Why the broker's buying power differs from ours, in named parts.
 *
 * The broker's word is split in two equations, cash and held (cash less buying power), and both have to come out at once. What
 * is on the wire is taken back newest first, since both directions keep their order; ways of reckoning apply or do not. The
 * answer with the fewest causes counts. When none comes out, what fills that the holdings show can have moved is named so, then
 * orders from elsewhere, and the rest is `unexplained`. Pure; at most some 10,000 sums, and none while the two are equal.
 *
 * Source: rule book §1.11 (cash account, sale proceeds may be spent again at once); Kiwoom REST guide, kt00001.
 */
export function explainBuyingPower(question: BuyingPowerQuestion): BuyingPowerExplained {
  const ours = minus(question.ours.cash, question.ours.held)
  const theirs = question.theirs.buyingPower
  if (ours === theirs) return { ours, theirs, parts: [] }
  const gap = gapOf(question)
  const causes = fewestCauses(question, gap) ?? rangedCauses(question, gap)
  return { ours, theirs, parts: partsOf(causes) }
}

const gapOf = ({ ours, theirs }: BuyingPowerQuestion): Move => ({
  cash: minus(theirs.cash, ours.cash),
  held: minus(minus(theirs.cash, theirs.buyingPower), ours.held),
})

function fewestCauses(question: BuyingPowerQuestion, gap: Move): readonly Cause[] | undefined {
  let best: readonly Cause[] | undefined
  const reckonings = subsets(reckoningsOf(question))
  for (const heard of suffixes(question.heard.map(takenBack)))
    for (const sent of suffixes(question.sent.map(unheld)))
      for (const leaving of suffixes(question.leaving.map(unheld)))
        for (const reckoning of reckonings) {
          const causes = [...heard, ...sent, ...leaving, ...reckoning]
          if ((best === undefined || causes.length < best.length) && comesOut(causes, gap)) best = causes
        }
  return best
}

function comesOut(causes: readonly Cause[], gap: Move): boolean {
  let [cash, held] = [0, 0]
  for (const cause of causes) {
    cash += cause.cash
    held += cause.held
  }
  return cash === gap.cash && held === gap.held
}

const takenBack = ({ cash, held }: Move): Cause => ({
  name: cash === 0 ? 'holdsOnTheWire' : 'fillsOnTheWire',
  cash: negate(cash),
  held: negate(held),
})

const unheld = (hold: Money): Cause => ({ name: 'holdsOnTheWire', cash: NO_WON, held: negate(hold) })

function reckoningsOf({ smaller, unsettled }: BuyingPowerQuestion): readonly Cause[] {
  const held: Partial<Record<PartName, Money>> = {
    commissionReserve: negate(smaller.commissionReserve),
    marginRate: negate(smaller.marginRate),
    marketOrderMargin: negate(smaller.marketOrderMargin),
    unsettledSales: unsettled.sold,
    unsettledBuys: negate(unsettled.bought),
  }
  const causes: Cause[] = []
  for (const name of RECKONINGS) {
    const change = held[name] ?? NO_WON
    if (change !== 0) causes.push({ name, cash: NO_WON, held: change })
  }
  return causes
}

const RECKONINGS: readonly PartName[] = [
  'commissionReserve',
  'marginRate',
  'marketOrderMargin',
  'unsettledSales',
  'unsettledBuys',
]

/** Nothing, the newest, the newest two … */
function suffixes(causes: readonly Cause[]): readonly (readonly Cause[])[] {
  const newest = causes.slice(-MOST_STEPS)
  return [...newest.keys(), newest.length].map((count) => newest.slice(newest.length - count))
}

function subsets(causes: readonly Cause[]): readonly (readonly Cause[])[] {
  const all: (readonly Cause[])[] = [[]]
  for (const cause of causes) all.push(...all.map((some) => [...some, cause]))
  return all
}

/** Nothing comes out to the won: evidence names what it can bear, and no more than that. */
function rangedCauses(question: BuyingPowerQuestion, gap: Move): readonly Cause[] {
  const { bought, sold, released } = question.unheard
  const fills = {
    name: 'fillsOnTheWire',
    cash: within(negate(bought), gap.cash, sold),
    held: within(negate(released), gap.held, NO_WON),
  } as const
  const rest = { cash: minus(gap.cash, fills.cash), held: minus(gap.held, fills.held) }
  return [fills, { name: question.foreign ? 'foreignOrders' : 'unexplained', ...rest }]
}

const within = (least: Money, amount: Money, most: Money): Money =>
  amount < least ? least : amount > most ? most : amount

function partsOf(causes: readonly Cause[]): readonly BuyingPowerPart[] {
  const parts = new Map<PartName, Money>()
  for (const { name, cash, held } of causes)
    parts.set(name, plus(parts.get(name) ?? NO_WON, minus(cash, held)))
  return [...parts].flatMap(([name, won]) => (won === 0 ? [] : [{ name, won }]))
}
