import { MOST_PRICE } from './codec/values.ts'
import type { OrderFrame } from './map-orders.ts'

export interface FillStep {
  readonly price: number
  readonly quantity: number
}

/** `none`: nothing new was filled. `gap`: something was, but the frame does not say at what price: look at the fill list. */
export type FillReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'fills'; readonly steps: readonly FillStep[] }

/**
 * Reads a 체결 frame of an order of which `filled` shares worth `value` won are known (`undefined`: worth unknown).
 *
 * 911 is the cumulative quantity for most clients and servers, one saw it per fill; 915 is this fill; 900 − 902 is
 * cumulative until somebody cancels a part. A frame whose cumulative quantity does not grow is a repetition; one
 * with neither 914 nor 915 that ends the order is a cancel and no fill.
 * Source: wire reference §15.1.
 */
export function readFill(frame: OrderFrame, filled: number, value: number | undefined): FillReading {
  const cumulative = cumulativeOf(frame, filled, value)
  if (cumulative === undefined || cumulative <= filled) return { kind: 'none' }
  if (cumulative > frame.quantity) return { kind: 'gap' }
  const growth = cumulative - filled
  const worth = value === undefined || frame.amount === undefined ? undefined : frame.amount - value
  const price = priceOf(frame, growth, worth)
  const here = Math.min(frame.unitQuantity ?? growth, growth)
  const before = growth - here
  if (before === 0 && price !== undefined) return { kind: 'fills', steps: [{ price, quantity: growth }] }
  if (worth === undefined) return { kind: 'gap' }
  const rest = price === undefined ? worth : worth - price * here
  const steps = splitExactly(rest, price === undefined ? growth : before)
  if (!steps) return { kind: 'gap' }
  return { kind: 'fills', steps: price === undefined ? steps : [...steps, { price, quantity: here }] }
}

/**
 * The price of this fill. Without 915 the frame may speak of several fills at once, the last word on a cancelled order
 * whose fill frames were lost: 910 is then the price of the last of them, unless 903 says that it was the price of all.
 */
function priceOf(frame: OrderFrame, growth: number, worth: number | undefined): number | undefined {
  const price = frame.unitPrice ?? frame.fillPrice
  if (price === undefined || frame.unitQuantity !== undefined) return price
  return worth === price * growth ? price : undefined
}

function cumulativeOf(frame: OrderFrame, filled: number, value: number | undefined): number | undefined {
  const { unitQuantity, filled: told, open, quantity, amount } = frame
  const byOpen = open === undefined ? undefined : quantity - open
  if (told !== undefined) {
    // The per-fill reading of 911, recognised by what 902 and, where we can compare it, 903 say.
    const moved = amount === undefined || value === undefined || amount > value
    const perFill = moved && told === unitQuantity && told <= filled && byOpen === filled + told
    return perFill ? byOpen : told
  }
  // Without 911 and 915 this is the last word on a cancelled order, whose 902 is 0.
  return unitQuantity === undefined ? undefined : byOpen
}

/** `value` won over `quantity` shares at whole prices one won apart, exact in sum; `undefined` when it makes no sense. */
export function splitExactly(value: number, quantity: number): FillStep[] | undefined {
  const low = Math.floor(value / quantity)
  if (quantity <= 0 || low <= 0 || low >= MOST_PRICE) return undefined
  const high = value - low * quantity
  return [
    { price: low, quantity: quantity - high },
    { price: low + 1, quantity: high },
  ].filter((step) => step.quantity > 0)
}
