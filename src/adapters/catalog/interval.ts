import { refuse } from './trouble.ts'

type Unit = 't' | 's' | 'm' | 'h' | 'd' | 'w' | 'mo'

/** How long a bar is. `t` counts trades and has no length in time. */
export interface Interval {
  readonly count: number
  readonly unit: Unit
}

const LENGTH_MS: Readonly<Partial<Record<Unit, number>>> = { s: 1000, m: 60_000, h: 3_600_000 }

/** `1d`, `5m`, `30t`, `1w`, `1mo`. Errors: a `CatalogTrouble` that says how it is written. */
export function parseInterval(written: string): Interval {
  const match = /^([1-9]\d{0,3})(t|s|mo|m|h|d|w)$/.exec(written)
  if (!match)
    return refuse(
      'options',
      `봉 길이 '${written}'을(를) 모릅니다: 1d, 5m, 1h, 30t(30틱), 1w, 1mo 처럼 씁니다`,
      `'${written}' is no interval: write 1d, 5m, 1h, 30t (30 trades), 1w or 1mo`,
    )
  return { count: Number(match[1]), unit: match[2] as Unit }
}

/** Milliseconds of a bar within the day; `undefined` for days and longer, and for bars of so many trades. */
export function lengthMs({ count, unit }: Interval): number | undefined {
  const each = LENGTH_MS[unit]
  return each === undefined ? undefined : each * count
}

/** Bars that are named by a date rather than by an instant. */
export const isDated = ({ unit }: Interval): boolean => unit === 'd' || unit === 'w' || unit === 'mo'
