import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/**
 * A line to measure against, in a process of its own: it knows just enough of Kiwoom for a trader to log in and hold
 * positions, sends frames that were built beforehand, and notes when an order request arrives. It matches nothing.
 */

export const SYMBOLS = Array.from({ length: 95 }, (_, i) => String(100_000 + i * 10))
const BASE = 10_000
const CONDITIONS = Array.from({ length: 20 }, (_, i) => [String(i), `조건${i}`])
const OK = { return_code: 0, return_msg: '정상적으로 처리되었습니다' }

/** What the parent asks, and what it is told. Times are `process.hrtime` nanoseconds, one clock for both processes. */
export type LineOrder = { readonly to: 'trader' | 'bare'; readonly at: string } & (
  | { readonly do: 'blast'; readonly frames: number }
  | { readonly do: 'tick'; readonly symbol: string; readonly price: number }
)
export type LineReport =
  | { readonly is: 'listening'; readonly port: number }
  | { readonly is: 'sent'; readonly ns: string }
  | { readonly is: 'ordered'; readonly ns: string }

const pad = (value: number, width: number) => String(value).padStart(width, '0')
const signed = (price: number) => (price > BASE ? `+${price}` : price < BASE ? `-${price}` : String(price))

/** A trade frame of the recorded shape: 40-odd fields, one Hangul name, about 700 bytes. */
export function tradeFrame(symbol: string, price: number, at: string, volume: number): string {
  const p = signed(price)
  return `{"trnm":"REAL","data":[{"type":"0B","name":"주식체결","item":"${symbol}","values":{"20":"${at}","10":"${p}","11":"+500","12":"+0.70","27":"${signed(price + 10)}","28":"${p}","15":"+12","13":"${volume}","14":"579123","16":"+10020","17":"+10050","18":"-9980","25":"2","26":"-676656","29":"-45687000000","30":"-92.31","31":"0.14","32":"157","228":"104.22","311":"4232541","290":"2","691":"0","567":"000000","568":"000000","851":"98.10","1890":"090013","1891":"093122","1892":"090541","1030":"3900120","1031":"4064556","1032":"51.03","1071":"21110","1072":"22041","1313":"858","1315":"0","1316":"12","1314":"164436","1497":"0","1498":"0","620":"71290","732":"0","852":"0","9081":"KRX"}}]}`
}

const REPLIES: Readonly<Record<string, (body: Record<string, string>) => object>> = {
  au10001: () => ({ expires_dt: '20261121100000', token_type: 'bearer', token: 'BENCH_TOKEN', ...OK }),
  kt00001: () => ({
    d2_entra: pad(50_000_000, 15),
    '100stk_ord_alow_amt': pad(50_000_000, 15),
    ord_alow_amt: pad(50_000_000, 15),
    ...OK,
  }),
  kt00018: () => ({
    tot_pur_amt: pad(9_500_000, 15),
    acnt_evlt_remn_indv_tot: SYMBOLS.map((symbol) => ({
      stk_cd: `A${symbol}`,
      stk_nm: `종목${symbol}`,
      pur_pric: pad(BASE, 15),
      rmnd_qty: pad(10, 15),
      trde_able_qty: pad(10, 15),
      cur_prc: pad(BASE, 12),
      pur_amt: pad(10 * BASE, 15),
    })),
    ...OK,
  }),
  ka10001: ({ stk_cd: symbol }) => ({
    stk_cd: symbol,
    stk_nm: `종목${symbol}`,
    upl_pric: '+13000',
    lst_pric: '-7000',
    base_pric: String(BASE),
    cur_prc: String(BASE),
    flo_stk: '10000',
    ...OK,
  }),
  ka10100: ({ stk_cd: code }) => ({
    code,
    name: `종목${code}`,
    listCount: pad(10_000_000, 16),
    auditInfo: '정상',
    regDay: '19750611',
    lastPrice: pad(BASE, 8),
    state: '증거금20%|담보대출|신용가능',
    marketCode: '0',
    marketName: '거래소',
    upName: '전기/전자',
    orderWarning: '0',
    nxtEnable: 'Y',
    ...OK,
  }),
  kt10001: () => ({ ord_no: pad(++orders, 7), dmst_stex_tp: 'KRX', ...OK }),
}

let orders = 0
const tell = (report: LineReport) => process.send?.(report)

async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const api = request.url === '/oauth2/token' ? 'au10001' : String(request.headers['api-id'])
  if (api === 'kt10001') tell({ is: 'ordered', ns: String(process.hrtime.bigint()) })
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const body = JSON.parse(text || '{}') as Record<string, string>
  response.setHeader('content-type', 'application/json;charset=UTF-8')
  response.setHeader('api-id', api)
  response.setHeader('cont-yn', 'N')
  response.end(JSON.stringify(REPLIES[api]?.(body) ?? { ...OK }))
}

function onFrame(socket: WebSocket, text: string): void {
  const frame = JSON.parse(text) as { trnm: string; seq?: string }
  const reply = (more: object = {}) =>
    socket.send(JSON.stringify({ trnm: frame.trnm, return_code: 0, return_msg: '', ...more }))
  if (frame.trnm === 'CNSRLST') reply({ data: CONDITIONS })
  else if (frame.trnm === 'CNSRREQ') reply({ seq: frame.seq, data: [], cont_yn: 'N', next_key: '' })
  else reply(frame.trnm === 'CNSRCLR' ? { seq: frame.seq } : {})
}

if (process.send) {
  const http = createServer((request, response) => void onRequest(request, response))
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  const sockets = new Map<LineOrder['to'], WebSocket>()
  server.on('connection', (socket, request) => {
    sockets.set(request.url === '/bare' ? 'bare' : 'trader', socket)
    socket.on('message', (data) => onFrame(socket, String(data)))
  })
  http.listen(0, '127.0.0.1', () => tell({ is: 'listening', port: (http.address() as AddressInfo).port }))

  /** Many frames in small bursts, so that they wait in the socket's buffer and not in ours. */
  const blast = (socket: WebSocket, frames: readonly string[], sent: number) => {
    const until = Math.min(sent + 500, frames.length)
    for (let i = sent; i < until; i++) socket.send(frames[i] as string)
    if (until < frames.length)
      setTimeout(() => blast(socket, frames, until), socket.bufferedAmount > 4_000_000 ? 5 : 0)
  }

  process.on('message', (order: LineOrder) => {
    const socket = sockets.get(order.to)
    if (!socket) throw new Error(`nobody listens as ${order.to}`)
    const frames =
      order.do === 'tick'
        ? [tradeFrame(order.symbol, order.price, order.at, 9_000_000)]
        : Array.from({ length: order.frames }, (_, i) =>
            tradeFrame(
              SYMBOLS[i % SYMBOLS.length] as string,
              BASE + ((i * 7) % 9) * 10 - 40,
              order.at,
              1_000 + i,
            ),
          )
    tell({ is: 'sent', ns: String(process.hrtime.bigint()) })
    blast(socket, frames, 0)
  })
  process.on('disconnect', () => process.exit(0))
}
