import { WebSocket } from 'ws'
import { CLIENTS, type FanOrder, type FanReport, keyOf } from './fan-server.ts'
import type { Benchmarks } from './harness.ts'
import { nextReport, startServer } from './line.ts'

const GIVE_UP_NS = 60_000_000_000n

/** Frames all clients have heard so far. */
interface Heard {
  frames: number
}

/** A simulated market told to 200 connections, each with its own registration of 95 instruments. */
export const fan: Benchmarks = {
  name: 'simulator',
  run: async (bench) => {
    const child = startServer('./fan-server.ts')
    const at = await nextReport<FanReport, 'listening'>(child, 'listening')
    const simulated: Heard = { frames: 0 }
    const plain: Heard = { frames: 0 }
    const sockets = await Promise.all([
      ...Array.from({ length: CLIENTS }, (_, i) => traderOf(at, i, simulated)),
      ...Array.from({ length: CLIENTS }, () => open(at.plain, plain)),
    ])
    const rate = async (order: FanOrder, heard: Heard) => {
      const before = heard.frames
      const report = nextReport<FanReport, 'sent'>(child, 'sent')
      child.send(order)
      const { frames, ns } = await report
      const giveUp = process.hrtime.bigint() + GIVE_UP_NS
      while (heard.frames - before < frames) {
        await pause(1)
        if (process.hrtime.bigint() > giveUp)
          throw new Error(`${heard.frames - before} of ${frames} frames arrived`)
      }
      return (frames * 1e9) / Number(process.hrtime.bigint() - BigInt(ns))
    }
    try {
      await bench.compare({
        name: `simulator: frames to ${CLIENTS} socket clients, the market included`,
        goal: 'E7',
        unit: 'frames/s',
        ours: () => rate({ do: 'market', seconds: bench.sized(20, 2) }, simulated),
        reference: {
          name: 'ws broadcast of a constant frame',
          run: () => rate({ do: 'broadcast', frames: bench.sized(1_000, 200) }, plain),
        },
        gate: '>= 0.5',
        rounds: bench.sized(7, 3),
      })
    } finally {
      for (const socket of sockets) socket.terminate()
      child.disconnect()
    }
  },
}

async function open(url: string, heard: Heard): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true })
  socket.on('message', () => {
    heard.frames++
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

/** Logs in and registers trades and books of every instrument. */
async function traderOf(
  at: FanReport & { is: 'listening' },
  client: number,
  heard: Heard,
): Promise<WebSocket> {
  const reply = await fetch(`${at.rest}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({ grant_type: 'client_credentials', ...keyOf(client) }),
  })
  const { token } = (await reply.json()) as { readonly token: string }
  const socket = await open(at.socket, heard)
  const ask = async (frame: object) => {
    const answered = new Promise((resolve) => socket.once('message', resolve))
    socket.send(JSON.stringify(frame))
    await answered
  }
  await ask({ trnm: 'LOGIN', token })
  await ask({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: at.symbols, type: ['0B', '0D'] }] })
  heard.frames = 0
  return socket
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
