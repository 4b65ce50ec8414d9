import { createAccountReader } from '../../../src/adapters/kiwoom/account.ts'
import { createStamper } from '../../../src/adapters/kiwoom/codec/stamper.ts'
import { createDescriber } from '../../../src/adapters/kiwoom/describer.ts'
import { createExecution } from '../../../src/adapters/kiwoom/execution.ts'
import { createHttp, type KiwoomHttp } from '../../../src/adapters/kiwoom/http.ts'
import { polledQuote } from '../../../src/adapters/kiwoom/map.ts'
import { listedOrder } from '../../../src/adapters/kiwoom/map-orders.ts'
import { missingFills } from '../../../src/adapters/kiwoom/settle.ts'
import { createTokens } from '../../../src/adapters/kiwoom/token.ts'
import { fillRow, orderRow, watchReply } from '../../../src/adapters/kiwoom/wire.ts'
import { instrumentId, orderId } from '../../../src/model/ids.ts'
import type { MarketEvent } from '../../../src/model/market-event.ts'
import { price, quantity } from '../../../src/model/money.ts'
import type { AccountReport, OrderReport } from '../../../src/model/order-report.ts'
import type { HttpReply, Network } from '../../../src/ports/network.ts'
import type { Clock } from '../../../src/std/clock.ts'
import { ok } from '../../../src/std/result.ts'
import { jsonSample } from '../mutate.ts'
import { accountFault, fillFault, listedFault, marketEventFault, moneyFault } from '../ranges.ts'
import { recordedMorning } from '../recorded.ts'
import { type Judge, type Judgement, type Target, wrong } from '../target.ts'
import { FUZZ_DAY } from './kiwoom-frames.ts'

/** Time that stands, and in which every wait is over at once: a throttled query is repeated without a pause. */
const hurriedClock: Clock = {
  now: () => FUZZ_DAY.now,
  after: (_ms, run) => {
    let due = true
    queueMicrotask(() => due && run())
    return () => {
      due = false
    }
  },
}
/** For time-outs: they never come. */
const standingClock: Clock = { now: () => FUZZ_DAY.now, after: () => () => undefined }
const stamper = createStamper(standingClock)
const silent = () => undefined

interface Way {
  readonly http: KiwoomHttp
  readonly network: Network
  /** What the server answers to an API; an absent one gets a plain success. */
  readonly answers: Map<string, string>
}

const SUCCESS = '{"return_code":0,"return_msg":""}'

function openWay(): Way {
  const answers = new Map<string, string>()
  const network: Network = {
    post: async (_lane, { headers }): Promise<HttpReply> => ({
      status: 200,
      headers: {},
      body: answers.get(headers['api-id'] ?? 'au10001') ?? SUCCESS,
    }),
    connect: () => ({ send: silent, close: silent, terminate: silent }),
    close: async () => undefined,
  }
  const http = createHttp({
    network,
    rest: '',
    tokens: { get: async () => ok('token'), refuse: silent },
    limiter: { take: async () => ok({ release: silent }), stop: silent, waiting: () => 0, drain: silent },
    clock: hurriedClock,
    wall: standingClock,
  })
  return { http, network, answers }
}

const verdict = (fault: string | undefined, taken: boolean): Judgement =>
  fault === undefined ? (taken ? 'accepted' : 'refused') : wrong(fault)

const first = <T>(all: readonly T[], fault: (each: T) => string | undefined): string | undefined => {
  for (const each of all) {
    const found = fault(each)
    if (found !== undefined) return found
  }
  return undefined
}

/** kt00001 and kt00018 through the reader of the account; the other of the two answers well. */
const account = (fuzzed: string) => (): Judge => {
  const { http, answers } = openWay()
  for (const id of ['kt00001', 'kt00018']) answers.set(id, recordedMorning().replies.get(id)?.[0] ?? '')
  let report: AccountReport | undefined
  let done: () => void = silent
  const reader = createAccountReader({
    http,
    stamper,
    emit: (made) => {
      report = made
      done()
    },
    log: () => done(),
  })
  return async (input) => {
    answers.set(fuzzed, input)
    report = undefined
    await new Promise<void>((resolve) => {
      done = resolve
      reader.ask()
    })
    // The reader is free for the next look one turn later.
    await undefined
    return verdict(report && accountFault(report), report !== undefined)
  }
}

