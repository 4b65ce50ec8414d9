import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../testing/tell.ts'
import { bare } from '../testing/trees.ts'
import { parseCondition } from './condition.ts'
import { INDICATORS } from './indicator-table.ts'
import { readOutline } from './outline.ts'
import * as words from './words.ts'

const page = readFileSync(new URL('../../../../../docs/conditions-language.md', import.meta.url), 'utf8')

const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)

/** Lines without a gap between them say the same. */
const groups = blocks('condition').flatMap((text) =>
  text
    .trim()
    .split('\n\n')
    .map((group) => group.split('\n')),
)

describe('the page of the language', () => {
  it('has examples', () => {
    expect(groups.length).toBeGreaterThan(12)
    expect(groups.every((group) => group.length === 2)).toBe(true)
  })

  it.each(groups.map((group) => ({ group, first: group[0] })))(
    'says the same in both languages: $first',
    ({ group }) => {
      const [korean = '', english = ''] = group
      expect(bare(conditionOf(english))).toEqual(bare(conditionOf(korean)))
    },
  )

  it('has YAML that is read', () => {
    const [outline = ''] = blocks('yaml')
    const read = readOutline(fromYaml(outline.trimEnd().split('\n')))
    const wanted =
      'change(5m) >= 5% and volume(1m) >= 200% of average(volume(1m), 20) and ' +
      '(close crosses above ema(20) or close > highOf(day)) and not (halted or designated(administrative))'
    expect(read.ok && bare(read.value)).toEqual(bare(conditionOf(wanted)))
  })

  it('tells of each mistake what may have been meant', () => {
    const rows = [...page.matchAll(/^\| `(.+)` \| `(.+)` → `(.+)` \|$/gm)]
    expect(rows.length).toBeGreaterThan(3)
    for (const [, text = '', marked, suggestion] of rows) {
      const result = parseCondition(text)
      const told = result.ok
        ? []
        : result.error.map((each) => [text.slice(each.from, each.to), each.suggestion])
      expect(told, text).toEqual([[marked, suggestion]])
    }
  })

  it('names every word, every indicator and every output in both languages', () => {
    const tables: Readonly<Record<string, unknown>> = words
    const spellings = [
      ...Object.entries(tables).flatMap(([name, table]) =>
        name === 'PARTICLES' || name === 'DAILY_BAR_WORDS'
          ? []
          : Object.values(table as Record<string, words.Spelling>),
      ),
      ...Object.values(INDICATORS).flatMap(({ spelling, outputs }) =>
        Object.keys(outputs).length === 1 ? [spelling] : [spelling, ...Object.values(outputs)],
      ),
    ]
    const missing = spellings
      .flatMap(({ en, ko }) => [en[0], ko[0]])
      .filter((word) => word !== undefined && !page.toLowerCase().includes(word.toLowerCase()))
    expect(missing).toEqual([])
  })

  it('gives every indicator as it may be written', () => {
    const lines = page.split('\n').filter((line) => line.startsWith('|'))
    const calls = lines
      .flatMap((line) => [...line.matchAll(/`([\p{L}\d]+\([\d., ]+\))`/gu)])
      .map(([, call = '']) => call)
    expect(calls.length).toBeGreaterThan(30)
    const outputs = ['', '.선', '.상단', '.K', '.상승', '.전환선']
    for (const call of calls)
      expect(
        outputs.some((output) => parseCondition(`${call}${output} == ${call}${output}`).ok),
        call,
      ).toBe(true)
  })
})

/** The little YAML of the page: keys, lists and quoted lines. What is deeper than a line belongs to it. */
function fromYaml(lines: readonly string[]): unknown {
  const [first = '', ...rest] = lines
  const quoted = /^"(.*)"$/.exec(first.trim())
  if (quoted) return quoted[1]
  const indent = first.search(/\S/)
  if (first.trim().startsWith('- ')) {
    const starts = lines.flatMap((line, i) => (line.startsWith('- ', indent) ? [i] : []))
    return starts.map((start, n) =>
      fromYaml([lines[start]?.replace('- ', '  ') ?? '', ...lines.slice(start + 1, starts[n + 1])]),
    )
  }
  const [, key = '', value = ''] = /^\s*(\w+):\s*(.*)$/.exec(first) ?? []
  return { [key]: value === '' ? fromYaml(rest) : fromYaml([value]) }
}
