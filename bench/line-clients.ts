import fs from 'node:fs'
import { connect, type Socket } from 'node:net'
import { Pool } from 'undici'
import { WebSocket } from 'ws'
import { createFrameScanner } from '../src/adapters/kiwoom/codec/frame-scan.ts'
import { createStamper } from '../src/adapters/kiwoom/codec/stamper.ts'
import { createNetwork } from '../src/adapters/network/network.ts'
import { wallClock } from '../src/apps/system.ts'
import type { MarketEvent } from '../src/model/market-event.ts'

/** Clients to measure against: they take what the line server sends, order below a price, and decide nothing else. */
export interface Bare {
  messages(): number
  orderBelow(price: number): void
  close(): Promise<void>
}

interface BareFrame {
  readonly data: readonly { readonly values: Readonly<Record<string, string>>; readonly item: string }[]
}

const orderBody = (item: string) =>
  JSON.stringify({
    dmst_stex_tp: 'KRX',
    stk_cd: item,
    ord_qty: '10',
    ord_uv: '',
    trde_tp: '3',
    cond_uv: '',
  })
const ORDER_PATH = '/api/dostk/ordr'
const ORDER_HEADERS = { 'content-type': 'application/json;charset=UTF-8', 'api-id': 'kt10001' }

/** What a good client does without further thought: `ws`, `JSON.parse`, `undici`. */
export async function openBare(port: number): Promise<Bare> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 4 })
  const socket = new WebSocket(`ws://127.0.0.1:${port}/bare`, { perMessageDeflate: false })
  await new Promise((resolve) => socket.once('open', resolve))
  let messages = 0
  let limit = 0
  const order = async (item: string) => {
    const reply = await pool.request({
      method: 'POST',
      path: ORDER_PATH,
      headers: ORDER_HEADERS,
      body: orderBody(item),
    })
    await reply.body.text()
  }
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as BareFrame
    messages += 1
    const tick = frame.data[0]
    if (tick && Math.abs(Number(tick.values['10'])) < limit) void order(tick.item)
  })
  return {
    messages: () => messages,
    orderBelow: (price) => {
      limit = price
    },
    close: async () => {
      socket.terminate()
      await pool.close()
    },
  }
}

/** Our own parts of the same work, without trader and journal: network adapter, frame scanner, order request. */
export async function openOurs(port: number): Promise<Bare> {
  const network = createNetwork()
  const scanner = createFrameScanner(createStamper(wallClock))
  let messages = 0
  let limit = 0
  const order = async (item: string) => {
    const url = `http://127.0.0.1:${port}${ORDER_PATH}`
    // Closing the network under an order that is on its way is no trouble of the measurement.
    await network
      .post('orders', { url, headers: ORDER_HEADERS, body: orderBody(item), timeoutMs: 5_000 })
      .catch(() => undefined)
  }
  const onEvent = (event: MarketEvent) => {
    if (event.kind === 'trade' && event.price < limit) void order(event.instrument)
  }
  const hear = (frame: Uint8Array) => {
    if (!scanner.scan(frame as Buffer, onEvent)) throw new Error('the fast path does not take this frame')
    messages += 1
  }
  await new Promise<void>((resolve) => {
    network.connect(`ws://127.0.0.1:${port}/ours`, {
      onOpen: resolve,
      onMessage: hear,
      onClose: () => undefined,
    })
  })
  return {
    messages: () => messages,
    orderBelow: (price) => {
      limit = price
    },
    close: () => network.close(),
  }
}

/** The durable records of an intent and of a tick, as long as ours. */
const INTENT = Buffer.from(`${'x'.repeat(215)}\n`)
const TICK = `${'x'.repeat(339)}\n`
const PRICE = Buffer.from('"10":"')
const ITEM = Buffer.from('"item":"')

/**
 * The least there can be: a bare socket, a search for price and item in the bytes, one write and one `fdatasync` of what the
 * day's record needs (the ticks and the intent), and the order as ready bytes on another bare socket. It expects one whole
 * frame in a chunk.
 */
export async function openRaw(port: number, file: string): Promise<Bare> {
  const http = await connected(port)
  const socket = await connected(port)
  const journal = fs.openSync(file, 'a')
  let messages = 0
  let limit = 0
  /** Not written yet. */
  let ticks = ''
  socket.write(
    `GET /raw HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${'A'.repeat(22)}==\r\n\r\n`,
  )
  await new Promise((resolve) => socket.once('data', resolve))
  http.on('data', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    messages += 1
    const price = Math.abs(Number.parseInt(chunk.toString('latin1', ...span(chunk, PRICE)), 10))
    ticks += TICK
    if (price >= limit) return
    fs.writeSync(journal, Buffer.concat([Buffer.from(ticks), INTENT]))
    ticks = ''
    fs.fdatasyncSync(journal)
    const body = orderBody(chunk.toString('latin1', ...span(chunk, ITEM)))
    http.write(
      `POST ${ORDER_PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json;charset=UTF-8\r\napi-id: kt10001\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
  })
  return {
    messages: () => messages,
    orderBelow: (price) => {
      limit = price
    },
    close: async () => {
      socket.destroy()
      http.destroy()
      fs.closeSync(journal)
    },
  }
}

/** From behind the needle to the next quote. */
function span(chunk: Buffer, needle: Buffer): [number, number] {
  const from = chunk.indexOf(needle) + needle.length
  return [from, chunk.indexOf(34, from)]
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return socket
}
