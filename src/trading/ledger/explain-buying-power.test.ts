import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { krw } from '../../model/money.ts'
import { type BuyingPowerQuestion, explainBuyingPower, type PartName } from './explain-buying-power.ts'

const NONE = krw(0)
const CASH = 10_000_000

const asked = (over: Partial<BuyingPowerQuestion> = {}): BuyingPowerQuestion => ({
  ours: { cash: krw(CASH), held: NONE },
  theirs: { cash: krw(CASH), buyingPower: krw(CASH) },
  heard: [],
  sent: [],
  leaving: [],
  smaller: { commissionReserve: NONE, marginRate: NONE, marketOrderMargin: NONE },
  unsettled: { bought: NONE, sold: NONE },
  unheard: { bought: NONE, sold: NONE, released: NONE },
  foreign: false,
  ...over,
})

const ours = (cash: number, held: number) => ({ cash: krw(cash), held: krw(held) })
const theirs = (cash: number, held: number) => ({ cash: krw(cash), buyingPower: krw(cash - held) })
const smaller = (name: 'commissionReserve' | 'marginRate' | 'marketOrderMargin', won: number) => ({
  ...{ commissionReserve: NONE, marginRate: NONE, marketOrderMargin: NONE },
  [name]: krw(won),
})

describe("the broker's buying power", () => {
  it.each<[string, Partial<BuyingPowerQuestion>, Partial<Record<PartName, number>>]>([
    ['equal to ours has no parts', { ours: ours(CASH, 5_000), theirs: theirs(CASH, 5_000) }, {}],
    [
      'without an order that was just sent',
      { ours: ours(CASH, 700_110), sent: [krw(700_110)], theirs: theirs(CASH, 0) },
      { holdsOnTheWire: 700_110 },
    ],
    [
      'without the newest of two orders',
      { ours: ours(CASH, 300), sent: [krw(100), krw(200)], theirs: theirs(CASH, 100) },
      { holdsOnTheWire: 200 },
    ],
    [
      'where a cancel has arrived already',
      { ours: ours(CASH, 400), leaving: [krw(400)], theirs: theirs(CASH, 0) },
      { holdsOnTheWire: 400 },
    ],
    [
      'counted before a fill that we have heard of since',
      {
        ...{ ours: ours(CASH - 690_100, 0), heard: [{ cash: krw(-690_100), held: krw(-700_110) }] },
        theirs: theirs(CASH, 700_110),
      },
      { fillsOnTheWire: -10_010 },
    ],
    [
      'counted after a fill that its holdings show and we have not heard of',
      {
        ours: ours(CASH, 700_110),
        unheard: { bought: krw(700_110), sold: NONE, released: krw(700_110) },
        theirs: theirs(CASH - 690_100, 0),
      },
      { fillsOnTheWire: 10_010 },
    ],
    [
      'with the commission counted over the whole order',
      { ours: ours(CASH, 500_080), smaller: smaller('commissionReserve', 10), theirs: theirs(CASH, 500_070) },
      { commissionReserve: 10 },
    ],
    [
      'at the margin of the issue',
      { ours: ours(CASH, 500_000), smaller: smaller('marginRate', 300_000), theirs: theirs(CASH, 200_000) },
      { marginRate: 300_000 },
    ],
    [
      'with a market order at the last price',
      { ours: ours(CASH, 130), smaller: smaller('marketOrderMargin', 30), theirs: theirs(CASH, 100) },
      { marketOrderMargin: 30 },
    ],
    [
      'without sales that are not settled',
      { unsettled: { bought: NONE, sold: krw(2_000_000) }, theirs: theirs(CASH, 2_000_000) },
      { unsettledSales: -2_000_000 },
    ],
    [
      'with buys that are not settled',
      { unsettled: { bought: krw(1_000_000), sold: NONE }, theirs: theirs(CASH, -1_000_000) },
      { unsettledBuys: 1_000_000 },
    ],
    ['less what somebody else ordered', { foreign: true, theirs: theirs(CASH, 77) }, { foreignOrders: -77 }],
    ['one won short', { theirs: theirs(CASH, 1) }, { unexplained: -1 }],
    [
      'two causes at once, and each has its name',
      {
        ...{ ours: ours(CASH, 1_000_090), sent: [krw(500_000)] },
        ...{ smaller: smaller('commissionReserve', 10), theirs: theirs(CASH, 500_080) },
      },
      { holdsOnTheWire: 500_000, commissionReserve: 10 },
    ],
    [
      'a hold that merely happens to be as large as missing cash stays unexplained',
      { ours: ours(CASH, 400), leaving: [krw(400)], theirs: theirs(CASH + 400, 400) },
      { unexplained: 400 },
    ],
  ])('%s', (_, over, parts) => {
    const explained = explainBuyingPower(asked(over))
    expect(Object.fromEntries(explained.parts.map(({ name, won }) => [name, won]))).toEqual(parts)
  })

  it('less ours is the sum of its parts, whatever comes', () => {
    const won = fc.integer({ min: -1_000, max: 1_000 }).map(krw)
    const least = fc.nat(1_000).map(krw)
    const move = fc.record({ cash: won, held: won })
    const few = { maxLength: 4 }
    const question = fc.record({
      ours: move,
      theirs: fc.record({ cash: won, buyingPower: won }),
      heard: fc.array(move, few),
      sent: fc.array(least, few),
      leaving: fc.array(least, few),
      smaller: fc.record({ commissionReserve: won, marginRate: least, marketOrderMargin: least }),
      unsettled: fc.record({ bought: least, sold: least }),
      unheard: fc.record({ bought: least, sold: least, released: least }),
      foreign: fc.boolean(),
    })
    fc.assert(
      fc.property(question, (given) => {
        const explained = explainBuyingPower(given)
        const total = explained.parts.reduce((sum, part) => sum + part.won, 0)
        expect(total).toBe(given.theirs.buyingPower - (given.ours.cash - given.ours.held))
        expect(explained.parts.every((part) => part.won !== 0)).toBe(true)
        if (given.foreign) expect(explained.parts.map(({ name }) => name)).not.toContain('unexplained')
      }),
    )
  })

  it('is explained at once even when as much as can be is on the wire', () => {
    const many = Array.from({ length: 40 }, (_, i) => krw(1_000 + i * i))
    const moves = many.map((won) => ({ cash: won, held: won }))
    const explained = explainBuyingPower(
      asked({ ...{ sent: many, leaving: many, heard: moves }, theirs: theirs(CASH, 1) }),
    )
    expect(explained.parts).toEqual([{ name: 'unexplained', won: -1 }])
  })
})
