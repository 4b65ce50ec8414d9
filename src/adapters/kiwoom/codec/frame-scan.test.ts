import { fc, it as prop } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { MarketEvent } from '../../../model/market-event.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import { marketEvent } from '../map.ts'
import { realEvents } from '../wire.ts'
import { MOST_BYTES } from './bytes.ts'
import { createFrameScanner } from './frame-scan.ts'
import { createStamper } from './stamper.ts'

const DAY = tradingDay('2026-11-20')
const NOW = kstInstant(DAY, timeOfDay('10:05:04'))
const stamper = createStamper(createVirtualClock(NOW))
const scanner = createFrameScanner(stamper)

const scan = (frame: string | Buffer): MarketEvent[] | undefined => {
  const heard: MarketEvent[] = []
  const taken = scanner.scan(Buffer.from(frame), (event) => heard.push(event))
  if (!taken) expect(heard).toEqual([])
  return taken ? heard : undefined
}

const parse = (text: string): MarketEvent[] =>
  realEvents(JSON.parse(text)).events.flatMap((event) => marketEvent(event, stamper) ?? [])

/** The frames of wire reference §15.3 and §15.4, shortened. */
const TRADE =
  '{"trnm":"REAL","data":[{"type":"0B","name":"주식체결","item":"005930","values":{"20":"100503","10":"+71500","11":"+500","12":"+0.70","27":"+71500","28":"+71400","15":"-12","13":"8123456","228":"104.22","290":"2","851":"","9081":"KRX"}}]}'
const BOOK =
  '{"data":[{"values":{"21":"100503","41":"+71500","61":"18317","81":"0","51":"-71400","71":"19221","122":"+188","23":"0","24":"0","291":"71450","292":"1204"},"type":"0D","name":"주식호가잔량","item":"005930_AL"}],"trnm":"REAL"}'

describe('the fast path', () => {
  it('reads a trade with its aggressor', () =>
    expect(scan(TRADE)).toEqual([
      {
        kind: 'trade',
        at: kstInstant(DAY, timeOfDay('10:05:03')),
        receivedAt: NOW,
        instrument: '005930',
        venue: 'KRX',
        price: 71_500,
        quantity: 12,
        aggressor: 'sell',
        bid: 71_400,
        ask: 71_500,
        dayVolume: 8_123_456,
      },
    ]))

  it('reads a book whose values come before its type', () =>
    expect(scan(BOOK)).toEqual([
      {
        kind: 'quote',
        at: kstInstant(DAY, timeOfDay('10:05:03')),
        receivedAt: NOW,
        instrument: '005930',
        // Registered as `_AL`: the books of both venues together.
        venue: 'SOR',
        bid: 71_400,
        bidQuantity: 19_221,
        ask: 71_500,
        askQuantity: 18_317,
        expectedPrice: 71_450,
        expectedQuantity: 1_204,
      },
    ]))

  it.each([
    ['another type', TRADE.replace('"0B"', '"0H"')],
    ['an escape', TRADE.replace('주식체결', '\\uc8fc')],
    ['a number where text belongs', TRADE.replace('"+71500"', '71500')],
    ['a decimal price', TRADE.replace('"+71500"', '"71500.5"')],
    ['a field that is an object', TRADE.replace('"104.22"', '{"a":"1"}')],
    ['an unreadable code', TRADE.replace('"005930"', '"00593"')],
    ['a cut frame', TRADE.slice(0, -20)],
    ['something behind the frame', `${TRADE} x`],
    ['another trnm', TRADE.replace('REAL', 'REG')],
    ['a missing price', TRADE.replace('"10":"+71500",', '')],
    ['a second data list', TRADE.replace('"trnm":"REAL"', '"trnm":"REAL","data":[]')],
    ['a frame without data', '{"trnm":"REAL"}'],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['a trade without its exchange', TRADE.replace(',"9081":"KRX"', '')],
    ['a book without its expectation', BOOK.replace('"23":"0","24":"0",', '')],
    ['a space between two fields', TRADE.replace('","10"', '", "10"')],
    ['a name of another spelling', TRADE.replace('주식체결', '체결')],
    ['a time that is no time', TRADE.replace('"100503"', '"1"')],
    ['a time of seven digits', TRADE.replace('"100503"', '"1005030"')],
    ['a price said twice', TRADE.replace('"11":"+500"', '"10":"+71400"')],
    ['a zero before a field', TRADE.replace('"10":', '"010":')],
  ])('leaves %s to the careful path and gives out nothing', (_, text) => expect(scan(text)).toBeUndefined())

  it('gives out nothing of a batch whose second part is broken', () =>
    expect(
      scan(TRADE.replace('}}]}', '}},{"type":"0B","item":"005930","values":{"10":"x","15":"1"}}]}')),
    ).toBeUndefined())

  it('never reads on into what an older frame left behind', () => {
    for (const text of [TRADE, BOOK]) {
      for (let length = 1; length < text.length - 1; length++) {
        expect(scan(text)).toHaveLength(1)
        expect(scan(`${text.slice(0, length)}}`)).toBeUndefined()
      }
    }
  })

  it('takes a batch as long as its memory and leaves a longer one to the careful path', () => {
    const event = TRADE.slice(TRADE.indexOf('[') + 1, -2)
    const batch = (events: number) => `{"trnm":"REAL","data":[${Array(events).fill(event).join(',')}]}`
    const most = Math.floor((MOST_BYTES - 24) / (Buffer.byteLength(event) + 1))
    expect(scan(batch(most))).toHaveLength(most)
    expect(scan(batch(most + 1))).toBeUndefined()
  })

  it('tells apart the items that share a place', () => {
    const codes = Array.from({ length: 3_000 }, (_, i) => String(100_000 + i))
    for (const code of codes)
      expect(scan(TRADE.replace('005930', code))).toMatchObject([{ instrument: code }])
    expect(scan(TRADE.replace('005930', '100000'))).toMatchObject([{ instrument: '100000' }])
  })

  it('drops a frame without a print but counts it as understood', () =>
    expect(scan(TRADE.replace('"-12"', '" 0"'))).toEqual([]))
})

