import { instrumentId } from '../model/ids.ts'
import type { Designation, Instrument } from '../model/instrument.ts'
import { type Price, price, quantity } from '../model/money.ts'
import { sessionsOf } from '../model/sessions.ts'
import { ceilToTick } from '../model/tick-size.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'
import { createRandom, type Random } from '../std/random.ts'
import { FUNDS, type FundSpec, NAME_PREFIXES, SECTORS, type Sector, ZERO_CODES } from './market-names.ts'
import type { Listing } from './types.ts'

export interface Market {
  readonly listings: readonly Listing[]
  /** When its day begins to move. */
  readonly startAt: EpochMs
}

export interface MarketSettings {
  readonly seed: number
  readonly day: TradingDay
  /** How many instruments, 1 to 800. */
  readonly size?: number
  /** Default: the first session of KRX. */
  readonly startAt?: EpochMs
}

const MAX_SIZE = 800
/** Margin of a cash account, for every instrument. */
const FULL_MARGIN = { numerator: 1, denominator: 1 }
/** Base prices are drawn evenly (in logarithm) inside these; together they reach every step of the tick ladder. */
const PRICE_LEVELS: readonly (readonly [low: number, high: number])[] = [
  [5_000, 20_000],
  [20_000, 50_000],
  [2_000, 5_000],
  [50_000, 200_000],
  [5_000, 20_000],
  [700, 2_000],
  [20_000, 50_000],
  [200_000, 500_000],
  [2_000, 5_000],
  [5_000, 20_000],
  [50_000, 200_000],
  [500_000, 1_200_000],
  [10_000, 50_000],
]
/** Which places of the list carry a designation, and which one stands still; small markets have fewer of them. */
const SPECIAL: ReadonlyMap<number, Designation | 'halted'> = new Map<number, Designation | 'halted'>([
  [13, 'caution'],
  [22, 'halted'],
  [29, 'administrative'],
  [37, 'warning'],
  [46, 'overheated'],
  [58, 'caution'],
  [71, 'disclosureCaution'],
  [85, 'administrative'],
])
/** One in so many is a fund, from the sixth on. */
const FUND_EVERY = 12
const FUND_PLACE = 5

/**
 * A market of one day from its seed: about two thirds KOSDAQ, a fund in twelve, prices in every step of the tick ladder,
 * previous volumes log-normal around what a company's size trades, a few designations, one halted name.
 *
 * Out: unique six-character codes in ranges that KRX has not given out (an order for one is refused by any real venue),
 * invented names, base prices on tick, listed shares in thousands. The same seed and day give the same market.
 * Errors: a size outside 1–800 breaks an invariant. Source of the shape: our choice, after one day's full KRX list.
 */
export function createMarket({ seed, day, size = 120, startAt }: MarketSettings): Market {
  invariant(
    Number.isInteger(size) && size >= 1 && size <= MAX_SIZE,
    `a market has 1 to ${MAX_SIZE} names: ${size}`,
  )
  const random = createRandom(seed).fork('market')
  const codes = codeSource(random.fork('codes'))
  const names = nameSource(random.fork('names'))
  const listings: Listing[] = []
  for (let place = 0; place < size; place++) {
    const fund = fundAt(place)
    const draw = random.fork(`listing ${place}`)
    listings.push(
      fund ? listFund(fund, codes(place), day, draw) : listStock(place, names(), codes(place), day, draw),
    )
  }
  const opening = startAt ?? sessionsOf('KRX', day)[0]?.from
  invariant(opening !== undefined, `KRX is closed on ${day}: say when the market starts`)
  return { listings, startAt: opening }
}

function fundAt(place: number): FundSpec | undefined {
  if (place % FUND_EVERY !== FUND_PLACE) return undefined
  return FUNDS[(place - FUND_PLACE) / FUND_EVERY]
}

