import { type InstrumentId, type VenueOrderId, venueOrderId } from '../../src/model/ids.ts'
import { price } from '../../src/model/money.ts'
import { stepTicks, tickSize } from '../../src/model/tick-size.ts'
import type { KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type {
  ExecutionStand,
  RequestKind,
  Tradable,
  Trouble,
  TrueAccount,
  TrueOrder,
} from './execution-stand.ts'
import { DAY, openKiwoomStand } from './kiwoom-stand.ts'

const API: Readonly<Record<RequestKind, string>> = {
  buy: 'kt10000',
  sell: 'kt10001',
  amend: 'kt10002',
  cancel: 'kt10003',
}
const FAULT: Readonly<Record<Trouble['kind'], string>> = {
  loseReply: 'loseReplyAfterAccept',
  loseRequest: 'loseRequestBeforeAccept',
  ghost: 'throttleGhost',
  pushFirst: 'pushBeforeReply',
}
/** Of the most traded names, so many take turns. */
const NAMES = 8

/** Ten minutes into a lively morning, half a minute for a second. */
export async function openKiwoomExecution(): Promise<ExecutionStand> {
  const stand = await openKiwoomStand({ at: '09:10', speed: 30, seed: 7, marketSize: 24 })
  let client = stand.connect().execution
  let turn = 0

  return {
    get client() {
      return client
    },
    restarted: () => {
      client = stand.connect().execution
      return client
    },
    now: () => stand.clock.now(),
    tradable: () => {
      const names = tradableNames(stand.core)
      const name = names[turn++ % names.length]
      if (name === undefined) throw new Error('nothing trades')
      return name
    },
    orders: async () => ((await stand.control('GET', '/orders')) as readonly OrderRecord[]).map(trueOrder),
    account: async () => trueAccount((await stand.control('GET', '/account')) as AccountRecord),
    disturb: async (trouble) => {
      const ms = trouble.kind === 'pushFirst' ? { ms: trouble.replyAfterMs } : {}
      await stand.control('POST', '/fault', {
        kind: FAULT[trouble.kind],
        apiId: API[trouble.of],
        count: 1,
        ...ms,
      })
    },
    dropLines: async () => {
      await stand.control('POST', '/fault', { kind: 'dropSocket' })
    },
    byAnotherHand: async ({ instrument, side, quantity, limit }): Promise<VenueOrderId> => {
      const reply = await stand.call('/api/dostk/ordr', API[side], {
        dmst_stex_tp: 'KRX',
        stk_cd: instrument,
        ord_qty: String(quantity),
        ord_uv: String(limit),
        trde_tp: '0',
      })
      if (typeof reply.ord_no !== 'string') throw new Error(JSON.stringify(reply))
      return venueOrderId(reply.ord_no)
    },
    orderListReadings: () => stand.requests('kt00007'),
    // The codes for cash is the simulator's assumption (its README), the others are recorded answers.
    codes: { offTick: '571557', cashShort: '855056', sharesShort: '800033' },
    close: () => stand.close(),
  }
}

function tradableNames({ market }: KiwoomSimulator): readonly Tradable[] {
  return market.tapes
    .filter(
      ({ listing, bid, ask, inVi }) => listing.instrument.class === 'stock' && bid > 0 && ask > bid && !inVi,
    )
    .toSorted((a, b) => b.value - a.value)
    .slice(0, NAMES)
    .flatMap(({ id, listing, bid, ask, band }) => {
      if (!band) return []
      const step = (from: number, ticks: number) => stepTicks(listing.instrument, DAY, price(from), ticks)
      const offTick = price(bid - 1)
      return [
        {
          instrument: id,
          bid: price(bid),
          ask: price(ask),
          farBelow: band.lower,
          belowToo: step(band.lower, 1),
          farAbove: band.upper,
          ...(tickSize(listing.instrument, DAY, offTick) > 1 ? { offTick } : {}),
        },
      ]
    })
}

interface OrderRecord {
  readonly ordNo: string
  readonly instrument: InstrumentId
  readonly side: 'buy' | 'sell'
  readonly action: TrueOrder['action']
  readonly quantity: number
  readonly limit?: number
  readonly filled: number
  readonly filledValue: number
  readonly open: number
}

const trueOrder = (order: OrderRecord): TrueOrder => ({
  number: venueOrderId(order.ordNo),
  instrument: order.instrument,
  side: order.side,
  action: order.action,
  quantity: order.quantity,
  limit: order.limit ?? 0,
  filled: order.filled,
  filledValue: order.filledValue,
  open: order.open,
})

interface AccountRecord {
  readonly balance: { readonly d2: number; readonly buyingPower: number }
  readonly totals: { readonly commission: number; readonly tax: number }
  readonly holdings: TrueAccount['holdings']
}

const trueAccount = ({ balance, totals, holdings }: AccountRecord): TrueAccount => ({
  cash: balance.d2,
  buyingPower: balance.buyingPower,
  commission: totals.commission,
  tax: totals.tax,
  holdings: holdings.map(({ instrument, quantity, sellable, cost }) => ({
    instrument,
    quantity,
    sellable,
    cost,
  })),
})
