import type { Fault } from '../faults.ts'
import { withExtraFields, withoutFields, withSkewedTimes } from '../spoiled-text.ts'
import type { SimulatorReply } from '../wire.ts'

type Json = Record<string, unknown>

/** What a gateway says when the servers behind it do not: no JSON, and nothing of the order. */
export const htmlPage = (status: number): SimulatorReply => ({
  status,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>시스템 점검 중입니다</h1></body></html>`,
})

/** A gateway's failure with no body at all. */
export const emptyPage = (status: number): SimulatorReply => ({ status, headers: {}, body: '' })

/** A made answer, as the fault lets it out. `stranger` is a listed stock the account does not hold. */
export function spoilReply(
  reply: SimulatorReply,
  fault: Fault | undefined,
  stranger: () => { readonly code: string; readonly name: string } | undefined,
): SimulatorReply {
  switch (fault?.kind) {
    case 'emptyBalance':
      return changed(reply, emptied)
    case 'phantomHolding':
      return changed(reply, (body) => withPhantom(body, fault.mode === 'twice' ? undefined : stranger()))
    case 'extraFields':
      return changed(reply, withExtraFields)
    case 'missingFields':
      return changed(reply, (body) => withoutFields(body, fault.fields ?? bareNames(body)))
    default:
      return reply
  }
}

/** Every time of day in the answer, shifted; the token's expiry is a date and stays. */
export const skewReply = (reply: SimulatorReply, ms: number): SimulatorReply =>
  ms === 0 || !reply.headers['content-type']?.includes('json')
    ? reply
    : changed(reply, (body) => withSkewedTimes(body, ms))

function changed(reply: SimulatorReply, change: (body: Json) => unknown): SimulatorReply {
  return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as Json)) }
}

const ENVELOPE: ReadonlySet<string> = new Set(['return_code', 'return_msg'])

const bareNames = (body: Json): readonly string[] => Object.keys(body).filter((name) => !ENVELOPE.has(name))

/** Lists lose their rows, numbers become zeros of the same width. */
const emptied = (body: Json): Json =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (Array.isArray(value)) return [name, []]
      const isNumber = typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value)
      return [name, isNumber && !ENVELOPE.has(name) ? value.replace(/[1-9]/g, '0') : value]
    }),
  )

const LIST = 'acnt_evlt_remn_indv_tot'
const SHARES = '000000000000021'

function withPhantom(
  body: Json,
  stranger: { readonly code: string; readonly name: string } | undefined,
): Json {
  const rows = (body[LIST] ?? []) as readonly Json[]
  const row: Json | undefined = stranger
    ? {
        ...rows[0],
        stk_cd: `A${stranger.code}`,
        stk_nm: stranger.name,
        rmnd_qty: SHARES,
        trde_able_qty: SHARES,
        pur_amt: '000000000210000',
      }
    : rows[0]
  return row ? { ...body, [LIST]: [...rows, row] } : body
}
