import type { Bench, Benchmarks } from './harness.ts'
import { type Line, openLine } from './line.ts'
import { type Bare, openBare, openOurs } from './line-clients.ts'
import { SYMBOLS } from './line-frames.ts'

const AT = '100503'
const STOP_PRICE = 7_500
/** Between two orders, so that each finds an idle line. */
const ORDER_PAUSE_MS = 5
/** In a market that moves, a tick a millisecond. */
const TICKS_BEFORE = 5

/** Socket, decoder and order request alone, against the libraries everybody takes. */
export const wire: Benchmarks = {
  name: 'wire',
  run: async (bench) => {
    const line = await openLine()
    const ours = await openOurs(line.port)
    const bare = await openBare(line.port)
    try {
      await messages(bench, line, ours, bare)
      await tickToOrder(bench, line, ours, bare)
    } finally {
      await ours.close()
      await bare.close()
      line.close()
    }
  },
}

async function messages(bench: Bench, line: Line, ours: Bare, bare: Bare): Promise<void> {
  const frames = bench.sized(100_000, 10_000)
  const rate = async (to: 'ours' | 'bare', client: Bare) => {
    const goal = client.messages() + frames
    const from = await line.send({ to, do: 'blast', frames, at: AT })
    while (client.messages() < goal) await pause(1)
    return (frames * 1e9) / Number(process.hrtime.bigint() - from)
  }
  await bench.compare({
    name: 'wire: live client, frames of 667 bytes',
    goal: 'P13',
    unit: 'messages/s',
    ours: () => rate('ours', ours),
    reference: { name: 'ws + JSON.parse of the same frames', run: () => rate('bare', bare) },
    gate: '>= 3',
    rounds: bench.sized(7, 3),
  })
}

async function tickToOrder(bench: Bench, line: Line, ours: Bare, bare: Bare): Promise<void> {
  let turn = 0
  const one = async (to: 'ours' | 'bare'): Promise<number> => {
    await pause(ORDER_PAUSE_MS)
    const ordered = line.nextOrder()
    const symbol = SYMBOLS[turn++ % SYMBOLS.length] as string
    const from = await line.send({ to, do: 'tick', symbol, price: STOP_PRICE, at: AT, before: TICKS_BEFORE })
    return Number((await ordered) - from) / 1_000
  }
  ours.orderBelow(STOP_PRICE + 1)
  bare.orderBelow(STOP_PRICE + 1)
  await bench.compare({
    name: 'wire: tick in to order out over HTTP, nothing decided or written, p50',
    goal: 'P14',
    unit: 'us',
    ours: () => one('ours'),
    reference: { name: 'ws + JSON.parse + undici.Pool', run: () => one('bare') },
    gate: '<= 0.85',
    rounds: bench.sized(1_000, 60),
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
