import { createFrameScanner, type FrameScanner } from '../src/adapters/kiwoom/codec/frame-scan.ts'
import { createStamper } from '../src/adapters/kiwoom/codec/stamper.ts'
import type { MarketEvent } from '../src/model/market-event.ts'
import { createVirtualClock } from '../src/std/virtual-clock.ts'
import { type Bench, type Benchmarks, cpuMicrosecondsOf, type Gate } from './harness.ts'
import { bookFrame, SYMBOLS, shortTradeFrame, tradeFrame } from './line-frames.ts'

const TIME = '100503'
/** Many different frames: one alone would sit in the caches as no day does. */
const FRAMES = 2_000

interface Real {
  readonly data: readonly { readonly item: string; readonly values: Readonly<Record<string, string>> }[]
}

/** Bytes of one frame → our event, against what every client does: make a text of it, parse it, read some numbers. */
export const decode: Benchmarks = {
  name: 'decode',
  run: async (bench) => {
    // One for all frames, as on a line.
    const scanner = createFrameScanner(createStamper(createVirtualClock(Date.UTC(2026, 10, 20, 1, 5, 4))))
    const price = (i: number) => 10_000 + ((i * 7) % 9) * 10 - 40
    const symbol = (i: number) => SYMBOLS[i % SYMBOLS.length] as string
    const each = (frame: (i: number) => string) =>
      Array.from({ length: FRAMES }, (_, i) => Buffer.from(frame(i)))
    const short = each((i) => shortTradeFrame(symbol(i), price(i), TIME, 1_000 + i))
    const full = each((i) => tradeFrame(symbol(i), price(i), TIME, 1_000 + i))
    const books = each((i) => bookFrame(symbol(i), price(i), TIME))
    await compareFrames(bench, scanner, 'trade (0B), 25 fields', short, ['10', '15', '27', '28'], '>= 8')
    await compareFrames(bench, scanner, 'trade (0B), all 43 fields', full, ['10', '15', '27', '28'], '>= 8')
    await compareFrames(bench, scanner, 'book (0D), 10 steps a side', books, ['41', '51', '61', '71'], '>= 8')
  },
}

async function compareFrames(
  bench: Bench,
  scanner: FrameScanner,
  what: string,
  frames: readonly Buffer[],
  keys: readonly string[],
  gate: Gate,
): Promise<void> {
  let sum = 0
  const hear = (event: MarketEvent) => {
    sum += event.kind === 'trade' || event.kind === 'quote' ? event.bid : 0
  }
  const scan = (frame: Buffer) => {
    if (!scanner.scan(frame, hear)) throw new Error('the fast path does not take this frame')
  }
  const parse = (frame: Buffer) => {
    const event = (JSON.parse(frame.toString()) as Real).data[0]
    for (const key of keys) sum += Math.abs(Number(event?.values[key]))
  }
  const rate = (one: (frame: Buffer) => void, passes: number) => () =>
    (passes * frames.length * 1e6) /
    cpuMicrosecondsOf(() => {
      for (let pass = 0; pass < passes; pass++) for (const frame of frames) one(frame)
    })
  await bench.compare({
    name: `decode: ${what}, ${frames[0]?.length} bytes`,
    goal: 'P12',
    unit: 'frames/s of CPU',
    ours: rate(scan, bench.sized(10, 2)),
    reference: { name: 'toString + JSON.parse + 4 numbers', run: rate(parse, bench.sized(2, 1)) },
    gate,
    rounds: bench.sized(25, 9),
  })
  if (sum === 0) throw new Error('nothing was decoded')
}
