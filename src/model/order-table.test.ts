import { describe, expect, it } from 'vitest'
import { isOpen, nextStatus, ORDER_TABLE, type OrderStatus, type OrderStep } from './order-table.ts'

const STATES = Object.keys(ORDER_TABLE) as OrderStatus[]
const cells = (state: OrderStatus) => Object.entries(ORDER_TABLE[state]) as [OrderStep, OrderStatus][]

function reachable(from: OrderStatus): Set<OrderStatus> {
  const seen = new Set<OrderStatus>([from])
  for (const state of seen) for (const [, next] of cells(state)) seen.add(next)
  return seen
}

describe('the order table', () => {
  it('leads only to states it has', () => {
    for (const state of STATES) for (const [, next] of cells(state)) expect(STATES).toContain(next)
  })

  it('reaches every state from created', () => {
    expect([...reachable('created')].sort()).toEqual([...STATES].sort())
  })

  it.each(STATES.filter(isOpen))('lets %s end', (state) => {
    expect([...reachable(state)].some((end) => !isOpen(end))).toBe(true)
  })

  it.each(STATES.filter((state) => !isOpen(state)))('never opens %s again', (state) => {
    expect([...reachable(state)].filter(isOpen)).toEqual([])
  })

  it('takes any number of fills in every state a living order can be in, and after a crossing end', () => {
    for (const state of [
      'submitted',
      'inDoubt',
      'working',
      'cancelling',
      'cancelled',
      'replaced',
      'expired',
    ] as const) {
      const afterFill = nextStatus(state, 'fill')
      expect(afterFill).toBeDefined()
      expect(nextStatus(state, 'complete')).toBe('filled')
      expect(isOpen(afterFill as OrderStatus)).toBe(isOpen(state))
    }
  })

  it('leaves inDoubt only by the word of the venue', () => {
    const ours: OrderStep[] = ['submit', 'deny', 'askCancel', 'lose', 'throttle']
    for (const step of ours) expect(nextStatus('inDoubt', step)).toBeUndefined()
  })

  it.each([
    ['created', 'submit', 'submitted'],
    ['created', 'throttle', 'unsent'],
    ['working', 'reject', 'rejected'],
    ['working', 'replace', 'replaced'],
    ['cancelling', 'refuseCancel', 'working'],
    ['inDoubt', 'absent', 'unsent'],
    ['expired', 'fill', 'expired'],
  ] as const)('takes %s by %s to %s', (state, step, next) => {
    expect(nextStatus(state, step)).toBe(next)
  })

  it.each([
    ['filled', 'fill'],
    ['denied', 'accept'],
    ['unsent', 'fill'],
    ['rejected', 'fill'],
    ['created', 'fill'],
  ] as const)('has no cell for %s and %s', (state, step) => {
    expect(nextStatus(state, step)).toBeUndefined()
  })
})
