import type { ExpectStatic } from 'vitest'
import type { BrokerOrder, Stage } from './stage.ts'

const NOTHING = { cash: 0, positions: 0, commission: 0, tax: 0 }

/**
 * What holds at the end of every incident. No order lives at the broker, each one of its orders is one of ours and ours
 * alone, no fill was told to people twice, and the books agree to the won without having been corrected.
 */
export async function expectUnbroken(stage: Stage, expect: ExpectStatic): Promise<void> {
  await stage.struck()
  const proof = await stage.settle()
  const orders = await stage.orders()
  const fills = await stage.fills()
  expect(fills.length).toBeGreaterThan(0)
  expect(orders.filter(({ open }) => open > 0)).toEqual([])
  expect(proof.difference).toEqual(NOTHING)
  expect(proof.corrections).toBe(0)
  // None twice. Of several that came too late for their frames the lists tell one sum, exact in shares and won.
  expect(stage.trader.view().counts.fills).toBeLessThanOrEqual(fills.length)
  expect(await stage.strangers()).toEqual([])
  expect(duplicates(orders)).toEqual([])
}

/** Two buys of one stock that are open at one moment: the trader never wants that, so one of them was sent twice. */
function duplicates(placed: readonly BrokerOrder[]): readonly string[] {
  const fresh = placed.filter(({ action, side }) => action === 'new' && side === 'buy')
  return fresh
    .filter((one, i) =>
      fresh.some(
        (other, j) =>
          j < i &&
          other.instrument === one.instrument &&
          other.enteredAt <= one.enteredAt &&
          one.enteredAt < other.updatedAt,
      ),
    )
    .map(({ ordNo }) => ordNo)
}

/** What people were told of fills, and what the broker filled: the same number, from one run of the trader. */
export const toldFills = (stage: Stage): number =>
  stage.notices.filter(({ ko }) => /(매수|매도) 체결 /.test(ko)).length

export const isUrgent = (stage: Stage, text: RegExp): boolean =>
  stage.notices.some(({ level, ko }) => level === 'urgent' && text.test(ko))