const digits = fc.integer({ min: 0, max: 9_999_999 }).map(String)
const number = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.tuple(fc.constantFrom('', '+', '-', '--', ' '), digits).map(([sign, text]) => sign + text),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '-0',
      '0012',
      '12.5',
      '. 950',
      'abc',
      '+',
      '99999999999999999999',
      '7 ',
      '}',
      '}1',
      '1}',
      '1,000',
      '{',
      ':',
    ),
  },
)
const clockTime = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''))
const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: rare })
const time = mostly(clockTime, fc.constantFrom('', '888888', '1005', '24:00:00', '1'))
const value = (key: string) =>
  key === '20' || key === '21' ? time : key === '9081' ? fc.constantFrom('KRX', 'NXT', '1', '2', '') : number
/** Fields as the server orders them, with some that nobody reads between. */
const KINDS = [
  {
    type: '0B',
    name: '주식체결',
    fids: ['20', '10', '11', '27', '28', '15', '13', '128', '6044', '9081'],
  },
  {
    type: '0D',
    name: '주식호가잔량',
    fids: ['21', '41', '61', '81', '51', '71', '91', '42', '62', '52', '23', '24', '128', '291', '292', '13'],
  },
]
const FIDS = [...new Set(KINDS.flatMap(({ fids }) => fids))]
const keys = (usual: string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 3, arbitrary: fc.shuffledSubarray(usual, { minLength: usual.length }) },
    { weight: 1, arbitrary: fc.shuffledSubarray(FIDS, { minLength: 10 }) },
  )
const values = (usual: string[]) =>
  keys(usual).chain((names) =>
    fc.tuple(...names.map((name) => value(name).map((text) => [name, text] as const))),
  )
