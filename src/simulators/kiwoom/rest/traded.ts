import { type Flow, sumOf } from '../market/chance.ts'
import { institutionsOf, investorsOf } from '../market/investors.ts'
import type { Tape } from '../market/tape.ts'
import { type DayLine, daysOf, lastDays } from './days.ts'
import { textOf } from './fields.ts'
import type { Call } from './offer.ts'
import { listed } from './screening.ts'

const MILLION = 1_000_000

/** Takes one kind of investor, or several together, out of all. */
export type Pick = (flows: ReturnType<typeof investorsOf>) => Flow

/** What one kind of investor did in an instrument over some days. */
export interface Traded {
  readonly tape: Tape
  readonly lines: readonly DayLine[]
  /** Shares. */
  readonly quantity: Flow
  /** Won. */
  readonly amount: Flow
}

export function traded(tape: Tape, lines: readonly DayLine[], pick: Pick): Traded {
  const over = (total: (line: DayLine) => number) =>
    sumOf(lines.map((line) => pick(investorsOf(tape.id, line.date, total(line)))))
  return { tape, lines, quantity: over((line) => line.volume), amount: over((line) => line.value) }
}

/** `dt`: 0 today, 1 yesterday, else so many days. */
export function spanOf(call: Call, tape: Tape): readonly DayLine[] {
  const days = textOf(call.body, 'dt')
  if (days === '1') return lastDays(call, tape, 2).slice(0, 1)
  return lastDays(call, tape, Number(days) || 1)
}

export const between = (call: Call, tape: Tape): readonly DayLine[] =>
  daysOf(call, tape, textOf(call.body, 'strt_dt'), textOf(call.body, 'end_dt') || '99999999')

export const millionsOf = (won: number): number => Math.trunc(won / MILLION)

/** Everything that traded today, with what the institutions did. */
export const todays = (call: Call): readonly Traded[] =>
  listed(call)
    .filter(({ open }) => open > 0)
    .map((tape) => traded(tape, lastDays(call, tape, 1), institutionsOf))
