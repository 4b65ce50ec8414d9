import { err, ok, type Result } from '../../../../std/result.ts'
import type { Checking } from './checking.ts'
import { readText } from './condition.ts'
import { print } from './print.ts'
import { createProblems, type Problem, type Problems } from './problem.ts'
import type { ConditionNode, Place } from './tree.ts'

/**
 * A condition as an outline, as YAML or JSON give it: a line of text; a list, all of which must hold; or one of
 * `{ all: […] }`, `{ any: […] }`, `{ not: … }`.
 */
export type Outline =
  | string
  | readonly Outline[]
  | { readonly all: readonly Outline[] }
  | { readonly any: readonly Outline[] }
  | { readonly not: Outline }

/**
 * Reads an outline. The tree is that of the text with brackets around every nested list; a list of one is that one.
 *
 * In: whatever a YAML parser gave. Problems name the place in it by `path` (`all[1].any[0]`, `` for the whole) and count
 * letters inside that text. Never throws.
 */
export function readOutline(outline: unknown): Result<ConditionNode, readonly Problem[]> {
  const problems = createProblems()
  const tree = read(outline, { problems, currency: { unit: undefined }, left: MOST_LINES }, '', 0)
  return tree && problems.all.length === 0 ? ok(tree) : err(problems.all)
}

const MOST_LINES = 1_000
const DEEPEST = 60

interface Reading {
  readonly problems: Problems
  readonly currency: Checking['currency']
  /** How many more lines are read: an outline may hold itself. */
  left: number
}

function read(outline: unknown, reading: Reading, path: string, depth: number): ConditionNode | undefined {
  reading.left--
  if (reading.left < 0 || depth > DEEPEST) {
    bad(reading, path, `너무 깊거나 깁니다`, 'Too deep or too long')
    return undefined
  }
  if (typeof outline === 'string') return readText(outline, reading.problems, reading.currency, path)
  if (Array.isArray(outline)) return readList(outline, 'all', reading, path, depth)
  const entries = typeof outline === 'object' && outline !== null ? Object.entries(outline) : []
  const [[key, inner] = []] = entries
  if (entries.length === 1 && key === 'not') {
    const at = join(path, key)
    const of = read(inner, reading, at, depth + 1)
    return of && { kind: 'not', of, at: place(at) }
  }
  if (entries.length === 1 && (key === 'all' || key === 'any')) {
    if (Array.isArray(inner)) return readList(inner, key, reading, join(path, key), depth)
    bad(reading, join(path, key), `${key} 아래에는 목록이 와야 합니다`, `A list is expected under ${key}`)
    return undefined
  }
  const keys = entries.map(([each]) => each).join(', ')
  const [ko, en] = keys === '' ? ['', ''] : [` (받은 것: ${keys})`, ` (found: ${keys})`]
  bad(
    reading,
    path,
    `조건 한 줄, 목록, 또는 all, any, not 가운데 하나가 와야 합니다${ko}`,
    `Expected a line of text, a list, or one of all, any, not${en}`,
  )
  return undefined
}

function readList(
  list: readonly unknown[],
  kind: 'all' | 'any',
  reading: Reading,
  path: string,
  depth: number,
): ConditionNode | undefined {
  if (list.length === 0) bad(reading, path, '목록이 비어 있습니다', 'The list is empty')
  const of = list.map((each, i) => read(each, reading, `${path}[${i}]`, depth + 1))
  if (of.length === 0 || !of.every((each) => each !== undefined)) return undefined
  return of.length === 1 ? of[0] : { kind, of, at: place(path) }
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)
const place = (path: string): Place => ({ from: 0, to: 0, path })
const bad = ({ problems }: Reading, path: string, ko: string, en: string): void =>
  problems.add('badOutline', place(path), ko, en)

/** The outline of a tree: its lists and negations are written out, the rest are lines in that language. */
export function outlineOf(tree: ConditionNode, language: 'ko' | 'en'): Outline {
  switch (tree.kind) {
    case 'all':
      return { all: tree.of.map((each) => outlineOf(each, language)) }
    case 'any':
      return { any: tree.of.map((each) => outlineOf(each, language)) }
    case 'not':
      return { not: outlineOf(tree.of, language) }
    default:
      return print(tree, language)
  }
}
