import { nextTradingDay, previousTradingDay } from '../../../model/calendar.ts'
import { addDays, type TradingDay } from '../../../model/time.ts'
import { compactDay, padded, percent } from '../format.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { textOf } from './fields.ts'
import { type Call, FOUND, type Offers } from './offer.ts'
import { estimatedAssets, totalOf, valuations } from './valuation.ts'

const w12 = (won: number): string => padded(won, 12)
/** kt00002 answers a calendar day each, at most so many. */
const MOST_DAYS = 400

/** What the account was worth at the end of a past day: it stood still until the simulated day began. */
function assetsOn(call: Call, day: TradingDay): number {
  const { account } = call.customer
  const held = account.holdings().reduce((sum, holding) => {
    const tape = call.market.tape(holding.instrument)
    const close = tape && call.history.daily(tape).findLast((bar) => bar.day <= day)?.close
    return sum + holding.heldBefore * (close ?? 0)
  }, 0)
  return account.balance().entr + held
}

/** Calendar days, holidays too, oldest first, up to today. */
function kt00002(call: Call): Sheet {
  const { entr } = call.customer.account.balance()
  const [from, to] = [textOf(call.body, 'start_dt'), textOf(call.body, 'end_dt')]
  const rows: Row[] = []
  for (let day = call.market.day, left = MOST_DAYS; left > 0 && compactDay(day) >= from; left--) {
    const assets = day === call.market.day ? estimatedAssets(call) : assetsOn(call, day)
    if (compactDay(day) <= to)
      rows.push({
        dt: compactDay(day),
        entr: w12(entr),
        grnt_use_amt: w12(0),
        crd_loan: w12(0),
        ls_grnt: w12(0),
        repl_amt: w12(0),
        prsm_dpst_aset_amt: w12(assets),
        prsm_dpst_aset_amt_bncr_skip: w12(assets),
      })
    day = addDays(day, -1)
  }
  return { rows: rows.reverse(), message: '일자별 계좌별 추정예탁자산 내역이 조회 되었습니다.' }
}

/** What yesterday's trades settle tomorrow: their sums are known, the trades themselves were before this simulation. */
function kt00008(call: Call): Sheet {
  const { d1Buy, d1Sell } = call.customer.account.balance()
  return {
    message: FOUND,
    rows: [],
    top: {
      trde_dt: compactDay(previousTradingDay(call.market.day)),
      setl_dt: compactDay(nextTradingDay(call.market.day)),
      sell_amt_sum: w12(d1Sell),
      buy_amt_sum: w12(d1Buy),
    },
  }
}

/** The ledger is kept by settlement day: today's trades enter it in two days, and nothing older was traded here. */
const kt00015 = (call: Call): Sheet => ({
  message: FOUND,
  rows: [],
  top: {
    acnt_no: `${call.customer.number.slice(0, 4)}-${call.customer.number.slice(4, 8)}-${call.customer.number.slice(8)}`,
  },
})

const NOTHING_LENT = [
  'ls_grnt',
  'crd_loan',
  'ch_uncla',
  'krw_asgna',
  'ls_evlta',
  'rght_evlta',
  'loan_amt',
  'etc_loana',
  'crd_int_npay_gold',
  'crd_int',
] as const

/** From the assets before today to those of now, or of the last day asked for. */
function kt00016(call: Call): Sheet {
  const { account } = call.customer
  const { entr, d2 } = account.balance()
  const from = textOf(call.body, 'fr_dt')
  const opening = assetsOn(call, addDays(call.market.day, -1))
  const touchesToday = textOf(call.body, 'to_dt') >= compactDay(call.market.day)
  const net = touchesToday ? totalOf(valuations(call), (row) => row.net) : opening - entr
  const closing = touchesToday ? d2 + net : opening
  const { bought, sold } = account.totals()
  const zeros = [
    'termin_tot_trns',
    'termin_tot_pymn',
    'termin_tot_inq',
    'termin_tot_outq',
    'futr_repl_sella',
    'trst_repl_sella',
  ]
  return {
    message: `${FOUND}.`,
    top: {
      mang_empno: '081',
      mngr_nm: '키움은행',
      dept_nm: '키움은행',
      entr_fr: w12(from === '' ? 0 : entr),
      entr_to: w12(touchesToday ? d2 : entr),
      scrt_evlt_amt_fr: w12(opening - entr),
      scrt_evlt_amt_to: w12(net),
      ...Object.fromEntries(
        NOTHING_LENT.flatMap((name) => [
          [`${name}_fr`, w12(0)],
          [`${name}_to`, w12(0)],
        ]),
      ),
      tot_amt_fr: w12(opening),
      tot_amt_to: w12(closing),
      invt_bsamt: w12(opening),
      evltv_prft: w12(closing - opening),
      prft_rt: percent(closing - opening, opening),
      tern_rt: percent(touchesToday ? bought + sold : 0, opening),
      ...Object.fromEntries(zeros.map((name) => [name, w12(0)])),
    },
  }
}

function kt00017(call: Call): Sheet {
  const { account } = call.customer
  const { bought, sold, commission, tax } = account.totals()
  const zeros = `crd_int_npay_gold etc_loana dpst_grnt_use_amt_d2 crd_stk_evlt_amt_d2 crd_loan_d2 crd_loan_evlta_d2
    crd_ls_grnt_d2 crd_ls_evlta_d2 ina_amt outa inq_amt outq_amt stk_pur_cptal_loan_amt rp_evlt_amt bd_evlt_amt
    elsevlt_amt crd_int_amt sel_prica_grnt_loan_int_amt_amt dvida_amt`
  return {
    message: `${FOUND}..`,
    top: {
      ...Object.fromEntries(zeros.split(/\s+/).map((name) => [name, w12(0)])),
      d2_entra: w12(account.balance().d2),
      gnrl_stk_evlt_amt_d2: w12(totalOf(valuations(call), ({ gross }) => gross)),
      sell_amt: w12(sold),
      buy_amt: w12(bought),
      cmsn: w12(commission),
      tax: w12(tax),
    },
  }
}

/** kt00002 일별추정예탁자산, kt00008 익일결제예정, kt00015 위탁종합거래내역, kt00016 일별수익률상세, kt00017 당일현황 */
export const ACCOUNT_HISTORY_OFFERS: Offers = {
  kt00002: catalogued('kt00002', kt00002),
  kt00008: catalogued('kt00008', kt00008),
  kt00015: catalogued('kt00015', kt00015),
  kt00016: catalogued('kt00016', kt00016),
  kt00017: catalogued('kt00017', kt00017),
}
