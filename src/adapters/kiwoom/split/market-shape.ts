import type { MarketEvent } from '../../../model/market-event.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isWhole: Check = (value) => Number.isSafeInteger(value)
const isFlag: Check = (value) => typeof value === 'boolean'
const isObject: Check = (value) => typeof value === 'object' && value !== null
const isList: Check = (value) => Array.isArray(value)
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)

/** What an event of each kind has to carry. Whoever wrote it is a process of ours: this finds a wrong version, not malice. */
const SHAPES: Readonly<Record<MarketEvent['kind'], Readonly<Record<string, Check>>>> = {
  trade: {
    instrument: isText,
    venue: isText,
    price: isCount,
    quantity: isCount,
    bid: isCount,
    ask: isCount,
    dayVolume: isCount,
  },
  quote: {
    instrument: isText,
    venue: isText,
    bid: isCount,
    bidQuantity: isCount,
    ask: isCount,
    askQuantity: isCount,
    expectedPrice: isCount,
    expectedQuantity: isCount,
  },
  screen: { condition: isText, instrument: isText, change: oneOf('enter', 'leave'), initial: isFlag },
  description: {
    instrument: isText,
    listing: isObject,
    basePrice: isCount,
    last: isCount,
    designations: isList,
    halted: isFlag,
    marginRate: isObject,
  },
  descriptionFailed: { instrument: isText, code: isText, text: isText },
  vi: { instrument: isText, state: oneOf('on', 'off'), cause: isText, price: isCount },
  session: { venue: isText, phase: isText },
  index: { index: isText, value: isWhole, change: isWhole },
  feed: { state: oneOf('live', 'down'), detail: isText },
}

const isKind = (kind: unknown): kind is MarketEvent['kind'] =>
  typeof kind === 'string' && Object.hasOwn(SHAPES, kind)

export function isMarketEvent(value: unknown): value is MarketEvent {
  if (typeof value !== 'object' || value === null) return false
  const event: Readonly<Record<string, unknown>> = { ...value }
  if (!isKind(event.kind) || !isWhole(event.at) || !isWhole(event.receivedAt)) return false
  const shape = SHAPES[event.kind]
  return Object.entries(shape).every(([field, check]) => check(event[field]))
}
