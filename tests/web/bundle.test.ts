import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from './browser.ts'

/** What somebody on a phone waits for before the day is on the screen. */
const BUDGET_BYTES = 250_000

let pages: Awaited<ReturnType<typeof buildPages>>

beforeAll(async () => {
  pages = await buildPages()
})
afterAll(() => pages.remove())

const textOf = (path: string) => readFileSync(join(pages.folder, path), 'utf8')

/** The program of the first page: what the document names, and all that imports without being asked later. */
function firstScripts(): readonly string[] {
  const named = [...textOf('index.html').matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
    ([, path]) => path ?? '',
  )
  const found = new Set(named)
  for (const path of found)
    for (const [, next] of textOf(path).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      found.add(`assets/${next}`)
  return [...found]
}

describe('the built dashboard', () => {
  it(`needs less than ${BUDGET_BYTES / 1_000} kB of script for Today, compressed`, () => {
    const scripts = firstScripts()
    expect(scripts.length).toBeGreaterThan(0)
    const bytes = scripts.reduce((sum, path) => sum + gzipSync(textOf(path)).length, 0)
    expect(bytes).toBeGreaterThan(20_000)
    expect(bytes).toBeLessThan(BUDGET_BYTES)
  })

  it('brings Today with it, and the other pages only when they are opened', () => {
    const first = firstScripts().map(textOf).join('')
    expect(first).toContain('보유 종목이 없습니다')
    expect(first).not.toContain('거르고 나니 남은 것이 없습니다')
  })

  it('brings no schema library: messages are checked where they are made', () => {
    const all = readdirSync(join(pages.folder, 'assets')).filter((name) => name.endsWith('.js'))
    expect(all.filter((name) => textOf(join('assets', name)).includes('_zod'))).toEqual([])
  })

  it('has documents without inline scripts and styles', () => {
    for (const name of ['index.html', 'offline.html']) {
      const text = textOf(name)
      expect(text).not.toMatch(/<style|style="|\son\w+="/)
      for (const [, attributes, inside] of text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
        expect(attributes).toContain('src="/')
        expect(inside).toBe('')
      }
    }
  })
})
