import type { KoreanRoute } from '../../../model/instrument.ts'
import type { Phase } from '../../../model/session.ts'
import type { QuoteForm, Tape } from '../market/tape.ts'
import { type Refusal, refuse, refuseBusiness } from '../refusals.ts'
import { textOf } from './fields.ts'
import type { Call } from './offer.ts'

/** Everything REST says of venues stands here: which suffix of a code is quoted, and which route of an order is taken. */

/** Sessions of the day that the mock host does not have. */
const NOT_IN_MOCK: ReadonlySet<Phase> = new Set(['afterMarket', 'afterMarketEntry', 'preMarket'])

/**
 * The mock takes KRX in its regular day only and calls all else closed (RC4058). NXT for a name that it does not trade is a
 * wrong pair of exchange and code (1903, assumed).
 */
export function routeOf(call: Call): KoreanRoute | Refusal {
  const route = textOf(call.body, 'dmst_stex_tp')
  if (call.profile === 'mock')
    return route === 'KRX' && !NOT_IN_MOCK.has(call.market.exchange.phase)
      ? 'KRX'
      : refuseBusiness('closed', 'mock')
  if (route !== 'NXT') return route === 'SOR' ? 'SOR' : 'KRX'
  const tape = call.market.tape(textOf(call.body, 'stk_cd'))
  return tape && !call.market.isOnNxt(tape.id) ? refuse.wrongExchange() : 'NXT'
}

/**
 * The instrument a quote asks for: plain KRX, `_NX` NXT, `_AL` both. `_NX` of a name that NXT does not trade is refused, `_AL`
 * of one is KRX; in mock both are refused.
 */
export function quotedTape(
  call: Call,
  name = 'stk_cd',
): { readonly code: string; readonly tape: Tape } | Refusal {
  const code = textOf(call.body, name)
  const [plain = '', suffix] = code.split('_')
  if (suffix !== undefined && (!SUFFIXES.has(suffix) || call.profile === 'mock'))
    return refuse.wrongExchange()
  if (!call.market.tape(plain)) return refuse.unknownStock(code)
  const tape = call.market.quote(code)
  return tape ? { code, tape } : refuse.wrongExchange()
}

const SUFFIXES: ReadonlySet<string> = new Set(['NX', 'AL'])

/** `stex_tp` of rankings and searches. Source: Kiwoom REST API guide, exchange selectors. */
export function askedForm(call: Call): QuoteForm {
  const asked = textOf(call.body, 'stex_tp')
  return asked === '2' ? 'NXT' : asked === '3' ? 'combined' : 'KRX'
}

/** 거래소구분 of a list of trades: `통합` where both venues are in it. */
export const formName = ({ form }: Tape): string => (form === 'combined' ? '통합' : form)
