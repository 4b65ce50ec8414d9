import { describe, expect, it } from 'vitest'
import { candleChart, histogram, lineChart } from './charts.ts'
import { whole } from './format.ts'

const days = (count: number) =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10))

const pointsOf = (svg: string, kind: string): readonly (readonly [number, number])[] =>
  (new RegExp(`class="${kind}" points="([^"]*)"`).exec(svg)?.[1] ?? '')
    .split(' ')
    .map((pair) => pair.split(',').map(Number) as unknown as readonly [number, number])

describe('a line chart', () => {
  it('draws higher values higher up, over the whole width', () => {
    const svg = lineChart([{ name: 'a', values: [1, 3, 2], kind: 'ours' }], {
      height: 100,
      labels: days(3),
      format: whole,
    })
    const points = pointsOf(svg, 'ours')
    expect(points.map(([x]) => x)).toEqual([72, 510, 948])
    const [first, second, third] = points.map(([, y]) => y) as [number, number, number]
    expect(second).toBeLessThan(third)
    expect(third).toBeLessThan(first)
  })

  it('keeps the lowest and the highest of many points', () => {
    const values = Float64Array.from({ length: 50_000 }, (_, i) => Math.sin(i / 500))
    values[31_415] = 9
    values[27_182] = -9
    const svg = lineChart([{ name: 'a', values, kind: 'ours' }], {
      height: 300,
      labels: Array.from(values, (_, i) => String(i)),
      format: whole,
    })
    const heights = pointsOf(svg, 'ours').map(([, y]) => y)
    expect(heights.length).toBeLessThan(1_300)
    expect(Math.min(...heights)).toBeCloseTo(12)
    expect(Math.max(...heights)).toBeCloseTo(274)
  })

  it('names years on a long axis and days on a short one', () => {
    const labelled = (count: number) =>
      lineChart([{ name: 'a', values: new Array(count).fill(1), kind: 'ours' }], {
        height: 100,
        labels: days(count),
        format: whole,
      })
    expect(labelled(1_500)).toMatch(/>2025</)
    expect(labelled(20)).toMatch(/>2024-01-\d\d</)
  })

  it('of fewer than two points is nothing', () => {
    expect(
      lineChart([{ name: 'a', values: [1], kind: 'ours' }], { height: 9, labels: ['x'], format: whole }),
    ).toBe('')
  })
})

describe('candles', () => {
  const candles = [
    { label: '2024-01-01', open: 10, high: 12, low: 9, close: 11 },
    { label: '2024-01-02', open: 11, high: 11, low: 8, close: 9 },
  ]

  it('tell a rise from a fall and carry our trades, whatever their text', () => {
    const svg = candleChart(candles, [{ at: 1, side: 'sell', price: 9, text: '<script>"' }], {
      height: 100,
      format: whole,
    })
    expect(svg.match(/<g class="up">/g)).toHaveLength(1)
    expect(svg.match(/<g class="down">/g)).toHaveLength(1)
    expect(svg).toMatch(/<path class="sell"[^>]*><title>&lt;script&gt;&quot;<\/title>/)
  })
})

describe('a histogram', () => {
  it('counts every value once', () => {
    const svg = histogram([-2, -1, -1, 0, 1, 3, 3, 3], { height: 100, format: whole })
    const counts = [...svg.matchAll(/: (\d+)<\/title>/g)].map(([, count]) => Number(count))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8)
  })

  it('of one value is one bar', () => {
    expect(histogram([5, 5], { height: 100, format: whole })).toMatch(/: 2<\/title>/)
    expect(histogram([], { height: 100, format: whole })).toBe('')
  })
})
