const DAY_SECONDS = 86_400

/** The same value with a field more in every object: what a new version of the interface brings overnight. */
export function withExtraFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withExtraFields)
  if (!isObject(value)) return value
  const grown = Object.entries(value).map(([name, each]) => [name, withExtraFields(each)] as const)
  return { ...Object.fromEntries(grown), new_field: '000000000000001', 99999: 'new' }
}

/** The same value without these fields, at any depth. */
export function withoutFields(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutFields(each, names))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.includes(name))
      .map(([name, each]) => [name, withoutFields(each, names)]),
  )
}

/** Fields that hold a time of day: FIDs 20, 21 and 908, and the REST names that end in `tm`. */
const TIMES = /^(20|21|908|tm|.*_tm)$/

/** Every time of day, shifted by so many milliseconds; `HHMMSS`, `HH:MM:SS` and `YYYYMMDDHHMMSS` keep their form. */
export function withSkewedTimes(value: unknown, ms: number): unknown {
  if (Array.isArray(value)) return value.map((each) => withSkewedTimes(each, ms))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      typeof each === 'string' && TIMES.test(name) ? skewed(each, ms) : withSkewedTimes(each, ms),
    ]),
  )
}

function skewed(text: string, ms: number): string {
  const parts = /^(\d{8})?(\d\d)(:?)(\d\d)\3(\d\d)$/.exec(text)
  if (!parts) return text
  const [, day = '', hours, colon = '', minutes, seconds] = parts
  const was = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  const now = (((was + Math.round(ms / 1_000)) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0')
  return `${day}${[two(now / 3_600), two((now / 60) % 60), two(now % 60)].join(colon)}`
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
