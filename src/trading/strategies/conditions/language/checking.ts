import { DAY_MS } from '../../../../model/time.ts'
import { scaled } from './decimal.ts'
import { quoted } from './particle.ts'
import type { Problems } from './problem.ts'
import type { NumberSyntax, Syntax } from './syntax.ts'
import type { NumberNode, NumberUnit, Place } from './tree.ts'

/** What the checks of one condition share. */
export interface Checking {
  readonly problems: Problems
  /** The text that the places count in. */
  readonly text: string
  /** Won and dollars do not meet in one condition: the first one decides. */
  currency: { unit: 'won' | 'dollar' | undefined }
}

/** What stands there. */
export const quote = ({ text }: Checking, at: Place): string => text.slice(at.from, at.to)

/** A number as a value. */
export function numberOf(checking: Checking, syntax: NumberSyntax): NumberNode | undefined {
  const { digits, suffix } = syntax.token
  if (suffix.unit === 'interval' || suffix.unit === 'bars') {
    checking.problems.add(
      'notAValue',
      syntax.at,
      `${quoted(quote(checking, syntax.at), '은', '는')} 값이 아닙니다. 봉 간격은 괄호 안에 씁니다: 종가(5분)`,
      `“${quote(checking, syntax.at)}” is not a value. An interval stands in brackets: close(5m)`,
    )
    return undefined
  }
  const unit: NumberUnit = suffix.unit === 'm' ? 'none' : suffix.unit
  if (unit === 'won' || unit === 'dollar') checkCurrency(checking, unit, syntax.at)
  const size = scaled(digits, suffix.unit === 'm' ? 6 : suffix.exponent)
  // No -0: it prints badly.
  return { kind: 'number', value: syntax.negative && size > 0 ? -size : size, unit, at: syntax.at }
}

function checkCurrency({ currency, problems }: Checking, unit: 'won' | 'dollar', at: Place): void {
  currency.unit ??= unit
  if (currency.unit === unit) return
  problems.add(
    'mixedCurrency',
    at,
    '한 조건식에 원과 달러를 함께 쓸 수 없습니다',
    'Won and dollars do not go together in one condition',
  )
}

/** Does it write an interval (`5m`, `30초`)? */
export const isInterval = (syntax: Syntax | undefined): syntax is NumberSyntax =>
  syntax?.kind === 'number' && (syntax.token.suffix.unit === 'interval' || syntax.token.suffix.unit === 'm')

const MINUTE_MS = 60_000

/** The interval in milliseconds. */
export function intervalOf(checking: Checking, syntax: Syntax): number | undefined {
  if (syntax.kind === 'broken') return undefined
  if (isInterval(syntax) && !syntax.negative) {
    const { digits, suffix } = syntax.token
    const ms = Number(digits) * (suffix.unitMs ?? MINUTE_MS)
    // Bars of one length fill a day, so that they begin at the same times every day.
    if (ms >= 1_000 && DAY_MS % ms === 0) return ms
  }
  checking.problems.add(
    'badInterval',
    syntax.at,
    `${quoted(quote(checking, syntax.at), '은', '는')} 봉 간격이 아닙니다. 하루를 나누어떨어지게 하는 길이만 됩니다: 10s 1m 5m 1h 1d (10초 1분 5분 1시간 1일)`,
    `“${quote(checking, syntax.at)}” is not an interval of bars. It divides a day: 10s 1m 5m 1h 1d`,
  )
  return undefined
}

/** A whole number from `least` to `most`, written as such (`20`, `20 bars`, `20봉`). */
export function countOf(checking: Checking, syntax: Syntax, least: number, most: number): number | undefined {
  if (syntax.kind === 'broken') return undefined
  if (syntax.kind === 'number' && !syntax.negative) {
    const { digits, suffix } = syntax.token
    const value = scaled(digits, suffix.exponent)
    const plain = suffix.unit === 'none' || suffix.unit === 'bars'
    if (plain && Number.isInteger(value) && value >= least && value <= most) return value
  }
  checking.problems.add(
    'badParameter',
    syntax.at,
    `“${quote(checking, syntax.at)}” 자리에는 ${least} 이상 ${most} 이하의 정수가 와야 합니다`,
    `“${quote(checking, syntax.at)}” should be a whole number from ${least} to ${most}`,
  )
  return undefined
}
