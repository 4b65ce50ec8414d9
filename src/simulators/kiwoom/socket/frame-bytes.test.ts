import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { eventText, frameText, type RealFrame, realEvent } from './frame.ts'
import { frameBytes } from './frame-bytes.ts'

/** A REAL frame whose payload has so many bytes; Hangul in it counts three each. */
function frameOf(size: number, dataFirst: boolean): RealFrame {
  const frame = (text: string): RealFrame => ({ events: [realEvent(text)], dataFirst })
  const empty = Buffer.byteLength(frameText(frame('')))
  return frame(`가${'x'.repeat(size - empty - 3)}`)
}

const event = (item: string) => realEvent(eventText('0B', item, '{"10":"+71500"}', item > '2'))
/** Sizes around the three forms a length has (RFC 6455 §5.2), then several events in a frame. */
const FRAMES: readonly RealFrame[] = [
  ...[125, 126, 127, 65_535, 65_536].flatMap((size) => [frameOf(size, false), frameOf(size, true)]),
  { events: ['100000', '200000', '300000'].map(event), dataFirst: false },
  { events: ['100000', '300000'].map(event), dataFirst: true },
]

const http = createServer()
const lines: Socket[] = []
let client: WebSocket

beforeAll(async () => {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  http.on('upgrade', (request, socket, head) =>
    server.handleUpgrade(request, socket, head, () => lines.push(socket as Socket)),
  )
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
  await once(client, 'open')
})

afterAll(() => {
  client.terminate()
  http.close()
})

it('puts frames on the wire that a WebSocket client reads as the texts they are', async () => {
  const heard: string[] = []
  const all = new Promise<void>((resolve) =>
    client.on('message', (data, isBinary) => {
      heard.push(isBinary ? 'binary' : String(data))
      if (heard.length === FRAMES.length) resolve()
    }),
  )
  lines[0]?.write(frameBytes(FRAMES))
  await all
  expect(heard).toEqual(FRAMES.map(frameText))
})

it('gives nothing for no frames', () => {
  expect(frameBytes([])).toHaveLength(0)
})
