import type { KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { TraderView } from '../../src/trading/engine/view.ts'

export interface BrokerOrder {
  readonly ordNo: string
  readonly action: 'new' | 'amend' | 'cancel'
  readonly side: 'buy' | 'sell'
  readonly instrument: string
  readonly state: string
  readonly open: number
  readonly filled: number
  readonly filledValue: number
}

/** Lays what the trader believes beside the broker's own truth: shares it owns are shares it knows of, soon. */
export interface BrokerOracle {
  look(view: TraderView, at: number, hindered: boolean): void
  /** The broker's list without what was entered by hand. */
  ownOrders(): readonly BrokerOrder[]
  /** Somebody traded this by hand: from now on the correction of the books has its time. */
  byHand(instrument: string, ordNo: string): void
  readonly isByHand: boolean
  /** Somebody bought and sold the same by hand: the shares agree, and only the cash tells. That is alarmed, never corrected. */
  readonly isThereAndBack: boolean
  onLife(): void
}

/** What filled at the broker is known here so soon, time without trouble. A line that is back is swept at once. */
const KNOWN_BOUND_MS = 12_000
/**
 * A trade by hand is in our books so soon. The account is looked at every 30 s, then every 10 s until the difference has
 * stood for 20 s: 50 s. A look with a fill of ours in it counts for nothing, and an order that ended is waited for: 30 s more.
 */
const BY_HAND_BOUND_MS = 90_000

export function createBrokerOracle(
  core: KiwoomSimulator,
  fail: (law: string, detail: string) => void,
): BrokerOracle {
  const unknownMs = new Map<string, number>()
  const hands = new Set<string>()
  const handNumbers = new Set<string>()
  let lookedAt = 0

  const orders = () => core.control('GET', '/control/orders', '', '').body as readonly BrokerOrder[]
  const ownOrders = () => orders().filter(({ ordNo }) => !handNumbers.has(ordNo))

  const lookAtShares = (view: TraderView, ms: number) => {
    const apart = new Map<string, number>()
    const add = (instrument: string, shares: number) =>
      apart.set(instrument, (apart.get(instrument) ?? 0) + shares)
    const { holdings } = core.control('GET', '/control/account', '', '').body as {
      readonly holdings: readonly { readonly instrument: string; readonly quantity: number }[]
    }
    for (const { instrument, quantity } of holdings) add(instrument, quantity)
    for (const { instrument, quantity } of view.positions) add(instrument, -quantity)
    for (const [instrument, shares] of apart) {
      if (shares === 0) {
        unknownMs.delete(instrument)
        continue
      }
      const waited = (unknownMs.get(instrument) ?? 0) + ms
      unknownMs.set(instrument, waited)
      if (waited > (hands.has(instrument) ? BY_HAND_BOUND_MS : KNOWN_BOUND_MS))
        fail('fillKnown', `${instrument}: the broker's shares less ours are ${shares} for ${waited} ms`)
    }
  }

  /** Two buys of one instrument at a time: the trader never wants that, so one intent was sent twice. */
  const lookForTwins = () => {
    const buying = new Set<string>()
    for (const { action, side, open, instrument, ordNo } of ownOrders()) {
      if (action !== 'new' || side !== 'buy' || open === 0) continue
      if (buying.has(instrument)) fail('oneOrderPerIntent', `two buys of ${instrument} live, one is ${ordNo}`)
      buying.add(instrument)
    }
  }

  return {
    look: (view, at, hindered) => {
      const ms = lookedAt === 0 || hindered ? 0 : at - lookedAt
      lookedAt = at
      if (!view.accountKnown) return
      lookAtShares(view, ms)
      lookForTwins()
      // Where nobody but us trades, a difference is an answer that failed, and its word on our shares is not taken.
      if (view.corrections !== 0 && hands.size === 0)
        fail('correctedForHandsOnly', `books corrected by ${view.corrections}, and nobody traded by hand`)
    },
    ownOrders,
    byHand: (instrument, ordNo) => {
      hands.add(instrument)
      handNumbers.add(ordNo)
    },
    get isByHand() {
      return hands.size > 0
    },
    get isThereAndBack() {
      const traded = orders().filter(({ ordNo, filled }) => handNumbers.has(ordNo) && filled > 0)
      return traded.some((one) =>
        traded.some((other) => other.instrument === one.instrument && other.side !== one.side),
      )
    },
    onLife: () => {
      unknownMs.clear()
      lookedAt = 0
    },
  }
}
