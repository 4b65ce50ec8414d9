import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APIS } from '../api-index.ts'
import { sampleRequest } from '../testing/sample-requests.ts'
import { openStand, type Stand } from '../testing/stand.ts'
import { CATALOGUE, names } from './catalogue/catalogue.ts'
import { OFFERS } from './offers.ts'

type Json = Record<string, unknown>

const STOCK = '005930'
const FUND = '069500'
const REST_IDS = [...APIS.values()].filter(({ path }) => !/oauth2|websocket/.test(path)).map(({ id }) => id)
const SOCKET_IDS = [...APIS.values()].filter(({ path }) => path.endsWith('websocket')).map(({ id }) => id)

const MANY = { capacity: 10_000, perSecond: 10_000 }
const UNLIMITED = { perApi: MANY, queries: MANY, orders: MANY }

const isGold = (id: string) => /^k[at]5/.test(id)
const isCredit = (id: string) => /^kt1000[6-9]$/.test(id)

/** What is refused, and with which code in `return_msg`. A sample cancel and amend find no open order. */
const REFUSED_ON_REAL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(REST_IDS.filter((id) => isGold(id) || isCredit(id)).map((id) => [id, '[8104:'])),
  ...Object.fromEntries(['ka10048', 'ka10050', 'ka30011', 'ka30012'].map((id) => [id, '[1902:'])),
  kt10002: '(000000:',
  kt10003: '(000000:',
}

/** Short sales, stock loans and credit are not in mock; four account queries are a service it does not give. */
const REFUSED_IN_MOCK: Readonly<Record<string, string>> = {
  ...REFUSED_ON_REAL,
  ...Object.fromEntries(
    ['ka10014', 'ka10068', 'ka10069', 'ka20068', 'ka90012', 'kt20016', 'kt20017'].map((id) => [id, '[8104:']),
  ),
  ...Object.fromEntries(['kt00002', 'kt00015', 'kt00016', 'kt00017'].map((id) => [id, '[RC9000]'])),
  kt10002: '[000000]',
  kt10003: '[000000]',
}

/** Fields that stay blank because this market has nothing to fill them with. Everything else that is documented says something. */
const BLANK: Readonly<Record<string, string>> = {
  ka00198: 'rank_chg_sign',
  ka10013: 'new rpya remn amt pre shr_rt remn_rt',
  ka10015: `bf_mkrt_trde_qty bf_mkrt_trde_wght opmr_trde_qty opmr_trde_wght af_mkrt_trde_qty af_mkrt_trde_wght
    bf_mkrt_trde_prica bf_mkrt_trde_prica_wght opmr_trde_prica opmr_trde_prica_wght af_mkrt_trde_prica
    af_mkrt_trde_prica_wght`,
  ka10035: 'pred_pre_1 pred_pre_2 pred_pre_3',
  ka10047: 'trde_qty',
  ka30001: 'base_pric_tm',
  ka40004: 'txbs dvid_bf_base pred_dvida drng',
  ka40009: 'for_rmnd_qty repl_pric conv_pric drstk',
  ka90004: 'tot_6',
  ka90005: 'basis',
  ka90008: 'base_pric_tm dbrt_trde_rpy_sum remn_rcvord_sum',
  ka90010: 'basis',
  ka90013: 'base_pric_tm dbrt_trde_rpy_sum remn_rcvord_sum',
  kt00012: 'stk_assr_rt',
  kt20016: 'crd_loan_able crd_limit_over_txt',
}

describe('the index of the vendor', () => {
  it('has 207 ids; each is answered by REST, by OAuth, or on the WebSocket', () => {
    expect(APIS.size).toBe(207)
    expect(REST_IDS.filter((id) => !OFFERS[id])).toEqual([])
    expect(Object.keys(OFFERS).filter((id) => !APIS.has(id))).toEqual([])
    expect(SOCKET_IDS.length + REST_IDS.length + 2).toBe(207)
  })
})

