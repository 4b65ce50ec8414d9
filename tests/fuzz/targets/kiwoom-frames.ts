import { createFrameScanner } from '../../../src/adapters/kiwoom/codec/frame-scan.ts'
import { createStamper } from '../../../src/adapters/kiwoom/codec/stamper.ts'
import { parseObject } from '../../../src/adapters/kiwoom/errors.ts'
import { readFill } from '../../../src/adapters/kiwoom/fills.ts'
import { bookOf, marketEvent, screenChange } from '../../../src/adapters/kiwoom/map.ts'
import { orderFrame } from '../../../src/adapters/kiwoom/map-orders.ts'
import { realEvents } from '../../../src/adapters/kiwoom/wire.ts'
import type { MarketEvent } from '../../../src/model/market-event.ts'
import { kstInstant, timeOfDay } from '../../../src/model/time.ts'
import { createVirtualClock } from '../../../src/std/virtual-clock.ts'
import { bytesOf, jsonSample, type Sample } from '../mutate.ts'
import { bookFault, codeFault, type Day, fillFault, marketEventFault, orderFrameFault } from '../ranges.ts'
import { DAY, recordedMorning } from '../recorded.ts'
import { type Judge, type Target, wrong } from '../target.ts'

export const FUZZ_DAY: Day = {
  from: kstInstant(DAY, timeOfDay('00:00')),
  now: kstInstant(DAY, timeOfDay('10:05:04')),
}

/** A frame as the adapter decodes it: the scanner where it understands it, else JSON. Follow `line.ts` here. */
function createDecoder() {
  const stamper = createStamper(createVirtualClock(FUZZ_DAY.now))
  const scanner = createFrameScanner(stamper)
  return {
    /** `undefined`: the scanner leaves it to the careful path. */
    quickly: (bytes: Buffer): readonly MarketEvent[] | undefined => {
      const events: MarketEvent[] = []
      return scanner.scan(bytes, (event) => events.push(event)) ? events : undefined
    },
    /** `undefined`: no object of JSON. */
    carefully: (bytes: Buffer) => {
      const frame = parseObject(Buffer.from(bytes).toString())
      if (!frame) return undefined
      const { events } = realEvents(frame)
      return {
        heard: events.length,
        market: events.flatMap((event) => marketEvent(event, stamper) ?? []),
        books: events.flatMap((event) => (event.type === '0D' ? (bookOf(event, stamper) ?? []) : [])),
        orders: events.flatMap((event) => (event.type === '00' ? (orderFrame(event) ?? []) : [])),
        screens: events.flatMap((event) => (event.type === '02' ? (screenChange(event) ?? []) : [])),
      }
    },
  }
}

/** Whether an object of this JSON has a key twice: of such the quick path may take another one than the last. */
function saysTwice(text: string): boolean {
  let keys = 0
  JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      keys += Object.keys(value).length
    return value
  })
  return (text.match(/"\s*:/g)?.length ?? 0) > keys
}

/**
 * Both paths see every frame: what they take is in range, and of a frame that is JSON they say the same. (The quick one
 * also takes frames that are damaged where nobody reads; `values-scan.ts` says why.)
 */
function openJudge(): Judge {
  const { quickly, carefully } = createDecoder()
  return (input) => {
    const bytes = bytesOf(input)
    const quick = quickly(bytes)
    const careful = carefully(bytes)
    for (const event of quick ?? careful?.market ?? []) {
      const fault = marketEventFault(event, FUZZ_DAY)
      if (fault !== undefined) return wrong(fault)
    }
    if (!careful) return quick ? 'accepted' : 'refused'
    if (quick && JSON.stringify(quick) !== JSON.stringify(careful.market) && !saysTwice(bytes.toString()))
      return wrong(`the two paths differ: ${JSON.stringify(quick)} and ${JSON.stringify(careful.market)}`)
    for (const book of careful.books) {
      const fault = bookFault(book, FUZZ_DAY)
      if (fault !== undefined) return wrong(fault)
    }
    for (const order of careful.orders) {
      const fault = orderFrameFault(order) ?? fillFault(readFill(order, 0, 0), order.quantity)
      if (fault !== undefined) return wrong(fault)
    }
    for (const { code } of careful.screens) {
      const fault = codeFault(code)
      if (fault !== undefined) return wrong(fault)
    }
    return careful.heard > 0 ? 'accepted' : 'refused'
  }
}

const real = (type: string, item: string, values: Record<string, string>): string =>
  JSON.stringify({ trnm: 'REAL', data: [{ type, name: '실시간', item, values }] })

/** Beside what the simulator sends. Shapes: wire reference §15; values made up. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  '0B': [
    '{"trnm":"REAL","data":[{"type":"0B","name":"주식체결","item":"005930_AL","values":{"20":"100503","10":"+71500","11":"+500","27":"+71500","28":"+71400","15":"-12","13":"8123456","9081":"2"}}]}',
  ],
  '0D': [
    '{"data":[{"values":{"21":"100503","41":"+71500","61":"18317","51":"-71400","71":"19221","23":"0","24":"0","291":"71450","292":"1204"},"type":"0D","item":"0106J0_NX"}],"trnm":"REAL"}',
  ],
  '0C': [real('0C', '005930', { '27': '+71500', '28': '+71400' })],
  '0J': [real('0J', '001', { '20': '100503', '10': '-2670.55', '11': '-3.1' })],
  '0s': [real('0s', '', { '215': '3', '20': '090000', '214': '000000' })],
  '1h': [
    real('1h', '005930', {
      '9001': 'A005930',
      '9068': '1',
      '1221': '71500',
      '1223': '100503',
      '1224': '100703',
      '1225': '정적',
    }),
  ],
  '00': [
    real('00', '005930', {
      '9203': '0000123',
      '9001': 'A005930',
      '913': '체결',
      '900': '5',
      '902': '3',
      '903': '142800',
      '904': '0000000',
      '905': '+매수',
      '907': '2',
      '908': '100502',
      '910': '71400',
      '911': '2',
      '914': '71400',
      '915': '2',
      '919': '0',
    }),
  ],
  '04': [real('04', 'A005930', { '930': '10', '931': '71400', '932': '714000', '10': '71500' })],
  '02': [real('02', '005930', { '841': '4  ', '9001': 'A005930', '843': 'I', '20': '100503', '907': '2' })],
}

export const frameSamples = (type: string): readonly Sample[] =>
  [...(BY_HAND[type] ?? []), ...(recordedMorning().frames.get(type) ?? [])].map(jsonSample)

export const FRAME_TARGETS: readonly Target[] = Object.keys(BY_HAND).map((type) => ({
  name: `frame-${type}`,
  corpus: () => frameSamples(type),
  open: openJudge,
}))
