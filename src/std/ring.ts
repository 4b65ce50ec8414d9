import { invariant } from './invariant.ts'

/** The newest `capacity` values; pushing one more drops the oldest. Index 0 is the oldest kept. */
export interface Ring<T> {
  push(value: T): void
  at(index: number): T | undefined
  readonly size: number
  toArray(): T[]
}

export function createRing<T>(capacity: number): Ring<T> {
  invariant(
    Number.isInteger(capacity) && capacity > 0,
    `ring capacity is a whole number above 0, not ${capacity}`,
  )
  const slots: T[] = []
  let head = 0
  return {
    push: (value) => {
      if (slots.length < capacity) slots.push(value)
      else {
        slots[head] = value
        head = (head + 1) % capacity
      }
    },
    at: (index) => (index < 0 || index >= slots.length ? undefined : slots[(head + index) % slots.length]),
    get size() {
      return slots.length
    },
    toArray: () => [...slots.slice(head), ...slots.slice(0, head)],
  }
}
