import type { AccountHolding } from '../../../matching/account-records.ts'
import {
  type CommissionSchedule,
  commission,
  commissionSchedule,
  transactionTax,
} from '../../../model/charges.ts'
import { krw } from '../../../model/money.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import type { Profile } from '../wire.ts'
import type { Call } from './offer.ts'

/** What a holding is worth now, and what selling it would cost. Won. */
export interface Valuation {
  readonly holding: AccountHolding
  readonly tape: Tape
  readonly price: number
  /** Price × shares. */
  readonly gross: number
  readonly buyCommission: number
  readonly sellCommission: number
  readonly tax: number
  /** Gross less both commissions and the tax. */
  readonly net: number
  /** net − cost */
  readonly profit: number
}

export const scheduleOf = (profile: Profile, day: Call['market']['day']): CommissionSchedule =>
  commissionSchedule({
    broker: 'kiwoom',
    environment: profile === 'real' ? 'live' : 'paper',
    venue: 'KRX',
    day,
  })

/**
 * Every holding valued at the last price, commissions cut per valuation.
 * Source: Kiwoom REST API guide, arithmetic of the kt00004 and kt00018 examples.
 */
export function valuations(call: Call): readonly Valuation[] {
  const schedule = scheduleOf(call.profile, call.market.day)
  return call.customer.account.holdings().flatMap((holding) => {
    const tape = call.market.tape(holding.instrument)
    return tape ? [valuation(holding, tape, schedule)] : []
  })
}

function valuation(holding: AccountHolding, tape: Tape, schedule: CommissionSchedule): Valuation {
  const { instrument, today } = tape.listing
  const price = shownPrice(tape)
  const gross = price * holding.quantity
  const buyCommission = commission(schedule, holding.cost)
  const sellCommission = commission(schedule, krw(gross))
  const tax = transactionTax(instrument, today.day, krw(gross)).total
  const net = gross - buyCommission - sellCommission - tax
  return { holding, tape, price, gross, buyCommission, sellCommission, tax, net, profit: net - holding.cost }
}

export const totalOf = (rows: readonly Valuation[], pick: (row: Valuation) => number): number =>
  rows.reduce((sum, row) => sum + pick(row), 0)

/** 추정예탁자산: cash after settlement and the net value of the holdings. */
export const estimatedAssets = (call: Call): number =>
  call.customer.account.balance().d2 + totalOf(valuations(call), ({ net }) => net)