/** As the reconciler reads it. */
const orderList: () => Judge = () => {
  const { http, answers } = openWay()
  return async (input) => {
    answers.set('kt00007', input)
    const pages = await http.pages('kt00007', {}, 'acnt_ord_cntr_prps_dtl', 0)
    if (!pages.ok) return 'refused'
    const rows = pages.value.rows.flatMap((raw) => {
      const parsed = orderRow.safeParse(raw)
      return parsed.success ? (listedOrder(parsed.data) ?? []) : []
    })
    return verdict(first(rows, listedFault), rows.length > 0)
  }
}

/** kt00009, and the fills that an order of ours is found to have missed. */
const fillList: () => Judge = () => {
  const { http, answers } = openWay()
  return async (input) => {
    answers.set('kt00009', input)
    const pages = await http.pages('kt00009', {}, 'acnt_ord_cntr_prst_array', 0)
    if (!pages.ok) return 'refused'
    const rows = pages.value.rows.flatMap((raw) => {
      const parsed = fillRow.safeParse(raw)
      return parsed.success ? [parsed.data] : []
    })
    const order = listedOrder(orderRow.parse(OUR_ROW))
    const steps = order && missingFills(order, rows, 0, 0)
    const fault = steps && fillFault({ kind: 'fills', steps }, FILLED)
    return verdict(fault, (steps?.length ?? 0) > 0)
  }
}

const FILLED = 10
/** The order list's word on the first order of the recorded morning. */
const OUR_ROW = {
  ord_no: '0000001',
  stk_cd: 'A005930',
  trde_tp: '시장가',
  ord_qty: String(FILLED),
  ord_uv: '0',
  cnfm_qty: '0',
  acpt_tp: '체결',
  ord_tm: '09:02:00',
  ori_ord: '0000000',
  io_tp_nm: '현금매수',
  cntr_qty: String(FILLED),
  cntr_uv: '71400',
  ord_remnq: '0',
  comm_ord_tp: 'REST API',
  mdfy_cncl: '',
  dmst_stex_tp: 'KRX',
}

const watchList: () => Judge = () => {
  const { http, answers } = openWay()
  return async (input) => {
    answers.set('ka10095', input)
    const reply = await http.query('ka10095', {}, 0)
    const parsed = watchReply.safeParse(reply.ok ? reply.value : undefined)
    if (!parsed.success) return 'refused'
    const quotes = parsed.data.atn_stk_infr.flatMap((row) => polledQuote(row, stamper) ?? [])
    return verdict(
      first(quotes, (quote) => marketEventFault(quote, FUZZ_DAY)),
      quotes.length > 0,
    )
  }
}

/** ka10001 or ka10100 through the describer; the other of the two answers well. */
const description = (fuzzed: 'ka10001' | 'ka10100') => (): Judge => {
  const { http, answers } = openWay()
  const { replies } = recordedMorning()
  const other = fuzzed === 'ka10001' ? 'ka10100' : 'ka10001'
  const codeKey = other === 'ka10001' ? 'stk_cd' : 'code'
  const known = new Map(
    (replies.get(other) ?? []).map((text) => [(JSON.parse(text) as Record<string, string>)[codeKey], text]),
  )
  const codes = [...known.keys()]
  let turn = 0
  return async (input) => {
    // The code the answer speaks of, so that it is not refused for being about somebody else.
    const code =
      codes.find((each) => each !== undefined && input.includes(each)) ?? codes[turn++ % codes.length] ?? ''
    answers.set(fuzzed, input)
    answers.set(other, known.get(code) ?? '')
    const event = await new Promise<MarketEvent>((resolve) =>
      // A describer of its own each time: it remembers listings for the day.
      createDescriber({ http, stamper, emit: resolve }).describe(instrumentId(code)),
    )
    return verdict(marketEventFault(event, FUZZ_DAY), event.kind === 'description')
  }
}

/** ka10099 fills the day's memory; what it put there is described. */
const listings: () => Judge = () => {
  const { http, answers } = openWay()
  const basics = recordedMorning().replies.get('ka10001')?.[0] ?? ''
  const code = (JSON.parse(basics) as { readonly stk_cd: string }).stk_cd
  return async (input) => {
    answers.set('ka10099', input)
    answers.set('ka10001', basics)
    answers.set('ka10100', SUCCESS)
    let event: MarketEvent | undefined
    const describer = createDescriber({
      http,
      stamper,
      emit: (made) => {
        event = made
      },
    })
    await describer.preload()
    describer.describe(instrumentId(code))
    for (let turn = 0; turn < MOST_TURNS && !event; turn++) await undefined
    if (!event) return wrong('no answer to a description')
    return verdict(marketEventFault(event, FUZZ_DAY), event.kind === 'description')
  }
}

