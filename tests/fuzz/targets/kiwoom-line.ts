import { createKiwoom } from '../../../src/adapters/kiwoom/kiwoom.ts'
import { conditionId, instrumentId, orderId, venueOrderId } from '../../../src/model/ids.ts'
import type { MarketEvent } from '../../../src/model/market-event.ts'
import { price, quantity } from '../../../src/model/money.ts'
import type { AccountReport, OrderReport } from '../../../src/model/order-report.ts'
import type { Network, SocketHandlers } from '../../../src/ports/network.ts'
import { createVirtualClock } from '../../../src/std/virtual-clock.ts'
import { bytesOf, jsonSample, type Sample } from '../mutate.ts'
import { type Day, marketEventFault, orderReportFault } from '../ranges.ts'
import { recordedMorning } from '../recorded.ts'
import { type Judge, type Target, wrong } from '../target.ts'
import { FUZZ_DAY, frameSamples } from './kiwoom-frames.ts'

/** The whole client on a line on which nonsense is said: login, registrations, conditions, orders and all. */

const OUR_ORDER = {
  orderId: orderId('20261120-000001'),
  instrument: instrumentId('005930'),
  venue: 'KRX' as const,
  side: 'buy' as const,
  type: 'limit' as const,
  timeInForce: 'day' as const,
  limit: price(71_400),
  quantity: quantity(5),
  createdAt: FUZZ_DAY.now,
  venueOrderId: venueOrderId('0000123'),
  filled: quantity(0),
}
const KNOWN = new Map<string, number>([[OUR_ORDER.orderId, OUR_ORDER.quantity]])

const TOKEN_REPLY = '{"expires_dt":"20261121100504","token_type":"bearer","token":"abc","return_code":0}'
const OK_REPLY = '{"return_code":0,"return_msg":""}'

const bytes = (message: object): Buffer => Buffer.from(JSON.stringify(message))

/** What a server in good health says to each request; to the echo of its PING it says nothing. */
function answerTo(text: string): object | undefined {
  const { trnm, seq } = JSON.parse(text) as { readonly trnm: string; readonly seq?: string }
  if (trnm === 'PING') return undefined
  if (trnm === 'CNSRLST') return { trnm, return_code: 0, return_msg: '', data: [['4', '돌파']] }
  if (trnm === 'CNSRREQ') return { trnm, seq: `${seq}  `, return_code: 0, data: [{ jmcode: 'A005930' }] }
  return { trnm, return_code: 0, return_msg: '' }
}

interface Stage {
  readonly hear: (frame: Buffer) => void
  /** Whether the client hung up on what it heard. */
  readonly isOpen: () => boolean
  readonly faults: string[]
  readonly heard: () => number
}

function openStage(): Stage {
  const clock = createVirtualClock(FUZZ_DAY.now)
  const faults: string[] = []
  let heard = 0
  let handlers: SocketHandlers | undefined
  let isOpen = false
  const hangUp = () => {
    isOpen = false
  }
  const network: Network = {
    post: async (_lane, { url }) => ({
      status: 200,
      headers: {},
      body: url.endsWith('/oauth2/token') ? TOKEN_REPLY : OK_REPLY,
    }),
    connect: (_url, listening) => {
      handlers = listening
      isOpen = true
      queueMicrotask(() => listening.onOpen())
      return {
        send: (text) => {
          const answer = answerTo(text)
          if (answer) queueMicrotask(() => isOpen && listening.onMessage(bytes(answer)))
        },
        close: hangUp,
        terminate: hangUp,
      }
    },
    close: async () => undefined,
  }
  const client = createKiwoom({
    network,
    clock,
    wall: clock,
    environment: 'simulated',
    hosts: { rest: 'http://127.0.0.1:1', socket: 'ws://127.0.0.1:1' },
    appKey: 'a',
    secretKey: 'b',
  })
  const day: Day = FUZZ_DAY
  const note = (fault: string | undefined) => {
    heard++
    if (fault !== undefined) faults.push(fault)
  }
  client.execution.adopt([OUR_ORDER])
  void client.feed.start((event: MarketEvent) => note(marketEventFault(event, day)))
  void client.execution.start((report: OrderReport | AccountReport) =>
    note(orderReportFault(report, KNOWN, day)),
  )
  client.feed.want([{ instrument: OUR_ORDER.instrument, priority: 'position' }])
  client.feed.follow([conditionId('4')])
  return { hear: (frame) => handlers?.onMessage(frame), isOpen: () => isOpen, faults, heard: () => heard }
}

/** Turns of the queue of promises until a new line is registered; what comes earlier meets a client that logs in. */
const TURNS = 60
const TEXTS_A_LINE = 40

function openJudge(): Judge {
  let stage: Stage | undefined
  let turn = 0
  return async (input) => {
    if (!stage?.isOpen() || turn % TEXTS_A_LINE === 0) {
      stage = openStage()
      // Now and then the nonsense comes in the middle of the login.
      const turns = turn % 7 === 3 ? turn % TURNS : TURNS
      for (let wait = 0; wait < turns; wait++) await undefined
    }
    turn++
    const before = stage.heard()
    stage.hear(bytesOf(input))
    await undefined
    const [fault] = stage.faults
    if (fault !== undefined) return wrong(fault)
    return stage.heard() > before ? 'accepted' : 'refused'
  }
}

const BY_HAND: readonly object[] = [
  { trnm: 'PING' },
  { trnm: 'SYSTEM', code: 'R10001', message: '동일한 App key로 접속되었습니다' },
  { trnm: 'LOGIN', return_code: 0, return_msg: '', sor_yn: 'Y' },
  { trnm: 'LOGIN', return_code: 8005, return_msg: '로그인 인증에 실패하였습니다. CODE=8005' },
  { trnm: 'REG', return_code: 105110, return_msg: '실시간 등록 가능한 종목 수를 초과하였습니다' },
  { trnm: 'CNSRREQ', seq: '4  ', return_code: 0, data: [{ jmcode: 'A005930' }, { jmcode: 'A0106J0' }] },
  { trnm: 'CNSRLST', return_code: 0, return_msg: '', data: [['4', '돌파']] },
]

const lineCorpus = (): readonly Sample[] => [
  ...BY_HAND.map((message) => jsonSample(JSON.stringify(message))),
  ...['00', '02', '0B', '0D', '0s', '1h', '04'].flatMap((type) => frameSamples(type).slice(0, 4)),
  ...['CNSRLST', 'CNSRREQ', 'REG', 'LOGIN'].flatMap((name) =>
    (recordedMorning().frames.get(name) ?? []).slice(0, 2).map(jsonSample),
  ),
]

export const LINE_TARGETS: readonly Target[] = [{ name: 'line', corpus: lineCorpus, open: openJudge }]
