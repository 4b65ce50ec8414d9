import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import type { AccountReport, Holding } from '../../model/order-report.ts'
import { plainText } from '../../std/plain-text.ts'
import type { Stamper } from './codec/stamper.ts'
import { bareCode, magnitude, signed } from './codec/values.ts'
import { type KiwoomHttp, URGENCY } from './http.ts'
import { cashReply, holdingRow } from './wire.ts'

export interface AccountReader {
  ask(): void
}

/**
 * Cash (kt00001) and holdings (kt00018) as one report. Whatever cannot be read whole is not reported at all: an empty
 * answer taken for "no holdings" once removed somebody's stop-loss.
 */
export function createAccountReader(options: {
  readonly http: KiwoomHttp
  readonly stamper: Stamper
  readonly emit: (report: AccountReport) => void
  readonly log: (line: string) => void
}): AccountReader {
  const { http, stamper, log } = options
  let running = false
  /** Somebody asked while a look was under way: that look may be older than the question. */
  let again = false

  const look = async (): Promise<AccountReport | undefined> => {
    const cash = await readCash(http)
    const holdings = cash && (await readHoldings(http))
    if (!cash || !holdings) return undefined
    const now = stamper.now()
    return {
      kind: 'account',
      at: now,
      receivedAt: now,
      ...cash,
      holdings,
    }
  }

  const run = async () => {
    running = true
    do {
      again = false
      const report = await look()
      if (report) options.emit(report)
      else log('kiwoom: the account could not be read')
    } while (again)
    running = false
  }

  return {
    ask: () => {
      if (running) again = true
      else void run()
    },
  }
}

type Cash = Pick<AccountReport, 'cash' | 'buyingPower' | 'settlement'>

async function readCash(http: KiwoomHttp): Promise<Cash | undefined> {
  const reply = await http.query('kt00001', { qry_tp: '3' }, URGENCY.account)
  const parsed = cashReply.safeParse(reply.ok ? reply.value : undefined)
  if (!parsed.success) return undefined
  const cash = signed(parsed.data.d2_entra)
  const power = signed(parsed.data['100stk_ord_alow_amt']) ?? signed(parsed.data.ord_alow_amt)
  if (cash === undefined || power === undefined) return undefined
  return { cash: krw(cash), buyingPower: krw(power), ...settlementOf(parsed.data, cash) }
}

/** `entr` still contains what trades of the last two days will move. Unreadable: left out, nothing stands on it alone. */
function settlementOf(
  reply: { readonly entr?: string | undefined; readonly d1_entra?: string | undefined },
  cash: number,
): Pick<Cash, 'settlement'> {
  const today = reply.entr === undefined ? undefined : signed(reply.entr)
  const d1 = reply.d1_entra === undefined ? undefined : signed(reply.d1_entra)
  if (today === undefined || d1 === undefined) return {}
  return { settlement: { today: krw(today), d1: krw(d1), d2: krw(cash) } }
}

async function readHoldings(http: KiwoomHttp): Promise<readonly Holding[] | undefined> {
  const list = 'acnt_evlt_remn_indv_tot'
  const pages = await http.pages('kt00018', { qry_tp: '1', dmst_stex_tp: 'KRX' }, list, URGENCY.account)
  // "No data" without the list itself is not the word "nothing".
  if (!pages.ok || pages.value.end === 'gaveUp' || !Array.isArray(pages.value.first[list])) return undefined
  const holdings = new Map<string, Holding>()
  for (const raw of pages.value.rows) {
    const parsed = holdingRow.safeParse(raw)
    if (!parsed.success) return undefined
    const row = parsed.data
    if (row.stk_cd.trim() === '' && row.stk_nm.trim() === '') continue
    const code = bareCode(row.stk_cd)
    const shares = magnitude(row.rmnd_qty)
    const sellable = magnitude(row.trde_able_qty)
    const cost = magnitude(row.pur_amt)
    if (code === undefined || shares === undefined || sellable === undefined || cost === undefined)
      return undefined
    // One row per instrument (qry_tp 1): a second one is a page that came twice.
    if (shares === 0 || holdings.has(code)) continue
    holdings.set(code, {
      instrument: instrumentId(code),
      name: plainText(row.stk_nm),
      quantity: quantity(shares),
      sellable: quantity(sellable),
      cost: krw(cost),
    })
  }
  return [...holdings.values()]
}
