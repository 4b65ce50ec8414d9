import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { BASE, fillFrame, SYMBOLS, tradeFrame } from './line-frames.ts'

/**
 * A line to measure against, in a process of its own: it knows just enough of Kiwoom for a trader to log in and hold
 * positions, sends frames that were built beforehand, and notes when an order request arrives. It matches nothing.
 */

const CONDITIONS = Array.from({ length: 20 }, (_, i) => [String(i), `조건${i}`])
const OK = { return_code: 0, return_msg: '정상적으로 처리되었습니다' }

export type LineClient = 'trader' | 'bare' | 'raw' | 'ours'

/** What the parent asks, and what it is told. Times are `process.hrtime` nanoseconds, one clock for both processes. */
export type LineOrder = { readonly to: LineClient; readonly at: string } & (
  | { readonly do: 'blast'; readonly frames: number }
  /** One frame, after `before` others of a market that moves: one a millisecond. */
  | { readonly do: 'tick'; readonly symbol: string; readonly price: number; readonly before: number }
  /** So many frames spread over the coming second. Nothing is reported. */
  | { readonly do: 'stream'; readonly frames: number }
)
export type LineReport =
  | { readonly is: 'listening'; readonly port: number }
  | { readonly is: 'sent'; readonly ns: string }
  | { readonly is: 'ordered'; readonly ns: string }

const pad = (value: number, width: number) => String(value).padStart(width, '0')

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
    acnt_evlt_remn_indv_tot: SYMBOLS.filter((symbol) => !sold.has(symbol)).map((symbol) => ({
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

const sockets = new Map<string, Duplex>()
let orders = 0
/** With `fills` as its argument the broker fills every sale at once; without, an order stays where it is. */
const isFilling = process.argv[2] === 'fills'
const sold = new Set<string>()
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
  if (api === 'kt10001' && isFilling) fill(body)
}

function fill({ stk_cd: symbol = '', ord_qty: quantity = '' }: Record<string, string>): void {
  sold.add(symbol)
  sockets.get('trader')?.write(framed(fillFrame(symbol, pad(orders, 7), Number(quantity), BASE)))
}

function onFrame(socket: WebSocket, text: string): void {
  const frame = JSON.parse(text) as { trnm: string; seq?: string }
  const reply = (more: object = {}) =>
    socket.send(JSON.stringify({ trnm: frame.trnm, return_code: 0, return_msg: '', ...more }))
  if (frame.trnm === 'CNSRLST') reply({ data: CONDITIONS })
  else if (frame.trnm === 'CNSRREQ') reply({ seq: frame.seq, data: [], cont_yn: 'N', next_key: '' })
  else reply(frame.trnm === 'CNSRCLR' ? { seq: frame.seq } : {})
}

const clientOf = (url = ''): LineClient =>
  url === '/bare' ? 'bare' : url === '/raw' ? 'raw' : url === '/ours' ? 'ours' : 'trader'

/** One text frame of the server (RFC 6455 §5.2), ready to be written. */
function framed(text: string): Buffer {
  const payload = Buffer.from(text)
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0])
  if (payload.length > 125) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

/** So many bytes are handed to the socket at a time. */
const BLOCK_BYTES = 64 * 1024

/** Frames in blocks, built beforehand: the sender must not be what is measured. */
function blocksOf(frames: number, at: string): Buffer[] {
  const blocks: Buffer[] = []
  let block: Buffer[] = []
  let bytes = 0
  for (let i = 0; i < frames; i++) {
    const symbol = SYMBOLS[i % SYMBOLS.length] as string
    const frame = framed(tradeFrame(symbol, BASE + ((i * 7) % 9) * 10 - 40, at, 1_000 + i))
    block.push(frame)
    bytes += frame.length
    if (bytes < BLOCK_BYTES && i < frames - 1) continue
    blocks.push(Buffer.concat(block))
    block = []
    bytes = 0
  }
  return blocks
}

async function blast(socket: Duplex, blocks: readonly Buffer[]): Promise<void> {
  for (const block of blocks) if (!socket.write(block)) await once(socket, 'drain')
}

const STREAM_EVERY_MS = 5

/** Ticks that nothing has to be done for, evenly over a second: each symbol's price goes up and down. */
async function stream(socket: Duplex, frames: number, at: string): Promise<void> {
  const from = process.hrtime.bigint()
  for (let sent = 0; sent < frames; ) {
    await pause(STREAM_EVERY_MS)
    const due = Math.min(frames, Math.floor((frames * Number(process.hrtime.bigint() - from)) / 1e9))
    const blocks: Buffer[] = []
    for (; sent < due; sent++, streamed++)
      blocks.push(framed(tradeFrame(streamedSymbol(), streamedPrice(), at, streamed)))
    if (blocks.length > 0) socket.write(Buffer.concat(blocks))
  }
}

let streamed = 0
const streamedSymbol = () => SYMBOLS[streamed % SYMBOLS.length] as string
/** Within 2 % of what was paid: no stop is near. */
const streamedPrice = () => BASE + ((Math.floor(streamed / SYMBOLS.length) + streamed) % 41) * 10 - 200

/** Ticks that nothing has to be done for, one a millisecond. */
async function flow(socket: Duplex, ticks: number, at: string): Promise<void> {
  for (let i = 0; i < ticks; i++) {
    const symbol = SYMBOLS[i % SYMBOLS.length] as string
    socket.write(framed(tradeFrame(symbol, BASE, at, 1_000 + i)))
    await pause(1)
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

if (process.send) {
  const http = createServer((request, response) => void onRequest(request, response))
  // Clients that rest between two samples keep their lines.
  http.keepAliveTimeout = 300_000
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    server.handleUpgrade(request, socket, head, (line) => {
      sockets.set(clientOf(request.url), socket)
      line.on('message', (data) => onFrame(line, String(data)))
      line.on('error', () => line.terminate())
    }),
  )
  http.listen(0, '127.0.0.1', () => tell({ is: 'listening', port: (http.address() as AddressInfo).port }))

  process.on('message', async (order: LineOrder) => {
    const socket = sockets.get(order.to)
    if (!socket) throw new Error(`nobody listens as ${order.to}`)
    if (order.do === 'stream') return void stream(socket, order.frames, order.at)
    if (order.do === 'tick') await flow(socket, order.before, order.at)
    const blocks =
      order.do === 'tick'
        ? [framed(tradeFrame(order.symbol, order.price, order.at, 9_000_000))]
        : blocksOf(order.frames, order.at)
    tell({ is: 'sent', ns: String(process.hrtime.bigint()) })
    void blast(socket, blocks)
  })
  process.on('disconnect', () => process.exit(0))
}