/** Promises that a description may take one after the other. */
const MOST_TURNS = 200

const token: () => Judge = () => {
  const { network, answers } = openWay()
  return async (input) => {
    answers.set('au10001', input)
    const tokens = createTokens({
      network,
      rest: '',
      appKey: 'a',
      secretKey: 'b',
      clock: standingClock,
      wall: standingClock,
    })
    const issued = await tokens.get()
    if (!issued.ok) return 'refused'
    return issued.value.length > 0 ? 'accepted' : wrong('an empty token')
  }
}

/** The reply to an order, a cancel and to ka10074, through the execution client. */
const execution = (fuzzed: string) => (): Judge => {
  const { http, answers } = openWay()
  const reports: (OrderReport | AccountReport)[] = []
  let turn = 0
  return async (input) => {
    answers.clear()
    answers.set(fuzzed, input)
    reports.length = 0
    const client = createExecution({
      environment: 'simulated',
      http,
      clock: standingClock,
      wall: standingClock,
      stamper,
      startLine: async () => ok(undefined),
      stopLine: silent,
      refuseWaiting: silent,
      log: silent,
    })
    await client.start((report) => reports.push(report))
    if (fuzzed === 'ka10074') {
      const totals = await client.dayTotals()
      if (!totals.ok) return 'refused'
      return verdict(
        moneyFault('commission', totals.value.commission) ?? moneyFault('tax', totals.value.tax),
        true,
      )
    }
    const id = orderId(`20261120-${String(++turn).padStart(6, '0')}`)
    const order = {
      orderId: id,
      instrument: instrumentId('005930'),
      venue: 'KRX' as const,
      side: 'buy' as const,
      type: 'limit' as const,
      timeInForce: 'day' as const,
      limit: price(71_400),
      quantity: quantity(10),
      createdAt: FUZZ_DAY.now,
    }
    client.place(order)
    for (let wait = 0; wait < MOST_TURNS && reports.length === 0; wait++) await undefined
    await client.stop()
    const [report] = reports
    if (!report) return wrong('an order whose reply is heard by nobody')
    return report.kind === 'accepted' ? 'accepted' : 'refused'
  }
}

/** Beside what the simulator answers: refusals, pages of HTML, spellings of the guide. */
const BY_HAND: readonly string[] = [
  '{"return_code":20,"return_msg":"[2000](571557:조회할 자료가 없습니다)"}',
  '{"return_code":3,"return_msg":"인증에 실패했습니다[8005:Token이 유효하지 않습니다]"}',
  '{"return_code":5,"return_msg":"허용된 요청 개수를 초과하였습니다[1700:허용된 요청 개수를 초과하였습니다. API ID=kt10000]"}',
  '{"returnCode":"0","returnMsg":"","ord_no":"00024"}',
  '<html><body><h1>502 Bad Gateway</h1></body></html>',
]
const TOKEN_REPLY =
  '{"expires_dt":"20261121083015","token_type":"bearer","token":"WQJCwyqInphKnR3bSRtB9NE1lv","return_code":0,"return_msg":"정상적으로 처리되었습니다"}'

const target = (api: string, open: () => Judge, more: readonly string[] = []): Target => ({
  name: `reply-${api}`,
  corpus: () =>
    [...(recordedMorning().replies.get(api) ?? []).slice(0, MOST_SAMPLES), ...more, ...BY_HAND].map(
      jsonSample,
    ),
  open,
})
const MOST_SAMPLES = 10

export const REPLY_TARGETS: readonly Target[] = [
  target('au10001', token, [TOKEN_REPLY]),
  target('kt10000', execution('kt10000')),
  target('ka10074', execution('ka10074')),
  target('kt00001', account('kt00001')),
  target('kt00018', account('kt00018')),
  target('kt00007', orderList),
  target('kt00009', fillList),
  target('ka10095', watchList),
  target('ka10001', description('ka10001')),
  target('ka10100', description('ka10100')),
  target('ka10099', listings),
]
