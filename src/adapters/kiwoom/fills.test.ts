import { fc, it as prop } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { readFill, splitExactly } from './fills.ts'
import { type OrderFrame, orderFrame } from './map-orders.ts'
import { fillFrameOf } from './testing/frames.ts'
import { realEvents } from './wire.ts'

const frame = (...parts: Parameters<typeof fillFrameOf>): OrderFrame =>
  orderFrame(realEvents(fillFrameOf(...parts)).events[0] as never) as OrderFrame
const fills = (...steps: [number, number][]) => ({
  kind: 'fills',
  steps: steps.map(([price, quantity]) => ({ price, quantity })),
})

/** The rule of wire reference §15.1: 915, else growth of 911, else growth of 900 − 902; price 914, else 910, else Δ903. */
describe('a fill frame', () => {
  it.each([
    ['the first fill', frame(2, 71_400, 2, 5, 142_800), 0, 0, fills([71_400, 2])],
    ['the next fill', frame(3, 71_500, 5, 5, 357_300), 2, 142_800, fills([71_500, 3])],
    ['a repetition', frame(2, 71_400, 2, 5, 142_800), 2, 142_800, { kind: 'none' }],
    ['an old frame that comes late', frame(2, 71_400, 2, 10, 142_800), 5, 357_300, { kind: 'none' }],
    ['no 915: growth of 911', frame(3, 71_500, 5, 5, 357_300, { '915': '' }), 2, 142_800, fills([71_500, 3])],
    [
      'no 915 and 911, but 914: nothing to count by',
      frame(3, 71_500, 5, 5, 0, { '915': '', '911': '' }),
      2,
      142_800,
      { kind: 'none' },
    ],
    [
      'no 911: growth of 900 − 902',
      frame(3, 71_500, 5, 5, 357_300, { '911': '' }),
      2,
      142_800,
      fills([71_500, 3]),
    ],
    [
      '911 per fill, as one server has it',
      frame(2, 71_500, 4, 5, 285_800, { '911': '2' }),
      2,
      142_800,
      fills([71_500, 2]),
    ],
    ['no 914: price 910', frame(2, 71_400, 2, 5, 142_800, { '914': '' }), 0, 0, fills([71_400, 2])],
    [
      'no price at all: growth of 903',
      frame(2, 0, 4, 5, 285_800, { '910': '', '914': '' }),
      2,
      142_800,
      fills([71_500, 2]),
    ],
    [
      'no price and an unknown worth',
      frame(2, 0, 4, 5, 285_800, { '910': '', '914': '' }),
      2,
      undefined,
      { kind: 'gap' },
    ],
    [
      'a missed fill in between, exact by 903',
      frame(1, 71_500, 5, 5, 357_100),
      2,
      142_800,
      fills([71_400, 2], [71_500, 1]),
    ],
    [
      'a missed fill at two prices',
      frame(1, 71_500, 5, 5, 357_101),
      2,
      142_800,
      fills([71_400, 1], [71_401, 1], [71_500, 1]),
    ],
    ['a missed fill of unknown worth', frame(1, 71_500, 5, 5, 357_100), 2, undefined, { kind: 'gap' }],
    ['a missed fill and no 903', frame(1, 71_500, 5, 5, 0), 2, 142_800, { kind: 'gap' }],
    [
      'the end of a cancelled order',
      frame(0, 71_400, 2, 5, 142_800, { '902': '0', '914': '', '915': '' }),
      2,
      142_800,
      { kind: 'none' },
    ],
    [
      'the end of a cancelled order whose fills at two prices were lost',
      frame(0, 82_100, 27, 36, 2_215_900, { '902': '0', '914': '', '915': '' }),
      0,
      0,
      fills([82_070, 17], [82_071, 10]),
    ],
    [
      'the end of a cancelled order, fills lost, worth of the others unknown',
      frame(0, 82_100, 27, 36, 2_215_900, { '902': '0', '914': '', '915': '' }),
      10,
      undefined,
      { kind: 'gap' },
    ],
    ['more than the order holds', frame(9, 71_400, 9, 5, 642_600), 0, 0, { kind: 'gap' }],
  ] as const)('is read: %s', (_, read, filled, value, expected) =>
    expect(readFill(read, filled, value)).toEqual(expected),
  )

  prop.prop([
    fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 50 }), each: fc.integer({ min: 100, max: 500_000 }) }),
      { minLength: 1, maxLength: 8 },
    ),
    fc.infiniteStream(fc.boolean()),
  ])(
    'leaves the exact number of shares and won, whatever frames are lost or doubled before the last',
    (parts, chance) => {
      const of = parts.reduce((total, part) => total + part.size, 0)
      let done = 0
      let amount = 0
      let filled = 0
      let value = 0
      for (const [i, part] of parts.entries()) {
        done += part.size
        amount += part.size * part.each
        const isLast = i === parts.length - 1
        if (!isLast && chance.next().value) continue
        for (let times = chance.next().value ? 2 : 1; times > 0; times--) {
          const reading = readFill(frame(part.size, part.each, done, of, amount), filled, value)
          if (reading.kind !== 'fills') continue
          for (const step of reading.steps) {
            filled += step.quantity
            value += step.quantity * step.price
          }
        }
      }
      expect([filled, value]).toEqual([of, amount])
    },
  )
})

describe('a worth over shares', () => {
  prop.prop([fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 500_000 }), fc.nat(999)])(
    'is split at whole prices one won apart, exactly',
    (quantity, each, extra) => {
      const value = quantity * each + (extra % quantity)
      const steps = splitExactly(value, quantity) ?? []
      expect(steps.reduce((total, step) => total + step.quantity, 0)).toBe(quantity)
      expect(steps.reduce((total, step) => total + step.quantity * step.price, 0)).toBe(value)
      for (const step of steps) expect(step.quantity).toBeGreaterThan(0)
    },
  )

  it.each([
    [0, 5],
    [-100, 5],
    [4, 5],
    [100, 0],
  ])('of %d over %d makes no sense', (value, quantity) =>
    expect(splitExactly(value, quantity)).toBeUndefined(),
  )
})
