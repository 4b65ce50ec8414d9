import { describe, expect, it } from 'vitest'
import { pdfDocument } from './pdf-document.ts'
import { reportPage } from './report.ts'
import { EVIL, input } from './testing/reported.ts'

/** Every piece of text in a document, and every drawing. */
function pieces(told: unknown): readonly { readonly text?: string; readonly svg?: string }[] {
  if (typeof told === 'string') return [{ text: told }]
  if (typeof told !== 'object' || told === null) return []
  if (Array.isArray(told)) return told.flatMap(pieces)
  return Object.entries(told).flatMap(([name, value]) =>
    name === 'svg' && typeof value === 'string'
      ? [{ svg: value }]
      : ['text', 'stack', 'ul', 'table', 'body', 'columns', 'content'].includes(name)
        ? pieces(value)
        : [],
  )
}
const textIn = (told: unknown) =>
  pieces(told)
    .map(({ text = '' }) => text)
    .join('\n')

/** What a person reads on the page, one run of text after the other; numbers inside charts are drawn. */
const wordsOf = (page: string): readonly string[] =>
  page
    .replace(/^[\s\S]*<main>|<svg[\s\S]*?<\/svg>/g, '')
    .split(/<[^>]*>/)
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.includes('&'))

describe('the document of a report', () => {
  const document = pdfDocument(input)
  const text = textIn(document.content)

  it('tells whatever the page tells', () => {
    const words = wordsOf(reportPage(input)).filter((each) => each !== 'decision hash' && each !== 'abc')
    expect(words.length).toBeGreaterThan(100)
    expect(words.filter((each) => !text.includes(each))).toEqual([])
    expect(text).toContain(EVIL)
  })

  it('draws the charts of the page in colours of their own', () => {
    const charts = pieces(document.content).flatMap(({ svg }) => svg ?? [])
    expect(charts).toHaveLength(reportPage(input).split('<svg').length - 1)
    for (const each of charts) {
      expect(each).toMatch(/^<svg [^>]*><style>\.grid{stroke:#/)
      expect(each).not.toContain('var(')
    }
  })

  it('says on each page what was played on what, and which page it is', () => {
    const { header, footer, info } = document
    if (typeof header !== 'function' || typeof footer !== 'function') throw new Error('both follow the page')
    const size = { width: 0, height: 0, orientation: 'portrait' } as const
    expect(textIn(header(2, 7, size))).toContain(`${input.title.ko} · ${input.subtitle}`)
    expect(textIn(footer(2, 7, size))).toBe('가람 Garam · decision hash abc\n2 / 7')
    expect(info?.creationDate).toEqual(new Date('2024-02-01T06:30:00.000Z'))
  })

  it('keeps short sections on one page, and lets long ones go on', () => {
    const kept = (value: string) => {
      const { content } = pdfDocument({ ...input, assumptions: [{ ko: '가', en: 'a', value }] })
      const found = Array.isArray(content)
        ? content.find((each) => textIn(each).startsWith('가정'))
        : undefined
      return typeof found === 'object' && 'unbreakable' in found
    }
    expect(kept('short')).toBe(true)
    expect(kept('long, '.repeat(1_000))).toBe(false)
  })
})
