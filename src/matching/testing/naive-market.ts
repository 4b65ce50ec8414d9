import type { PriceBand } from '../../model/instrument.ts'
import { quantity } from '../../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../../model/order.ts'
import { handOut } from '../allocation.ts'

/** Orders as plain rows, searched from end to end: slow, short, and written from the rule book only. */
export interface NaiveOrder {
  number: number
  readonly owner: string
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  /** 0: a market or mid-price order. */
  limit: number
  /** Waits for this last price; 0: does not wait. */
  stop: number
  open: number
  priority: number
}

export type Happening =
  | readonly ['fill', number: number, price: number, shares: number]
  | readonly ['closed', number: number, why: string, shares: number]

export interface NaiveRules {
  readonly band: PriceBand | undefined
  readonly up: (at: number) => number
  readonly down: (at: number) => number
  readonly basePrice: number
}

export interface NaiveMarket {
  readonly happened: Happening[]
  readonly resting: NaiveOrder[]
  last: number
  hasTraded: boolean
  /** The youngest number so far. */
  latest: number
  enter(order: NaiveOrder, isCall: boolean): void
  cancel(order: NaiveOrder, shares: number, isCall: boolean): void
  amend(order: NaiveOrder, number: number, limit: number, shares: number, isCall: boolean): void
  /** Best bid plus best ask, 0 when a side is empty. */
  twiceMid(): number
  /** The single price of what rests now. */
  price(): { at: number; volume: number } | undefined
  uncross(isFirstPrice: boolean): void
}

const sign = (side: Side) => (side === 'buy' ? 1 : -1)
const other = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy')
const total = (orders: readonly { open: number }[]) => orders.reduce((sum, { open }) => sum + open, 0)

