import type { KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { ByHand } from './faults.ts'

interface Traded {
  readonly instrument: string
  readonly ordNo: string
}

/**
 * The owner at another screen of the same broker. `authorization`: the trader's own, because the broker's door knows no
 * other in these worlds; the request is not counted as the trader's. Gives what was entered, if the broker took it.
 */
export function tradeByHand(
  core: KiwoomSimulator,
  { kind, pick, quantity }: ByHand,
  authorization: string,
): Traded | undefined {
  const { holdings } = core.control('GET', '/control/account', '', '').body as {
    readonly holdings: readonly { readonly instrument: string; readonly sellable: number }[]
  }
  const sold = holdings.filter(({ sellable }) => sellable > 0)
  const tape = core.market.tapes[pick % core.market.tapes.length]
  const instrument = kind === 'sells' ? sold[pick % Math.max(1, sold.length)]?.instrument : tape?.id
  if (!instrument || !tape) return undefined
  const shares = kind === 'sells' ? Math.min(quantity, sold[pick % sold.length]?.sellable ?? 0) : quantity
  // What is left lying is never reached.
  const limit = kind === 'leavesOrder' ? String(tape.band?.lower ?? '') : ''
  const before = orderNumbers(core)
  core.handle({
    method: 'POST',
    path: '/api/dostk/ordr',
    headers: { 'api-id': kind === 'sells' ? 'kt10001' : 'kt10000', authorization },
    body: JSON.stringify({
      dmst_stex_tp: 'KRX',
      stk_cd: instrument,
      ord_qty: String(shares),
      ord_uv: limit,
      trde_tp: limit === '' ? '3' : '0',
      cond_uv: '',
    }),
  })
  // The reply may be a page of a server in maintenance, or lack the number: the book tells.
  const ordNo = orderNumbers(core).find((number) => !before.includes(number))
  return ordNo === undefined ? undefined : { instrument, ordNo }
}

const orderNumbers = (core: KiwoomSimulator): readonly string[] =>
  (core.control('GET', '/control/orders', '', '').body as readonly { readonly ordNo: string }[]).map(
    ({ ordNo }) => ordNo,
  )
