import type { Quote, Trade } from '../../model/market-event.ts'
import type { TraderEvent } from './events.ts'

/**
 * An event as the journal keeps it. Ticks are most of the day, so they are written by hand; the text is the same
 * as `JSON.stringify` gives for an object with these keys, and `JSON.parse` reads all of them back.
 * Instrument codes and names are plain letters and digits, which need no escaping.
 */
export function eventJson(event: TraderEvent): string {
  if (event.kind === 'trade') return tradeJson(event)
  if (event.kind === 'quote') return quoteJson(event)
  return JSON.stringify(event)
}

const tradeJson = (t: Trade): string =>
  `{"kind":"trade","instrument":"${t.instrument}","venue":"${t.venue}","price":${t.price},"quantity":${t.quantity}${
    t.aggressor === undefined ? '' : `,"aggressor":"${t.aggressor}"`
  },"bid":${t.bid},"ask":${t.ask},"dayVolume":${t.dayVolume},"at":${t.at},"receivedAt":${t.receivedAt}}`

const quoteJson = (q: Quote): string => {
  const plain = `{"kind":"quote","instrument":"${q.instrument}","venue":"${q.venue}","bid":${q.bid},"bidQuantity":${q.bidQuantity},"ask":${q.ask},"askQuantity":${q.askQuantity},"expectedPrice":${q.expectedPrice},"expectedQuantity":${q.expectedQuantity}`
  const last = q.last === undefined ? '' : `,"last":${q.last}`
  const asked = q.askedAt === undefined ? '' : `,"askedAt":${q.askedAt}`
  return `${plain}${last},"at":${q.at},"receivedAt":${q.receivedAt}${asked}}`
}
