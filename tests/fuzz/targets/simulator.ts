import { APIS } from '../../../src/simulators/kiwoom/api-index.ts'
import { FAULTS } from '../../../src/simulators/kiwoom/faults.ts'
import type { Field } from '../../../src/simulators/kiwoom/rest/fields.ts'
import { OFFERS } from '../../../src/simulators/kiwoom/rest/offers.ts'
import { jsonSample, type Sample } from '../mutate.ts'
import { type FuzzServer, KEYS, openFuzzServer } from '../recorded.ts'
import { type Judge, type Judgement, type Target, wrong } from '../target.ts'

/** The market and the account grow with what is asked of them; a fresh one now and then keeps the speed. */
const FRESH_EVERY = 20_000

/** Each fuzzed server keeps its own token; the judge puts it where the input has this word. */
const TOKEN = 'TOKEN'
const LINE_FEED = '\n'

const GOOD: Readonly<Record<string, string>> = {
  dmst_stex_tp: 'KRX',
  stex_tp: '1',
  stk_cd: '062090',
  trde_tp: '0',
  ord_qty: '10',
  ord_uv: '5850',
  mdfy_qty: '0',
  mdfy_uv: '5800',
  cncl_qty: '0',
  orig_ord_no: '0000001',
  tic_scope: '1',
  upd_stkpc_tp: '1',
  base_dt: '20261120',
}

const goodValue = ({ name, form }: Field): string => {
  const known = GOOD[name]
  if (known !== undefined) return known
  if (typeof form !== 'string') return form[0] ?? ''
  return { text: '1', digits: '1', code: '062090', day: '20261120' }[form]
}

/** `POST path id cont-yn next-key authorization`, then the body. */
const requestText = (path: string, id: string, body: unknown): string =>
  `POST ${path} ${id} N 0 Bearer ${TOKEN}${LINE_FEED}${JSON.stringify(body)}`

const restCorpus = (): readonly Sample[] => {
  const offers = Object.entries(OFFERS).map(([id, offer]) =>
    requestText(
      APIS.get(id)?.path ?? '',
      id,
      Object.fromEntries(offer.fields.map((field) => [field.name, goodValue(field)])),
    ),
  )
  const orders = offers.filter((text) => /kt1000\d/.test(text))
  const tokens = [
    requestText('/oauth2/token', 'au10001', { grant_type: 'client_credentials', ...KEYS }),
    requestText('/oauth2/revoke', 'au10002', { ...KEYS, token: 'another' }),
  ]
  // Orders are where an account is at stake.
  return [...offers, ...orders, ...orders, ...orders, ...tokens].map(jsonSample)
}

const CONTROL_EVERY = 500

function openRestJudge(): Judge {
  const server = openFuzzServer()
  let asked = 0
  return (input) => {
    const { head, body } = split(input)
    const [method = '', path = '', id, contYn, nextKey, ...authorization] = head.split(' ')
    const reply = server.core.handle({
      method,
      path,
      headers: {
        'api-id': id,
        'cont-yn': contYn,
        'next-key': nextKey,
        authorization: authorization.join(' ').replace(TOKEN, server.token),
      },
      body,
    })
    if (reply === 'drop') return wrong('the line was broken without a fault')
    if (!STATUSES.has(reply.status)) return wrong(`status ${reply.status}`)
    if (++asked % CONTROL_EVERY === 0) {
      const fault = accountTrouble(server)
      if (fault !== undefined) return wrong(fault)
    }
    return reply.status === 200 && reply.body.includes('"return_code":0') ? 'accepted' : 'refused'
  }
}

const STATUSES: ReadonlySet<number> = new Set([200, 400, 401, 403, 404, 405, 429, 500])

const split = (input: string): { readonly head: string; readonly body: string } => {
  const at = input.indexOf(LINE_FEED)
  return at < 0 ? { head: input, body: '' } : { head: input.slice(0, at), body: input.slice(at + 1) }
}

interface Truth {
  readonly balance: Readonly<Record<string, number>>
  readonly holdings: readonly { readonly quantity: number; readonly cost: number }[]
}

/** Whatever was asked: the account has no half won, no debt and no share that is not there. */
function accountTrouble({ core }: FuzzServer): string | undefined {
  const { status, body } = core.control('GET', '/control/account', '', '')
  const { balance, holdings } = body as Truth
  const amounts = [...Object.values(balance), ...holdings.flatMap(({ quantity, cost }) => [quantity, cost])]
  const isSound = status === 200 && amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)
  return isSound ? undefined : `the account: ${JSON.stringify(body)}`
}

