import type {
  ConditionChecked,
  ConditionProblem,
  TokenRole,
  VocabularyEntry,
} from '../../../contract/conditions.ts'

/** A stretch of the text that looks alike. */
export interface Span {
  readonly from: number
  readonly text: string
  readonly role: TokenRole | 'plain'
  readonly isWrong: boolean
}

/**
 * The text in pieces for the layer behind the letters. The answer may be of a text before this one: what was the same from the
 * beginning on keeps its colours until the next answer.
 */
export function spansOf(
  text: string,
  checked: Pick<ConditionChecked, 'tokens' | 'problems'> | undefined,
  of: string,
): readonly Span[] {
  const known = sameUntil(text, of)
  const tokens = (checked?.tokens ?? []).filter(({ to }) => to <= known)
  const problems = text === of ? (checked?.problems ?? []) : []
  const cuts = new Set([0, text.length])
  for (const { from, to } of [...tokens, ...problems]) cuts.add(from).add(Math.min(to, text.length))
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? text.length
    const token = tokens.find((each) => each.from <= from && to <= each.to)
    const isWrong = problems.some((each) => each.from <= from && to <= each.to)
    return { from, text: text.slice(from, to), role: token?.role ?? 'plain', isWrong }
  })
}

function sameUntil(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

/** The text with what may have been meant in place of the marked piece. */
export const withSuggestion = (text: string, { from, to, suggestion }: ConditionProblem): string =>
  suggestion === undefined ? text : text.slice(0, from) + suggestion + text.slice(to)

/** The word that is being written: letters up to the caret. */
export const wordAt = (text: string, caret: number): string =>
  /[\p{L}_%][\p{L}\p{N}_%]*$/u.exec(text.slice(0, caret))?.[0] ?? ''

const HANGUL = /[ㄱ-ㅎㅏ-ㅣ가-힣]/
const MOST_OFFERED = 8

/** What may be meant by the word before the caret, best first; words that begin with it before those that hold it. */
export function completionsOf(entries: readonly VocabularyEntry[], word: string): readonly VocabularyEntry[] {
  if (word === '') return []
  const wanted = word.toLowerCase()
  const spellings = (entry: VocabularyEntry) =>
    [entry.ko, entry.en, ...entry.also].map((each) => each.toLowerCase())
  const begins = entries.filter((entry) => spellings(entry).some((each) => each.startsWith(wanted)))
  const holds = entries.filter(
    (entry) =>
      wanted.length > 1 && !begins.includes(entry) && spellings(entry).some((each) => each.includes(wanted)),
  )
  const isWhole =
    begins.length === 1 &&
    spellings(begins[0] as VocabularyEntry).includes(wanted) &&
    !begins[0]?.insert.ko.includes('(')
  return isWhole ? [] : [...begins, ...holds].slice(0, MOST_OFFERED)
}

/** The text with the word before the caret completed, and where the caret goes: into the brackets, if there are some. */
export function completed(
  text: string,
  caret: number,
  { insert }: VocabularyEntry,
): { readonly text: string; readonly caret: number } {
  const word = wordAt(text, caret)
  const written = HANGUL.test(word) ? insert.ko : insert.en
  const begin = caret - word.length
  const inside = written.indexOf('(')
  return {
    text: text.slice(0, begin) + written + text.slice(caret),
    caret: begin + (inside < 0 ? written.length : inside + 1),
  }
}
