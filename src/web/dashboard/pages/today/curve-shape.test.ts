import { describe, expect, it } from 'vitest'
import { curveShape, hourMarks, thinned, withLive } from './curve-shape.ts'

const DAY = '2026-11-20'
const at = (time: string) => Date.parse(`${DAY}T${time}+09:00`)
const point = (time: string, equity: number) => ({ at: at(time), equity })

describe('the curve of the day', () => {
  it('takes the live value in place of the one of the same ten seconds', () => {
    const points = [point('09:00:00', 100), point('09:00:12', 110)]
    expect(withLive(points, point('09:00:19', 120))).toEqual([points[0], point('09:00:19', 120)])
    expect(withLive(points, point('09:00:20', 130))).toEqual([...points, point('09:00:20', 130)])
  })

  it('does not go back in time', () => {
    const points = [point('09:00:12', 110)]
    expect(withLive(points, point('09:00:11', 90))).toBe(points)
  })

  it('is thinned to what can be drawn, first and last point kept', () => {
    const points = Array.from({ length: 2_000 }, (_, index) => ({ at: index, equity: index }))
    const few = thinned(points, 400)
    expect(few).toHaveLength(400)
    expect([few[0], few.at(-1)]).toEqual([points[0], points.at(-1)])
    expect(thinned(few, 400)).toBe(few)
  })

  it('is drawn over the session against the equity it began with', () => {
    const shape = curveShape([point('09:00:00', 1_000_000), point('15:30:00', 1_020_000)], 1_000_000, DAY)
    expect(shape?.from).toBe(at('09:00:00'))
    expect(shape?.to).toBe(at('15:30:00'))
    expect(shape?.place(point('12:15:00', 1_010_000))).toEqual({ x: 0.5, y: 0.5 })
    expect(shape?.line).toBe('M0 903.2L1000 96.8')
    expect(shape?.zeroY).toBe(903.2)
    expect(shape?.area).toBe('M0 903.2L0 903.2L1000 96.8L1000 903.2Z')
  })

  it('keeps the beginning in sight when everything since was above or below it', () => {
    const shape = curveShape([point('10:00:00', 990_000), point('10:01:00', 985_000)], 1_000_000, DAY)
    expect(shape?.high).toBe(1_000_000)
    expect(shape?.low).toBe(985_000)
    expect(shape?.zeroY).toBeLessThan(1_000 * 0.2)
  })

  it('does not make a mountain of a few won', () => {
    const shape = curveShape([point('10:00:00', 10_000_000), point('10:01:00', 10_000_100)], 10_000_000, DAY)
    const rise =
      (shape?.place(point('10:00:00', 10_000_000)).y ?? 0) -
      (shape?.place(point('10:01:00', 10_000_100)).y ?? 0)
    expect(rise).toBeLessThan(0.02)
  })

  it('reaches as far as the points do, before and after the session', () => {
    const shape = curveShape([point('08:00:00', 1), point('19:59:00', 1)], 1, DAY)
    expect([shape?.from, shape?.to]).toEqual([at('08:00:00'), at('19:59:00')])
  })

  it('is not there without points', () => {
    expect(curveShape([], 1, DAY)).toBeUndefined()
  })

  it('has a mark at each full hour', () => {
    expect(hourMarks(at('09:00:00'), at('11:30:00'))).toEqual([
      { at: at('09:00:00'), x: 0 },
      { at: at('10:00:00'), x: 0.4 },
      { at: at('11:00:00'), x: 0.8 },
    ])
  })
})
