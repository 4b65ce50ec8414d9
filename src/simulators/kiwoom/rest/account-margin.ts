import { own } from '../../../std/own.ts'
import { padded } from '../format.ts'
import { marginPercent, prefixed, stateText } from '../market/listing-text.ts'
import type { Tape } from '../market/tape.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { isRefusal } from '../tokens.ts'
import { CATALOGUE, catalogued, names, type Sheet } from './catalogue/catalogue.ts'
import { textOf } from './fields.ts'
import { type Call, FOUND, type Offers } from './offer.ts'
import { quotedTape } from './venue.ts'

const w12 = (won: number): string => padded(won, 12)
const w15 = (won: number): string => padded(won, 15)

/** An account without credit: nothing can be borrowed for any stock; its cash stands as elsewhere. */
function kt00012(call: Call): Sheet | Refusal {
  const found = quotedTape(call)
  if (isRefusal(found)) return found
  const { entr, buyingPower } = call.customer.account.balance()
  return {
    message: '신용보증금율별 주문가능수량 조회(한도정상)',
    top: {
      ...Object.fromEntries(names(CATALOGUE.kt00012?.top).map((name) => [name, w12(0)])),
      stk_assr_rt: '',
      stk_assr_rt_nm: marginPercent(found.tape.listing),
      entr: w12(entr),
      ord_alowa: w12(buyingPower),
    },
  }
}

/** 증거금세부내역: cash before and after what open buys bind. */
function kt00013(call: Call): Sheet {
  const { d2, held, buyingPower } = call.customer.account.balance()
  const amounts: Readonly<Record<string, number>> = {
    ch_amt: d2,
    ch_profa: held,
    use_pos_ch: buyingPower,
    use_pos_ch_fin: buyingPower,
    '20ord_alow_amt': buyingPower,
    '30ord_alow_amt': buyingPower,
    '40ord_alow_amt': buyingPower,
    '50ord_alow_amt': buyingPower,
    '60ord_alow_amt': buyingPower,
    '100ord_alow_amt': buyingPower,
    d2vexct_entr: d2,
    d2ch_ord_alow_amt: buyingPower,
  }
  return {
    message: `${FOUND}.`,
    top: Object.fromEntries(
      names(CATALOGUE.kt00013?.top).map((name) => {
        if (name === 'evlt_repl_rt') return [name, '0.0000000']
        return [name, name === 'uncla' ? w12(0) : w15(amounts[name] ?? 0)]
      }),
    ),
  }
}

/** Grade A: every stock whose state says 신용가능. */
const lendable = ({ listing }: Tape): boolean =>
  listing.instrument.class === 'stock' && stateText(listing).includes('신용가능')

/** 대용가: 80 % of the last close, cut to ten won. */
const substitute = (tape: Tape): number => Math.trunc((tape.base * 0.8) / 10) * 10

function kt20016(call: Call): Sheet {
  const market = own({ '1': 'KOSPI', '0': 'KOSDAQ' }, textOf(call.body, 'mrkt_deal_tp'))
  const grade = textOf(call.body, 'crd_stk_grde_tp')
  const code = textOf(call.body, 'stk_cd').replace(/^A(?=.{6}$)/, '')
  const tapes = call.market.tapes
    .filter(lendable)
    .filter(() => grade === '' || grade === '%' || grade === 'A')
    .filter(({ listing }) => market === undefined || listing.instrument.market === market)
    .filter(({ id }) => code === '' || code === id)
  return {
    message: '조회가 완료 되었습니다.',
    top: { crd_loan_able: '' },
    rows: tapes.map((tape) => ({
      stk_cd: prefixed(tape.listing),
      stk_nm: tape.listing.instrument.name,
      crd_assr_rt: '45%',
      repl_pric: w12(substitute(tape)),
      pred_close_pric: w12(tape.base),
      crd_limit_over_yn: 'N',
      crd_limit_over_txt: '',
    })),
  }
}

function kt20017(call: Call): Sheet | Refusal {
  const code = textOf(call.body, 'stk_cd').replace(/^A(?=.{6}$)/, '')
  const tape = call.market.tape(code)
  if (!tape) return refuse.unknownStock(code)
  return {
    message: '조회가 완료 되었습니다.',
    top: { crd_alow_yn: lendable(tape) ? '< A군 신용융자 가능 >' : '< 신용융자 불가 >' },
  }
}

/** kt00012 신용보증금율별 가능수량, kt00013 증거금세부내역, kt20016 신용융자 가능종목, kt20017 가능문의 */
export const MARGIN_OFFERS: Offers = {
  kt00012: catalogued('kt00012', kt00012),
  kt00013: catalogued('kt00013', kt00013),
  kt20016: catalogued('kt20016', kt20016),
  kt20017: catalogued('kt20017', kt20017),
}