function listFund(fund: FundSpec, code: string, day: TradingDay, random: Random): Listing {
  const { name, leverage, viGroup } = fund
  const instrument: Instrument = {
    id: instrumentId(code),
    name,
    market: 'KOSPI',
    class: 'etf',
    viGroup,
    ...(leverage ? { leverage } : {}),
    listedShares: quantity(random.int(5, 80) * 1_000_000),
  }
  const basePrice = ceilToTick(
    instrument,
    day,
    price(Math.round(fund.base * Math.exp(random.normal() * 0.04))),
  )
  return {
    instrument,
    today: { day, basePrice, designations: [], halted: false, marginRate: FULL_MARGIN },
    previousVolume: quantity(Math.round((60e9 * Math.exp(random.normal())) / basePrice)),
  }
}

function listStock(
  place: number,
  { prefix, sector }: CompanyName,
  code: string,
  day: TradingDay,
  random: Random,
): Listing {
  const large = place % 6 === 0
  const market = large || place % 3 === 0 ? 'KOSPI' : 'KOSDAQ'
  const key = { class: 'stock', market } as const
  const basePrice = drawPrice(place, key, day, random)
  const capital = Math.exp(Math.log(large ? 4e12 : 2.2e11) + random.normal() * (large ? 1 : 0.8))
  const shares = Math.max(1, Math.round(capital / basePrice / 1000)) * 1000
  const turnover = Math.exp(Math.log(large ? 0.003 : 0.011) + random.normal() * 0.9)
  const special = SPECIAL.get(place)
  return {
    instrument: {
      id: instrumentId(code),
      name: prefix + sector.ending,
      ...key,
      viGroup: large ? 'narrow' : 'wide',
      listedShares: quantity(shares),
    },
    today: {
      day,
      basePrice,
      designations: special && special !== 'halted' ? [special] : [],
      halted: special === 'halted',
      marginRate: FULL_MARGIN,
    },
    previousVolume: quantity(Math.max(500, Math.round(shares * Math.min(turnover, 0.4)))),
    theme: sector.theme,
  }
}

function drawPrice(
  place: number,
  key: Pick<Instrument, 'class' | 'market'>,
  day: TradingDay,
  random: Random,
): Price {
  const [low, high] = PRICE_LEVELS[place % PRICE_LEVELS.length] as (typeof PRICE_LEVELS)[number]
  const at = low * (high / low) ** random.next()
  return ceilToTick(key, day, price(Math.floor(Math.min(at, high - 1))))
}

interface CompanyName {
  readonly prefix: string
  readonly sector: Sector
}

/** Walks prefixes and sectors so that no pair comes twice (their counts share no factor that would close the walk early). */
function nameSource(random: Random): () => CompanyName {
  const prefixes = shuffled(NAME_PREFIXES, random)
  const sectors = shuffled(SECTORS, random)
  let count = 0
  return () => {
    const round = Math.floor(count / prefixes.length)
    const prefix = prefixes[count % prefixes.length] as string
    const sector = sectors[(count + round) % sectors.length] as Sector
    count++
    return { prefix, sector }
  }
}

/** Every sixth code has leading zeros, every tenth a letter (the scheme in use since 2024), the rest begin with 8. */
function codeSource(random: Random): (place: number) => string {
  const used = new Set<string>()
  const zeros = shuffled(ZERO_CODES, random)
  const draw = (place: number): string => {
    if (place % 10 === 7) return `09${random.int(10, 99)}${random.pick([...'GHJKLMNPRSTVWXYZ'])}0`
    if (place % 6 === 0) return zeros.pop() ?? draw(1)
    return `8${String(random.int(0, 7999)).padStart(4, '0')}0`
  }
  return (place) => {
    for (;;) {
      const code = draw(place)
      if (used.has(code)) continue
      used.add(code)
      return code
    }
  }
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const mixed = [...values]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.int(0, last)
    ;[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]
  }
  return mixed
}