const event = fc
  .constantFrom(...KINDS)
  .chain((kind) =>
    fc.record({
      type: mostly(fc.constant(kind.type), fc.constantFrom('0H', '00')),
      item: mostly(
        fc.constantFrom('005930', '0106J0', '005930_AL', '000660_NX', 'A005930'),
        fc.constantFrom('001', ''),
      ),
      name: mostly(fc.constant(kind.name), fc.string({ maxLength: 8 })),
      values: values(kind.fids),
      comma: mostly(fc.constant(','), fc.constantFrom(', ', ' ,', ' , ')),
      colon: mostly(fc.constant(':'), fc.constantFrom(': ', ' :')),
      bare: mostly(fc.constant(''), fc.constantFrom('10', '13', '51', '128')),
      order: mostly(
        fc.constantFrom<string[]>(['type', 'name', 'item', 'values'], ['values', 'type', 'name', 'item']),
        fc.shuffledSubarray(['type', 'item', 'name', 'values'], { minLength: 4 }),
      ),
    }),
  )
  // Written by hand: JSON.stringify would put the FIDs in rising order.
  .map((part) => {
    const fields: Record<string, string> = {
      type: JSON.stringify(part.type),
      item: JSON.stringify(part.item),
      name: JSON.stringify(part.name),
      values: `{${part.values
        .map(([key, text]) => `"${key}"${part.colon}${key === part.bare ? 71_500 : `"${text}"`}`)
        .join(part.comma)}}`,
    }
    return `{${part.order.map((name) => `"${name}":${fields[name]}`).join(',')}}`
  })
