import { InvalidArgumentError, Option } from 'commander'
import { type ParameterSpace, readSpace } from '../../lab/optimise/parameter-space.ts'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import { refuse } from '../io.ts'

/** What is turned and what is fixed, as it was written; '' is the strategy's own range. */
export type Turned = Readonly<Record<string, string>>

export const turnedOption = (): Option =>
  new Option(
    '-p, --param <key=values>',
    '바꿀 값 (여러 번): fast=5..50:5, fast=5,10,20, x=0.1..0.5, 이름만 쓰면 전략의 범위, fast=10 이면 고정 · what to turn, as often as needed; a name alone takes the range of the strategy, one value fixes it',
  )
    .argParser(turned)
    .default({})

function turned(text: string, before: Turned): Turned {
  const at = text.indexOf('=')
  const key = (at < 0 ? text : text.slice(0, at)).trim()
  const values = at < 0 ? '' : text.slice(at + 1)
  if (key === '' || (at >= 0 && values.trim() === ''))
    throw new InvalidArgumentError('fast=5..50:5 처럼 씁니다 / written fast=5..50:5')
  if (Object.hasOwn(before, key))
    throw new InvalidArgumentError(`${key} 이(가) 두 번 있습니다 / ${key} is given twice`)
  return { ...before, [key]: values }
}

/** Refuses what the strategy does not take, every fault at once. */
export function readTurned(schema: ParameterSchema, written: Turned): ParameterSpace {
  const read = readSpace(schema, written)
  if (read.ok) return read.value
  return refuse(read.error.map(({ ko }) => ko).join('\n'), read.error.map(({ en }) => en).join('\n'))
}
