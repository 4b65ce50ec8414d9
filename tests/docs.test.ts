import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const pages = [
  ...['README.md', 'README.ko.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** The anchor GitHub gives a heading: lower case, punctuation dropped, spaces to hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))

function brokenLinks(page: string): string[] {
  const file = join(root, page)
  return [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      if (!existsSync(target)) return true
      return anchor !== undefined && !anchorsOf(target).includes(decodeURIComponent(anchor))
    })
}

describe('the documentation', () => {
  it.each(pages)('has no broken link in %s', (page) => {
    expect(brokenLinks(page)).toEqual([])
  })

  it('names only commands that exist', () => {
    const commands = readdirSync(join(root, 'src/apps/commands'))
      .filter((name) => !name.includes('.test.'))
      .map((name) => name.replace('.ts', ''))
    for (const page of pages)
      for (const [, name] of readFileSync(join(root, page), 'utf8').matchAll(/(?:^|`)garam ([a-z]+)/gm))
        expect(commands, `${page}: garam ${name}`).toContain(name)
  })

  it('gives every feature of the README a page', () => {
    for (const page of ['README.md', 'README.ko.md']) {
      const rows = readFileSync(join(root, page), 'utf8').match(/^\| [^|]+ \| [^|]+ \| .+ \|$/gm) ?? []
      expect(rows.length).toBeGreaterThan(10)
      for (const row of rows.filter((each) => !/^\| *(---)? *\|/.test(each) && !each.includes('---')))
        expect(row).toMatch(/\]\([^)]+\) \|$/)
    }
  })
})
