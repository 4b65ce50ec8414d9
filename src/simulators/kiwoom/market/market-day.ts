import { createExchange } from '../../../matching/exchange.ts'
import { createFlow } from '../../../matching/flow.ts'
import { knownListings } from '../../../matching/known-names.ts'
import { createMarket } from '../../../matching/market.ts'
import type { Exchange, ExchangeEvent, Listing } from '../../../matching/types.ts'
import { instrumentId } from '../../../model/ids.ts'
import type { TradingDay } from '../../../model/time.ts'
import type { EpochMs } from '../../../std/clock.ts'
import type { Random } from '../../../std/random.ts'
import { createIndices, type IndexTape } from './indices.ts'
import { createTape, enterPrint, type Tape } from './tape.ts'

export type FlowProfile = NonNullable<Parameters<typeof createFlow>[0]['profile']>

/** The simulated exchange of one day, with the records a price server keeps of it. */
export interface MarketDay {
  readonly day: TradingDay
  readonly exchange: Exchange
  readonly listings: readonly Listing[]
  readonly tapes: readonly Tape[]
  readonly indices: readonly IndexTape[]
  tape(code: string): Tape | undefined
  index(code: string): IndexTape | undefined
  now(): EpochMs
  /** Runs participants and exchange up to `to`; `onSecond` is called at each whole second on the way. */
  advanceTo(to: EpochMs): void
}

export interface MarketDaySettings {
  readonly seed: number
  readonly random: Random
  readonly day: TradingDay
  readonly startAt: EpochMs
  readonly marketSize?: number
  /** Also list the well-known names that other people's clients ask for (005930 …). */
  readonly knownNames?: boolean
  readonly flowProfile?: FlowProfile
  /** After the tape has taken the event in. */
  readonly onEvent: (event: ExchangeEvent) => void
  readonly onSecond: (at: EpochMs) => void
}

export function createMarketDay(settings: MarketDaySettings): MarketDay {
  const { seed, random, day, startAt, marketSize, flowProfile } = settings
  const invented = createMarket({ seed, day, startAt, ...(marketSize ? { size: marketSize } : {}) })
  const market = {
    listings: [...(settings.knownNames ? knownListings(day) : []), ...invented.listings],
  }
  const tapes = new Map<string, Tape>()

  const exchange: Exchange = createExchange({
    venue: 'KRX',
    day,
    listings: market.listings,
    random: random.fork('exchange'),
    startAt,
    onEvent: (event) => {
      enterEvent(event)
      settings.onEvent(event)
    },
  })
  for (const listing of market.listings)
    tapes.set(listing.instrument.id, createTape(listing, exchange.state(listing.instrument.id)?.band))
  const flow = createFlow({
    exchange,
    random: random.fork('flow'),
    ...(flowProfile ? { profile: flowProfile } : {}),
  })

  const refreshBest = (tape: Tape) => {
    tape.bid = exchange.levels(tape.id, 'buy', 1)[0]?.price ?? 0
    tape.ask = exchange.levels(tape.id, 'sell', 1)[0]?.price ?? 0
  }

  const enterEvent = (event: ExchangeEvent) => {
    if (!('instrument' in event)) return
    const tape = tapes.get(event.instrument)
    if (!tape) return
    if (event.kind === 'print') {
      refreshBest(tape)
      enterPrint(tape, event)
    } else if (event.kind === 'book') refreshBest(tape)
    else if (event.kind === 'vi') {
      tape.inVi = event.state === 'on'
      tape.viCount = event.count
    } else if (event.kind === 'expected') {
      tape.expectedPrice = event.price
      tape.expectedQuantity = event.quantity
    }
  }

  const all = [...tapes.values()]
  const indices = createIndices(all)
  const byIndexCode = new Map(indices.map((index) => [index.code, index]))
  let second = Math.floor(startAt / 1000) * 1000

  return {
    day,
    exchange,
    listings: market.listings,
    tapes: all,
    indices,
    tape: (code) => tapes.get(instrumentId(code)),
    index: (code) => byIndexCode.get(code),
    now: () => exchange.now,
    advanceTo(to) {
      for (; second + 1000 <= to; second += 1000) {
        flow.advanceTo(second + 1000)
        settings.onSecond(second + 1000)
      }
      if (to > exchange.now) flow.advanceTo(to)
    },
  }
}
