import { chanceOf, type Flow, sumOf } from './chance.ts'

/** Program trading of one stock: 차익 (arbitrage) and 비차익. */
export interface ProgramFlows {
  readonly arbitrage: Flow
  readonly other: Flow
  readonly all: Flow
}

/** Shares of the volume (invented). Arbitrage needs a stock of the KOSPI200. */
const LEAST = 0.06
const SPREAD = 0.22
const ARBITRAGE_SHARE = 0.15

/** Program sales and buys in the unit of `total`, a part of the volume. Invented, and the same whenever asked. */
export function programOf(code: string, day: string, total: number, inArbitrage: boolean): ProgramFlows {
  const part = (side: string) => LEAST + SPREAD * chanceOf(`${code}/${day}/program/${side}`)
  const buy = Math.floor(total * part('buy'))
  const sell = Math.floor(total * part('sell'))
  const share = inArbitrage ? ARBITRAGE_SHARE : 0
  const arbitrage = { buy: Math.floor(buy * share), sell: Math.floor(sell * share) }
  const other = { buy: buy - arbitrage.buy, sell: sell - arbitrage.sell }
  return { arbitrage, other, all: sumOf([arbitrage, other]) }
}

/** Shares sold short that day: a part of the volume. */
export const shortRatioOf = (code: string, day: string): number =>
  0.01 + 0.07 * chanceOf(`${code}/${day}/short`)

export interface LendingDay {
  readonly day: string
  /** 대차 체결, 상환 and 잔고 of the day, shares. */
  readonly made: number
  readonly repaid: number
  readonly open: number
}

/** Stock lending from the first day on: what is open grows by what was lent and shrinks by what was given back. */
export function lendingOf(
  code: string,
  shares: number,
  days: readonly { readonly day: string; readonly volume: number }[],
): readonly LendingDay[] {
  let open = Math.floor(shares * 0.02)
  return days.map(({ day, volume }) => {
    const made = Math.floor(volume * (0.02 + 0.05 * chanceOf(`${code}/${day}/lent`)))
    const repaid = Math.min(open + made, Math.floor(made * (0.6 + 0.8 * chanceOf(`${code}/${day}/repaid`))))
    open += made - repaid
    return { day, made, repaid, open }
  })
}
