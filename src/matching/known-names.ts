import { instrumentId } from '../model/ids.ts'
import type { Instrument } from '../model/instrument.ts'
import { price, quantity } from '../model/money.ts'
import type { TradingDay } from '../model/time.ts'
import type { Listing } from './types.ts'

/**
 * Names that every tutorial and every client's example asks for. Codes, markets and listed shares are real; the base
 * prices are round numbers of our own, and what they do during a simulated day is as invented as all the rest.
 */
const KNOWN: readonly (readonly [
  code: string,
  name: string,
  market: 'KOSPI' | 'KOSDAQ',
  base: number,
  shares: number,
  volume: number,
  fund?: { readonly leverage?: number },
])[] = [
  ['005930', '삼성전자', 'KOSPI', 71_000, 5_919_637_922, 15_000_000],
  ['000660', 'SK하이닉스', 'KOSPI', 195_000, 728_002_365, 3_500_000],
  ['035420', 'NAVER', 'KOSPI', 215_000, 158_437_008, 800_000],
  ['035720', '카카오', 'KOSPI', 45_000, 441_000_000, 1_800_000],
  ['005380', '현대차', 'KOSPI', 220_000, 209_416_191, 700_000],
  ['105560', 'KB금융', 'KOSPI', 92_000, 393_000_000, 1_200_000],
  ['247540', '에코프로비엠', 'KOSDAQ', 120_000, 97_801_344, 900_000],
  ['086520', '에코프로', 'KOSDAQ', 60_000, 135_000_000, 1_500_000],
  ['293490', '카카오게임즈', 'KOSDAQ', 15_000, 82_000_000, 600_000],
  ['069500', 'KODEX 200', 'KOSPI', 35_000, 170_000_000, 6_000_000, {}],
  ['122630', 'KODEX 레버리지', 'KOSPI', 18_000, 130_000_000, 20_000_000, { leverage: 2 }],
]

/** The well-known names as listings of `day`, for a simulator that other people's clients will ask for them. */
export const knownListings = (day: TradingDay): readonly Listing[] =>
  KNOWN.map(([code, name, market, base, shares, volume, fund]) => {
    const instrument: Instrument = {
      id: instrumentId(code),
      name,
      market,
      class: fund ? 'etf' : 'stock',
      viGroup: market === 'KOSPI' ? 'narrow' : 'wide',
      ...(fund?.leverage ? { leverage: fund.leverage } : {}),
      listedShares: quantity(shares),
    }
    return {
      instrument,
      today: {
        day,
        basePrice: price(base),
        designations: [],
        halted: false,
        marginRate: { numerator: 1, denominator: 1 },
      },
      previousVolume: quantity(volume),
    }
  })