const SOCKET_TEXTS: readonly object[] = [
  { trnm: 'LOGIN', token: TOKEN },
  { trnm: 'PING' },
  { trnm: 'CNSRLST' },
  { trnm: 'CNSRREQ', seq: '0', search_type: '1', stex_tp: 'K' },
  { trnm: 'CNSRREQ', seq: '1', search_type: '0', stex_tp: 'K', cont_yn: 'N', next_key: '' },
  { trnm: 'CNSRCLR', seq: '0' },
  { trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: ['062090', '005930_AL'], type: ['0B', '0D'] }] },
  {
    trnm: 'REG',
    grp_no: '2',
    refresh: '0',
    data: [
      { item: [''], type: ['00', '04'] },
      { item: ['001'], type: ['0J'] },
    ],
  },
  { trnm: 'REMOVE', grp_no: '1', data: [{ item: ['062090'], type: ['0B'] }] },
  { trnm: 'REMOVE', grp_no: '2' },
]

/** One text after the other on one connection; a second one lives to the market in between. */
function openSocketJudge(): Judge {
  const server = openFuzzServer()
  let heard: string[] = []
  let say: ((text: string) => void) | undefined
  const connect = () => {
    const session = server.core.openSession(
      (text) => heard.push(text),
      () => {
        if (say === receive) say = undefined
      },
    )
    const receive = (text: string) => session.receive(text)
    say = receive
    // One in eight tries its luck without.
    if (turn % 8 === 0) return
    for (const message of [{ trnm: 'LOGIN', token: server.token }, { trnm: 'CNSRLST' }])
      say?.(JSON.stringify(message))
  }
  let turn = 0
  return (input) => {
    turn++
    if (!say || turn % TEXTS_A_LINE === 0) connect()
    heard = []
    say?.(input.replaceAll(TOKEN, server.token))
    if (turn % LIVES_EVERY === 0) server.run(1_000)
    for (const text of heard) if (!text.startsWith('{"')) return wrong(`says ${text}`)
    return heard.some((text) => text.includes('"return_code":0')) ? 'accepted' : 'refused'
  }
}

const TEXTS_A_LINE = 50
const LIVES_EVERY = 2_000

const controlCorpus = (): readonly Sample[] =>
  [
    `GET /control/status ${LINE_FEED}`,
    `GET /control/account account=1234567890${LINE_FEED}`,
    `GET /control/orders ${LINE_FEED}`,
    `DELETE /control/fault ${LINE_FEED}`,
    `POST /control/expire-tokens ${LINE_FEED}`,
    ...Object.keys(FAULTS).map(
      (kind) =>
        `POST /control/fault ${LINE_FEED}${JSON.stringify({ kind, apiId: 'kt10000', count: 2, ms: 5, mode: 'html', fields: ['a'] })}`,
    ),
  ].map(jsonSample)

/** Trouble asked for in the wildest words still is trouble of the table; requests go on being answered or dropped. */
function openControlJudge(): Judge {
  const server = openFuzzServer()
  let turn = 0
  return (input): Judgement => {
    const { head, body } = split(input)
    const [method = '', path = '', query = ''] = head.split(' ')
    const { status } = server.core.control(method, path, query, body)
    if (++turn % ASK_EVERY === 0) {
      server.post('kt00018', { qry_tp: '1', dmst_stex_tp: 'KRX' })
      server.core.control('DELETE', '/control/fault', '', '')
    }
    if (status === 200) return 'accepted'
    return status === 400 || status === 404 ? 'refused' : wrong(`status ${status}`)
  }
}

const ASK_EVERY = 50

export const SIMULATOR_TARGETS: readonly Target[] = [
  { name: 'simulator-rest', corpus: restCorpus, open: openRestJudge, freshEvery: FRESH_EVERY },
  {
    name: 'simulator-socket',
    corpus: () => SOCKET_TEXTS.map((text) => jsonSample(JSON.stringify(text))),
    open: openSocketJudge,
    freshEvery: FRESH_EVERY,
  },
  { name: 'simulator-control', corpus: controlCorpus, open: openControlJudge, freshEvery: FRESH_EVERY },
]