export function createNaiveMarket(rules: NaiveRules): NaiveMarket {
  const { band, up, down } = rules
  const market: NaiveMarket = {
    happened: [],
    resting: [],
    last: rules.basePrice,
    hasTraded: false,
    latest: 0,
    enter: (order, isCall) => {
      market.latest = order.number
      if (isCall) market.resting.push(order)
      else enterContinuous(order)
      wakeAll()
    },
    cancel: (order, shares, isCall) => {
      const cancelled = shares === 0 ? order.open : Math.min(shares, order.open)
      close(order, 'cancelled', cancelled)
      if (!isCall) reprice()
      wakeAll()
    },
    amend: (order, number, limit, shares, isCall) => {
      const open = shares === 0 ? order.open : shares
      const keeps = limit === order.limit && open <= order.open
      close(order, 'replaced', Math.min(open, order.open))
      market.latest = number
      const next = { ...order, number, limit, open, priority: keeps ? order.priority : number }
      if (keeps) market.resting.push(next)
      else market.enter(next, isCall)
    },
    twiceMid: () => {
      const [bid, ask] = (['buy', 'sell'] as const).map((side) => reach(side, ...seen(side)))
      return Number.isFinite(bid) && Number.isFinite(ask) ? (bid ?? 0) + (ask ?? 0) : 0
    },
    price: () => singlePrice(call()),
    uncross: (isFirstPrice) => {
      for (;;) {
        const orders = call()
        const outcome = singlePrice(orders)
        if (outcome === undefined) return
        const parts = (['buy', 'sell'] as const).flatMap((side) =>
          shareOut(orders, side, outcome, isFirstPrice),
        )
        const newest = withSelf(parts, outcome.volume)
        if (newest === undefined) {
          market.last = outcome.at
          for (const [order, shares] of parts) fill(order, outcome.at, shares)
          return
        }
        close(newest, 'selfTrade', newest.open)
      }
    },
  }

  const inBand = (at: number) => (band === undefined ? at : Math.min(band.upper, Math.max(band.lower, at)))
  const isSeen = (o: NaiveOrder) => o.type !== 'mid' && o.stop === 0
  const limits = (side: Side) =>
    market.resting.filter((o) => o.side === side && o.limit > 0 && isSeen(o)).map((o) => o.limit)
  /** Prices that anyone sees. */
  const seen = (side: Side) =>
    market.resting
      .filter((o) => o.side === side && isSeen(o))
      .map((o) => (o.limit > 0 ? o.limit : deemedContinuous(side, 0)))
  /** The extreme towards which a market order of that side reaches: up for a buy, down for a sell. */
  const reach = (side: Side, ...prices: number[]) =>
    side === 'buy' ? Math.max(...prices) : Math.min(...prices)
  const ahead = (side: Side, at: number) => (side === 'buy' ? up(at) : down(at))

  const deemedContinuous = (side: Side, incoming: number) => {
    const own = limits(side)
    const opposite = [...limits(other(side)), ...(incoming > 0 ? [incoming] : [])]
    return inBand(own.length > 0 ? ahead(side, reach(side, ...own)) : reach(side, market.last, ...opposite))
  }

  const deemedCall = (side: Side) => {
    const own = limits(side)
    const opposite = limits(other(side))
    if (own.length + opposite.length > 0)
      return inBand(
        reach(side, market.last, ...opposite, ...(own.length > 0 ? [ahead(side, reach(side, ...own))] : [])),
      )
    const [buys, sells] = (['buy', 'sell'] as const).map((which) =>
      total(market.resting.filter((o) => o.side === which)),
    )
    if (buys === sells) return inBand(market.last)
    return inBand((buys ?? 0) > (sells ?? 0) ? up(market.last) : down(market.last))
  }

  const drop = (order: NaiveOrder) => {
    const index = market.resting.indexOf(order)
    if (index >= 0) market.resting.splice(index, 1)
  }
  const close = (order: NaiveOrder, why: string, shares: number) => {
    order.open -= shares
    market.happened.push(['closed', order.number, why, shares])
    if (order.open === 0) drop(order)
  }
  const fill = (order: NaiveOrder, at: number, shares: number) => {
    order.open -= shares
    market.happened.push(['fill', order.number, at, shares])
    if (order.open === 0) drop(order)
  }

  /** Who of the other side is first, at which price; an order bound by `bound` (0: not at all) may not reach him. */
  const facing = (side: Side, bound: number, isMid: boolean) => {
    const mid = market.twiceMid() / 2
    const rank = market.resting
      .filter((o) => o.side !== side && o.stop === 0 && (o.type === 'mid' ? mid > 0 : !isMid))
      .map((order) => {
        if (order.type === 'mid') return { order, at: mid }
        return { order, at: order.limit > 0 ? order.limit : deemedContinuous(order.side, bound) }
      })
      .filter(({ at }) => bound === 0 || sign(side) * (bound - at) >= 0)
    return rank
      .sort((a, b) => sign(side) * (a.at - b.at) || a.order.priority - b.order.priority)
      .map(({ order, at }) => ({ order, at: Math.floor(at) }))
  }

  const match = (order: NaiveOrder, bound: number) => {
    while (order.open > 0) {
      const first = facing(order.side, bound, order.type === 'mid')[0]
      if (first === undefined) return
      if (first.order.owner === order.owner) return close(order, 'selfTrade', order.open)
      const shares = Math.min(order.open, first.order.open)
      market.last = first.at
      market.hasTraded = true
      awake.push(...market.resting.filter(isTouched).sort((a, b) => a.number - b.number))
      for (const each of awake) drop(each)
      fill(first.order, first.at, shares)
      fill(order, first.at, shares)
    }
  }

  /** Touched and about to enter. */
  const awake: NaiveOrder[] = []
  const isTouched = ({ side, stop }: NaiveOrder) =>
    stop > 0 && market.last > 0 && market.hasTraded && sign(side) * (market.last - stop) >= 0
  const wakeAll = () => {
    for (let order = awake.shift(); order !== undefined; order = awake.shift()) {
      order.stop = 0
      order.priority = market.latest + 0.5
      enterContinuous(order)
    }
  }

  const enterContinuous = (order: NaiveOrder) => {
    if (order.stop > 0 && !isTouched(order)) {
      market.resting.push(order)
      return
    }
    order.stop = 0
    if (order.timeInForce === 'fok') {
      const line = facing(order.side, order.limit, order.type === 'mid').map((each) => each.order)
      const mine = line.findIndex(({ owner }) => owner === order.owner)
      if (total(mine < 0 ? line : line.slice(0, mine)) < order.open)
        return close(order, 'unfilledRemainder', order.open)
    }
    match(order, order.limit)
    if (order.open > 0 && order.timeInForce === 'day') market.resting.push(order)
    else if (order.open > 0) close(order, 'unfilledRemainder', order.open)
    reprice()
  }

  const reprice = () => {
    for (const side of ['buy', 'sell'] as const)
      for (;;) {
        const order = market.resting
          .filter((o) => o.side === side && o.limit === 0 && o.type !== 'mid')
          .sort((a, b) => a.priority - b.priority)[0]
        const opposite = limits(other(side))
        if (order === undefined || opposite.length === 0) break
        const deemed = deemedContinuous(side, 0)
        const best = reach(side === 'buy' ? 'sell' : 'buy', ...opposite)
        if (sign(side) * (deemed - best) < 0) break
        drop(order)
        match(order, deemed)
        if (order.open > 0) market.resting.push(order)
      }
  }

  type Called = NaiveOrder & { readonly row: NaiveOrder; readonly at: number }
  const call = (): Called[] =>
    market.resting.map((row) => ({ ...row, row, at: row.limit > 0 ? row.limit : deemedCall(row.side) }))

  const singlePrice = (orders: readonly Called[]) => {
    const prices = orders.map(({ at }) => at)
    const [lowest, highest] = [Math.min(...prices), Math.max(...prices)]
    let best: { at: number; volume: number; surplus: number } | undefined
    for (let at = lowest; at <= highest; at = up(at)) {
      const sum = (side: Side, holds: (price: number) => boolean) =>
        total(orders.filter((order) => order.side === side && holds(order.at)))
      const demand = sum('buy', (bid) => bid >= at)
      const supply = sum('sell', (ask) => ask <= at)
      const volume = Math.min(demand, supply)
      const surplus = Math.abs(demand - supply)
      if (volume === 0 || sum('buy', (bid) => bid > at) > volume || sum('sell', (ask) => ask < at) > volume)
        continue
      const gap = (price: number) => Math.abs(price - market.last)
      const isBetter =
        best === undefined ||
        volume > best.volume ||
        (volume === best.volume &&
          (surplus < best.surplus || (surplus === best.surplus && gap(at) < gap(best.at))))
      if (isBetter) best = { at, volume, surplus }
    }
    return best
  }

  const shareOut = (
    orders: readonly Called[],
    side: Side,
    { at, volume }: { at: number; volume: number },
    isFirstPrice: boolean,
  ): [NaiveOrder, number][] => {
    const line = orders
      .filter((order) => order.side === side && sign(side) * (order.at - at) >= 0)
      .sort((a, b) => sign(side) * (b.at - a.at) || a.priority - b.priority)
    const atLimit = at === (side === 'buy' ? band?.upper : band?.lower)
    if (isFirstPrice && atLimit) {
      const bySize = [...line].sort((a, b) => b.open - a.open || a.priority - b.priority)
      const given = handOut(
        bySize.map(({ open }) => quantity(open)),
        quantity(volume),
      )
      return bySize
        .map(({ row }, index): [NaiveOrder, number] => [row, given[index] ?? 0])
        .filter(([, n]) => n > 0)
    }
    let left = volume
    return line.flatMap(({ row }) => {
      const shares = Math.min(left, row.open)
      left -= shares
      return shares > 0 ? [[row, shares] as [NaiveOrder, number]] : []
    })
  }

  return market
}

/** An owner whose buys and sells cannot all be paired with others': his newest order. */
function withSelf(parts: readonly (readonly [NaiveOrder, number])[], volume: number): NaiveOrder | undefined {
  const of = (owner: string, side: Side) =>
    parts.reduce(
      (sum, [order, shares]) => sum + (order.owner === owner && order.side === side ? shares : 0),
      0,
    )
  const caught = parts
    .map(([order]) => order)
    .filter(({ owner }) => {
      const [buys, sells] = [of(owner, 'buy'), of(owner, 'sell')]
      return buys > 0 && sells > 0 && buys + sells > volume
    })
  return caught.sort((a, b) => b.number - a.number)[0]
}