describe.each([
  ['real', REFUSED_ON_REAL],
  ['mock', REFUSED_IN_MOCK],
] as const)('the %s host', (profile, refusedHere) => {
  let stand: Stand
  let bearer: string

  beforeAll(async () => {
    stand = await openStand({ at: '09:12', marketSize: 16, knownNames: true, profile, limits: UNLIMITED })
    bearer = `Bearer ${await stand.token()}`
  }, 60_000)
  afterAll(() => stand.close())

  /** Past the sockets: there are many questions, and the transport has tests of its own. */
  const ask = (id: string, body: Json, path = APIS.get(id)?.path ?? '') => {
    const headers = { 'api-id': id, authorization: bearer }
    const made = stand.core.handle({ method: 'POST', path, headers, body: JSON.stringify(body) })
    if (made === 'drop') throw new Error(`${id} was dropped`)
    return { status: made.status, body: JSON.parse(made.body) as Json }
  }

  it.each(REST_IDS)('%s answers with the documented fields or refuses with its code', (id) => {
    const { status, body } = ask(id, sampleRequest(id, STOCK, FUND))
    expect(status).toBe(200)
    const code = refusedHere[id]
    if (code !== undefined) {
      expect(body.return_code).not.toBe(0)
      expect(body.return_msg).toContain(code)
      return
    }
    expect(body.return_code, String(body.return_msg)).toBe(0)
    const fields = CATALOGUE[id]
    if (!fields) return
    const { return_code, return_msg, ...data } = body
    expect(Object.keys(data)).toEqual([...names(fields.top), ...(fields.list ? [fields.list] : [])])
    const rows = fields.list ? (data[fields.list] as Json[]) : []
    for (const row of rows) expect(Object.keys(row)).toEqual(names(fields.row))
    const blank = [
      ...names(fields.top).filter((name) => data[name] === ''),
      ...(rows.length === 0 ? [] : names(fields.row).filter((name) => rows.every((row) => row[name] === ''))),
    ]
    expect(blank, 'blank fields').toEqual(
      names(BLANK[id]).filter((name) => rows.length > 0 || names(fields.top).includes(name)),
    )
    for (const row of [data, ...rows])
      for (const [name, value] of Object.entries(row))
        if (!Array.isArray(value)) expect(typeof value, name).toBe('string')
  })

  it.each(REST_IDS.filter((id) => OFFERS[id]?.fields.some(({ required }) => required)))(
    '%s names each required field that is missing, before anything else',
    (id) => {
      const refusal = refusedHere[id]
      const early = profile === 'mock' && (refusal === '[8104:' || refusal === '[RC9000]')
      const fields = OFFERS[id]?.fields ?? []
      const whole = sampleRequest(id, STOCK, FUND)
      for (const { name } of fields.filter(({ required }) => required)) {
        const { [name]: _, ...rest } = whole
        const { body } = ask(id, rest)
        if (early) expect(body.return_msg).toContain(refusal)
        else {
          expect(body.return_code, name).toBe(2)
          expect(body.return_msg).toBe(
            `입력 값 오류입니다[1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터=${name}]`,
          )
        }
      }
    },
  )

  it.each(SOCKET_IDS)('%s is not served by POST', (id) => {
    const { body } = ask(id, {})
    expect(body).toMatchObject({ return_code: 1 })
    expect(body.return_msg).toContain('[1504:')
  })

  it.each([
    ['/api/us/stkinfo', 'usa20100'],
    ['/api/us/acnt', 'ust21070'],
    ['/api/us/ordr', 'ust20000'],
  ])('%s does not know %s', (path, id) => {
    const { body } = ask(id, {}, path)
    expect(body).toEqual({
      return_code: 1,
      return_msg: `잘못된 요청입니다[1505:해당 API ID는 존재하지 않습니다. API ID=${id}]`,
    })
  })
})
