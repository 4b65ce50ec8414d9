import { krw } from '../../src/model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../src/model/time.ts'
import { APIS } from '../../src/simulators/kiwoom/api-index.ts'
import { createKiwoomSimulator, type KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import { createVirtualClock } from '../../src/std/virtual-clock.ts'

export const DAY = tradingDay('2026-11-20')
const APP_KEY = 'FUZZKEY_1'
const SECRET_KEY = 'FUZZSECRET_1'
export const KEYS = { appkey: APP_KEY, secretkey: SECRET_KEY }
const BIG = { capacity: 1_000_000_000, perSecond: 1_000_000_000 }
const UNLIMITED = { perApi: BIG, queries: BIG, orders: BIG }

/** A simulator in standing time: 09:02 of a lively market, no limits, nothing moves but what is asked. */
export interface FuzzServer {
  readonly core: KiwoomSimulator
  readonly token: string
  readonly codes: readonly string[]
  post(id: string, body: unknown): { readonly status: number; readonly body: string }
  /** Lets the market live for so many ms. */
  run(ms: number): void
  /** A connection that has logged in; its frames go to `hear`. */
  connect(hear: (text: string) => void): (text: string) => void
}

export function openFuzzServer(): FuzzServer {
  const startAt = kstInstant(DAY, timeOfDay('08:58'))
  const clock = createVirtualClock(startAt)
  const wall = createVirtualClock(startAt)
  const core = createKiwoomSimulator({
    clock,
    wall,
    seed: 7,
    day: DAY,
    startAt,
    profile: 'real',
    marketSize: 16,
    flowProfile: 'lively',
    bookIntervalMs: 0,
    limits: UNLIMITED,
    accounts: [{ appKey: APP_KEY, secretKey: SECRET_KEY, number: '1234567890', cash: krw(50_000_000) }],
  })
  const run = (ms: number) => {
    clock.advance(ms)
    core.step()
  }
  run(240_000)
  const send = (path: string, headers: Record<string, string>, body: unknown) => {
    const reply = core.handle({ method: 'POST', path, headers, body: JSON.stringify(body) })
    return reply === 'drop' ? { status: 0, body: '' } : reply
  }
  const issued = send('/oauth2/token', {}, { grant_type: 'client_credentials', ...KEYS })
  const { token } = JSON.parse(issued.body) as { readonly token: string }
  return {
    core,
    token,
    codes: core.market.listings.map(({ instrument }) => instrument.id),
    post: (id, body) =>
      send(APIS.get(id)?.path ?? '', { 'api-id': id, authorization: `Bearer ${token}` }, body),
    run,
    connect: (hear) => {
      const session = core.openSession(hear, () => undefined)
      session.receive(JSON.stringify({ trnm: 'LOGIN', token }))
      return (text) => session.receive(text)
    },
  }
}

/** What a client hears and is answered on a short morning: the seeds of all that is fuzzed. */
export interface Recorded {
  /** REAL frames by type, and the answers to socket requests by `trnm`. */
  readonly frames: ReadonlyMap<string, readonly string[]>
  readonly replies: ReadonlyMap<string, readonly string[]>
}

const ENOUGH = 40
const SECONDS = 40
const STREAMS = ['00', '04', '0s', '1h', '0B', '0C', '0D', '0J']

let recorded: Recorded | undefined

export function recordedMorning(): Recorded {
  recorded ??= record()
  return recorded
}

function record(): Recorded {
  const frames = new Map<string, string[]>()
  const replies = new Map<string, string[]>()
  const keep = (into: Map<string, string[]>, name: string, text: string) => {
    const list = into.get(name) ?? []
    into.set(name, list)
    if (list.length < ENOUGH) list.push(withShortLists(text))
  }
  const server = openFuzzServer()
  const { codes } = server
  const say = server.connect((text) => {
    for (const name of namesOf(text)) keep(frames, name, only(text, name))
  })
  const ask = (id: string, body: unknown) => keep(replies, id, server.post(id, body).body)
  const tell = (message: object) => say(JSON.stringify(message))

  tell({ trnm: 'CNSRLST' })
  tell({
    trnm: 'REG',
    grp_no: '1',
    refresh: '1',
    data: [{ item: [...codes, '001', '101', ''], type: STREAMS }],
  })
  tell({ trnm: 'CNSRREQ', seq: '0', search_type: '1', stex_tp: 'K' })
  tell({ trnm: 'CNSRREQ', seq: '1', search_type: '1', stex_tp: 'K' })
  tell({ trnm: 'CNSRREQ', seq: '2', search_type: '0', stex_tp: 'K', cont_yn: 'N', next_key: '' })
  for (let second = 0; second < SECONDS; second++) {
    // Four of one stock: three buys and a sale.
    const stk_cd = codes[(second >> 2) % codes.length]
    const order = { dmst_stex_tp: 'KRX', stk_cd, ord_qty: '10', ord_uv: '', trde_tp: '3', cond_uv: '' }
    ask(second % 4 === 3 ? 'kt10001' : 'kt10000', order)
    ask('ka10001', { stk_cd })
    ask('ka10100', { stk_cd })
    server.run(1_000)
  }
  ask('kt10003', { dmst_stex_tp: 'KRX', orig_ord_no: '0000001', stk_cd: codes[0], cncl_qty: '0' })
  ask('ka10095', { stk_cd: codes.join('|') })
  ask('ka10099', { mrkt_tp: '0' })
  ask('ka10099', { mrkt_tp: '10' })
  ask('kt00001', { qry_tp: '3' })
  ask('kt00018', { qry_tp: '1', dmst_stex_tp: 'KRX' })
  const list = {
    ord_dt: '',
    qry_tp: '1',
    stk_bond_tp: '1',
    sell_tp: '0',
    stk_cd: '',
    fr_ord_no: '',
    dmst_stex_tp: '%',
  }
  ask('kt00007', list)
  ask('kt00009', { ...list, mrkt_tp: '0', qry_tp: '1' })
  ask('ka10074', { strt_dt: '20261120', end_dt: '20261120' })
  return { frames, replies }
}

/** The frame without the events of other types. */
function only(text: string, type: string): string {
  const frame = JSON.parse(text) as Frame
  if (frame.trnm !== 'REAL') return text
  return JSON.stringify({ ...frame, data: frame.data?.filter((event) => event.type === type) })
}

interface Frame {
  readonly trnm: string
  readonly data?: readonly { readonly type: string }[]
}

const LONGEST_LIST = 2

/** A list of two says as much as one of twenty, and is mutated ten times as fast. */
const withShortLists = (text: string): string =>
  JSON.stringify(
    JSON.parse(text, (_key, value: unknown) => (Array.isArray(value) ? value.slice(0, LONGEST_LIST) : value)),
  )

/** The types of a REAL frame's events, else the name of the message. */
function namesOf(text: string): readonly string[] {
  const frame = JSON.parse(text) as Frame
  return frame.trnm === 'REAL' ? [...new Set(frame.data?.map(({ type }) => type))] : [frame.trnm]
}