const frame = fc
  .tuple(
    fc.array(event, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
    mostly(fc.constant(''), fc.constant(' ')),
  )
  .map(([parts, trnmFirst, space]) => {
    const data = `"data":${space}[${parts.join(`,${space}`)}]`
    return trnmFirst ? `{"trnm":"REAL",${space}${data}}` : `{${data},${space}"trnm":"REAL"}`
  })

describe('fast path and JSON.parse', () => {
  it('say the same of every frame the fast path takes, and it takes many', () => {
    let taken = 0
    void fc.assert(
      fc.property(frame, (text) => {
        const fast = scan(text)
        if (!fast) return
        taken++
        expect(fast).toEqual(parse(text))
      }),
      { numRuns: 3_000 },
    )
    expect(taken).toBeGreaterThan(500)
  })

  prop.prop([fc.string({ unit: 'grapheme', maxLength: 60 })])(
    'agree to leave arbitrary text alone',
    (text) => {
      expect(scan(text)).toBeUndefined()
    },
  )

  it('meet on the frames of every day, which are fast', () => {
    for (const text of [TRADE, BOOK]) expect(scan(text)).toEqual(parse(text))
  })
})

/** A whole frame as the server writes it, with thirty fields nobody reads. */
const LONG_TRADE =
  '{"data":[{"values":{"20":"115618","10":"-257750","11":"-11250","12":"-4.18","27":"-258000","28":"-257500","15":"-19","13":"7198927","14":"1860588","16":"-258000","17":"-261000","18":"-257000","25":"5","26":"-15318148","29":"-4167722708811","30":"-31.97","31":"0.12","32":"595","228":"89.62","311":"15068783","290":"2","691":"0","567":"000000","568":"000000","851":"10379","1890":"090016","1891":"053039","1892":"114556","1030":"3645181","1031":"3266718","1032":"-47.26","1316":" 0","1314":"-19","852":"1035","9081":"KRX"},"type":"0B","name":"주식체결","item":"005930"}],"trnm":"REAL"}'
const LONG_BOOK =
  '{"trnm":"REAL","data":[{"type":"0D","name":"주식호가잔량","item":"005930","values":{"21":"115618","41":"-258000","61":"18317","81":"0","51":"-257500","71":"19221","91":"-4","42":"-258500","62":"9120","82":"+3","52":"-257000","72":"8800","92":"0","121":"188317","122":"+188","125":"192210","126":"-20","23":"0","24":"0","128":"+904","129":"104.93","291":"257750","292":"1204","293":"5","294":"-11250","13":"7198927","215":"2","216":""}}]}'
const BEST =
  '{"trnm":"REAL","data":[{"type":"0C","name":"주식우선호가","item":"005930","values":{"27":"-258000","28":"-257500"}}]}'

describe('what the fast path leaps over', () => {
  it.each([LONG_TRADE, LONG_BOOK])('does not change what it says: %#', (text) => {
    expect(scan(text)).toEqual(parse(text))
    expect(scan(text)).toHaveLength(1)
  })

  it.each([
    ['a book', LONG_TRADE.replace('"0B","name":"주식체결"', '"0D","name":"주식호가잔량"')],
    [
      'a book with its fields behind those of a trade',
      LONG_TRADE.replace('"0B","name":"주식체결"', '"0D","name":"주식호가잔량"').replace(
        '"14":"1860588"',
        '"21":"115618","41":"258000","61":"5","51":"257500","71":"7","23":"0","24":"0","291":"0","292":"0"',
      ),
    ],
    [
      'a trade with its fields behind those of a book',
      LONG_BOOK.replace('"0D","name":"주식호가잔량"', '"0B","name":"주식체결"').replace(
        '"293":"5"',
        '"20":"115618","10":"258000","15":"5","27":"258000","28":"257500","9081":"KRX"',
      ),
    ],
  ])('does not hide what is missed in an event that calls itself %s', (_, text) =>
    expect(scan(text)).toBeUndefined(),
  )

  const book = fc
    .tuple(fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 40 }), fc.nat(1_000_000), fc.boolean())
    .map(([lower, expected, isFirst]) => {
      const steps = lower.map((quantity, i) => `"${600 + i}":"${quantity}"`).join(',')
      const auction = `"23":"0","24":"0","291":"${expected}","292":"${expected}"`
      const rest = isFirst ? `${auction},${steps}` : `${steps},${auction}`
      return `{"trnm":"REAL","data":[{"type":"0D","name":"주식호가잔량","item":"005930","values":{"21":"115618","41":"-258000","61":"18317","51":"-257500","71":"19221",${rest}}}]}`
    })

  prop.prop([fc.array(book, { minLength: 2, maxLength: 5 })])(
    'may be as long as it likes, other than in the book before',
    (books) => {
      for (const text of books) expect(scan(text)).toEqual(parse(text))
    },
  )

  it('is a whole frame of best quotes', () => expect(scan(BEST)).toEqual([]))

  it.each([
    ['a brace inside a text', LONG_TRADE.replace('"1035"', '"10}35"')],
    ['a text that is a brace', LONG_BOOK.replace('"+188"', '"}"')],
    ['an escape', LONG_TRADE.replace('"1035"', '"\\u0031"')],
    ['an expectation that is no text', LONG_BOOK.replace('"257750"', '257750')],
    ['an expectation of another spelling', LONG_BOOK.replace('"291":"', '"291" : "')],
    ['an expectation that is no number', LONG_BOOK.replace('"257750"', '"25.5"')],
  ])('goes to the careful path with %s', (_, text) => expect(scan(text)).toBeUndefined())

  it('says of an exchange that does not stand last what it is', () =>
    expect(
      scan(LONG_TRADE.replace(',"9081":"KRX"', '').replace('{"20"', '{"9081":"NXT","20"')),
    ).toMatchObject([{ venue: 'NXT' }]))

  const spoiled = fc
    .tuple(
      fc.constantFrom(LONG_TRADE, LONG_BOOK, TRADE, BOOK),
      fc.array(fc.tuple(fc.nat(2_000), fc.integer({ min: 32, max: 126 })), { minLength: 1, maxLength: 3 }),
      mostly(fc.constant(2_000), fc.nat(600)),
    )
    .map(([text, changes, cut]) => {
      const bytes = Buffer.from(text)
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte
      return bytes.subarray(0, cut)
    })

  it('can be damaged without harm: a spoiled frame is understood as JSON.parse does, or gives sound numbers', () => {
    let taken = 0
    void fc.assert(
      fc.property(spoiled, (bytes) => {
        const events = scan(bytes)
        if (!events) return
        taken++
        for (const event of events) expect(isSound(event)).toBe(true)
        const text = bytes.toString()
        // Of a field said twice the careful path takes the last one, the fast path the one in its usual place.
        if (isJson(text) && !saysTwice(text)) expect(events).toEqual(parse(text))
      }),
      { numRuns: 7_000 },
    )
    expect(taken).toBeGreaterThan(1_000)
  })
})

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const saysTwice = (text: string): boolean => {
  const names = text.match(/"[^"]*"(?=:)/g) ?? []
  return new Set(names).size < names.length
}

const isSound = (event: MarketEvent): boolean =>
  Object.values(event).every((part) => typeof part !== 'number' || (Number.isSafeInteger(part) && part >= 0))
