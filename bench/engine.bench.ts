import { createFrameScanner } from '../src/adapters/kiwoom/codec/frame-scan.ts'
import { createStamper } from '../src/adapters/kiwoom/codec/stamper.ts'
import { demoSettings } from '../src/apps/demo-settings.ts'
import { instrumentId } from '../src/model/ids.ts'
import { price } from '../src/model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../src/model/time.ts'
import { createVirtualClock } from '../src/std/virtual-clock.ts'
import type { TraderEvent } from '../src/trading/engine/events.ts'
import { createTrader } from '../src/trading/engine/trader.ts'
import { type Bench, type Benchmarks, cpuMicrosecondsOf } from './harness.ts'
import { SYMBOLS, tradeFrame } from './line-frames.ts'

const DAY = tradingDay('2026-11-20')
const OPEN = kstInstant(DAY, timeOfDay('09:00'))
const BASE = 10_000

/** The engine alone, without sockets and journal: what a tick costs it. */
export const engine: Benchmarks = {
  name: 'engine',
  run: async (bench) => {
    await perTick(bench)
  },
}

/** The events that begin a day with these instruments known. */
const beginning = (): TraderEvent[] => [
  {
    kind: 'opened',
    at: OPEN,
    receivedAt: OPEN,
    day: DAY,
    venue: 'KRX',
    broker: 'kiwoom',
    environment: 'simulated',
    settings: demoSettings(),
  },
  { kind: 'feed', at: OPEN, receivedAt: OPEN, state: 'live', detail: '' },
  { kind: 'session', at: OPEN, receivedAt: OPEN, venue: 'KRX', phase: 'continuous' },
  ...SYMBOLS.map((symbol): TraderEvent => {
    const id = instrumentId(symbol)
    return {
      kind: 'description',
      at: OPEN,
      receivedAt: OPEN,
      instrument: id,
      listing: { id, name: `종목${symbol}`, market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
      basePrice: price(BASE),
      last: price(BASE),
      band: { lower: price(7_000), upper: price(13_000) },
      designations: [],
      halted: false,
      marginRate: { numerator: 1, denominator: 5 },
    }
  }),
]

async function perTick(bench: Bench): Promise<void> {
  const clock = createVirtualClock(OPEN + 1_000)
  const scanner = createFrameScanner(createStamper(clock))
  const trader = createTrader()
  for (const event of beginning()) trader.on(event)
  const frames = Array.from({ length: 2_000 }, (_, i) =>
    Buffer.from(tradeFrame(SYMBOLS[i % SYMBOLS.length] as string, BASE + ((i * 7) % 9) * 10, '090001', i)),
  )
  const nsPer = (one: (frame: Buffer) => unknown) =>
    (cpuMicrosecondsOf(() => frames.forEach(one)) * 1_000) / frames.length
  await bench.compare({
    name: 'engine: its own CPU per tick, from bytes to decision',
    goal: 'P15',
    unit: 'ns/tick',
    ours: () =>
      nsPer((frame) => {
        if (!scanner.scan(frame, trader.on)) throw new Error('the fast path does not take this frame')
      }),
    reference: {
      name: 'one JSON.parse of the frame',
      run: () => nsPer((frame) => JSON.parse(frame.toString()) as unknown),
    },
    gate: '<= 0.2',
    rounds: bench.sized(201, 51),
  })
}
