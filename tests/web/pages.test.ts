import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { createOpenServer } from './open-server.ts'
import { PATHS } from './paths.ts'

const missing = noBrowser()
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
// Colours are the same at any width: one theme is enough for the phone.
const LOOKS = [
  { size: DESKTOP, theme: 'dark' },
  { size: DESKTOP, theme: 'light' },
  { size: PHONE, theme: 'light' },
] as const
const CASES = PATHS.flatMap((path) => LOOKS.map((look) => ({ path, ...look })))

let browser: Browser
let url = ''
const ends: (() => unknown)[] = []

describe.skipIf(missing)(`every page${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    const pages = await buildPages()
    const line = createCannedLine(wallClock)
    const web = await createOpenServer({ line, assets: pages.folder, port: 0 })
    ends.push(
      every(wallClock, 250, () => line.move()),
      () => web.close(),
      () => pages.remove(),
    )
    url = (await web.listen()).url
    browser = await openBrowser()
    ends.unshift(() => browser.close())
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  it.each(CASES)(
    '$path at $size.width px, $theme: no barrier, no error, nothing wider than the screen, nothing fetched elsewhere',
    async ({ path, size, theme }) => {
      const context = await browser.newContext({
        viewport: size,
        colorScheme: theme,
        reducedMotion: 'reduce',
      })
      const { page, troubles } = await watched(context)
      await page.goto(url + path)
      await page.locator('main h1, main h2').first().waitFor()
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await page.waitForTimeout(400)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      ).toEqual([])
      const width = await page.evaluate('document.documentElement.scrollWidth')
      expect(width).toBeLessThanOrEqual(size.width)
      expect(troubles).toEqual([])
      await context.close()
    },
  )
})

/** A page whose errors, and requests to anybody else, are written down. */
async function watched(context: BrowserContext): Promise<{ page: Page; troubles: string[] }> {
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`${message.type()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (
      !request.url().startsWith(url) &&
      !request.url().startsWith('data:') &&
      !request.url().startsWith('blob:')
    )
      troubles.push(`asked elsewhere: ${request.url()}`)
  })
  return { page, troubles }
}
