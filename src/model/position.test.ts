import { expect, it } from 'vitest'
import { instrumentId } from './ids.ts'
import { krw, price, quantity } from './money.ts'
import { averagePrice, gainRatio, type Position } from './position.ts'

const held: Position = {
  instrument: instrumentId('005930'),
  quantity: quantity(3),
  cost: krw(214_300),
  fees: krw(30),
  openedAt: 0,
}

it('averages the purchase price without fees', () => {
  expect(averagePrice(held)).toBeCloseTo(71_433.3333, 4)
})

it('measures the gain against the average price', () => {
  expect(gainRatio({ ...held, cost: krw(300_000) }, price(103_000))).toBeCloseTo(0.03, 12)
  expect(gainRatio({ ...held, cost: krw(300_000) }, price(97_000))).toBeCloseTo(-0.03, 12)
})
