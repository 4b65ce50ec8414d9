/** Where values lie on a chart, without any drawing. */

export interface Range {
  readonly low: number
  readonly high: number
}

/** On both sides of a line that never leaves zero: a percent, where it is a ratio. */
const FLAT_ROOM = 0.01

/** From the least to the greatest of all series, `include` among them; a flat line gets some room on both sides. */
export function rangeOf(
  series: readonly (readonly (number | undefined)[])[],
  include: readonly number[] = [],
): Range {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  const take = (value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value)) return
    if (value < low) low = value
    if (value > high) high = value
  }
  for (const values of series) values.forEach(take)
  include.forEach(take)
  if (low > high) return { low: 0, high: 1 }
  if (low < high) return { low, high }
  const room = Math.abs(low) * 0.01 || FLAT_ROOM
  return { low: low - room, high: high + room }
}

/** Round numbers inside of the range, about `count` of them. */
export function ticksOf({ low, high }: Range, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // Counted, not added up: 0.1 + 0.2 would print badly.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** Places of labels along the bottom: evenly, as many as there is room for, the last one among them. */
export function labelPlaces(length: number, most: number): readonly number[] {
  if (length === 0) return []
  const count = Math.min(length, Math.max(2, most))
  if (count < 2) return [0]
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)))
}

/** A path through the points; it breaks where a value is missing. */
export function pathOf(
  values: readonly (number | undefined)[],
  xOf: (place: number) => number,
  yOf: (value: number) => number,
): string {
  let isDown = false
  const parts: string[] = []
  values.forEach((value, place) => {
    if (value === undefined || !Number.isFinite(value)) {
      isDown = false
      return
    }
    parts.push(`${isDown ? 'L' : 'M'}${xOf(place).toFixed(1)} ${yOf(value).toFixed(1)}`)
    isDown = true
  })
  return parts.join('')
}

/** How strong a colour a value gets: −1 to 1 around zero, by the largest of all. */
export const strengthOf = (value: number, largest: number): number =>
  largest > 0 ? Math.max(-1, Math.min(1, value / largest)) : 0

/** 0 to 1 between the least and the greatest. */
export const shareOf = (value: number, { low, high }: Range): number =>
  high > low ? (value - low) / (high - low) : 0.5
