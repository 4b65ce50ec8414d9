import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../src/web/dashboard', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The page a file belongs to; what stands outside of pages is everybody's. */
const pageOf = (file: string): string => /^pages\/([^/]+)\//.exec(file)?.[1] ?? 'everybody'

/** The classes that a source gives to its elements, as far as they are written at the element. */
function classesIn(source: string): ReadonlySet<string> {
  const given = [...source.matchAll(/className=("[^"]*"|\{)/g)].map(({ 0: begin, 1: value, index }) =>
    value === '{' ? expressionAt(source, index + begin.length - 1) : value,
  )
  return new Set(
    given
      .flatMap((text = '') => [...text.matchAll(/"([^"]*)"|'([^']*)'|`([^`]*)`/g)])
      .map(
        ([, plain, quoted, template]) => plain ?? quoted ?? template?.replaceAll(/\$\{[^}]*\}/g, ' ') ?? '',
      )
      .flatMap((text) => text.split(/[^\w-]+/))
      .concat(
        given.flatMap((text = '') => [...text.matchAll(/\$\{[^}]*'([\w-]+)'/g)].map(([, name = '']) => name)),
      ),
  )
}

/** From a brace to the one that closes it. */
function expressionAt(source: string, from: number): string {
  let depth = 0
  for (let at = from; at < source.length; at++) {
    if (source[at] === '{') depth++
    if (source[at] === '}' && --depth === 0) return source.slice(from, at + 1)
  }
  throw new Error('a brace is not closed')
}

const sources = files
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => ({ file, page: pageOf(file), classes: classesIn(textOf(file)) }))

/** Pages that bring this style sheet along. */
function bringersOf(css: string): ReadonlySet<string> {
  const brings = (file: string) =>
    [...textOf(file).matchAll(/import '([^']+\.css)'/g)].some(
      ([, path = '']) => normalize(join(dirname(file), path)) === css,
    )
  return new Set(sources.filter(({ file }) => brings(file)).map(({ page }) => page))
}

const selectorsOf = (css: string): readonly string[] =>
  [
    ...textOf(css)
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .matchAll(/([^{}]+)\{/g),
  ]
    .map(([, selector = '']) => selector.trim())
    .filter((selector) => !selector.startsWith('@'))
    .flatMap((selector) => selector.split(/,\s*/))

/** Whether nothing outside of these pages can be meant. */
const isOwn = (selector: string, pages: ReadonlySet<string>): boolean =>
  [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].some(([, name = '']) =>
    sources.every(({ page, classes }) => pages.has(page) || !classes.has(name)),
  )

describe('the style sheet of a page', () => {
  it('is judged by the classes that elements have', () => {
    expect([...classesIn(textOf('parts/hold-button.tsx'))]).toEqual(expect.arrayContaining(['hold', 'held']))
    expect([isOwn('.candle-box', new Set(['chart'])), isOwn('.card', new Set(['chart']))]).toEqual([
      true,
      false,
    ])
  })

  // What was loaded for one page stays while the others are looked at.
  it.each(files.filter((file) => file.startsWith('pages/') && file.endsWith('.css')))(
    '%s reaches that page alone',
    (css) => {
      const pages = bringersOf(css)
      expect(pages.size).toBeGreaterThan(0)
      expect(selectorsOf(css).filter((selector) => !isOwn(selector, pages))).toEqual([])
    },
  )
})
