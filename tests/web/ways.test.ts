import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { createOpenServer } from './open-server.ts'

const missing = noBrowser()

let browser: Browser
let page: Page
let url = ''
const ends: (() => unknown)[] = []

describe.skipIf(missing)(`the ways between pages${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    const pages = await buildPages()
    const line = createCannedLine(wallClock)
    const web = await createOpenServer({ line, assets: pages.folder, port: 0 })
    url = (await web.listen()).url
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    ends.push(
      () => browser.close(),
      every(wallClock, 250, () => line.move()),
      () => web.close(),
      () => pages.remove(),
    )
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  it('lead from a refusal into the limit that made it, also when the settings were looked at before', async () => {
    for (const rule of ['종목당 금액 한도', '오늘 판 종목']) {
      await page.goto(`${url}/why`)
      await page.getByRole('navigation', { name: '페이지' }).getByRole('link', { name: '설정' }).click()
      await page.getByLabel('동시 보유', { exact: true }).waitFor()
      await page.goBack()
      await page.getByRole('link', { name: new RegExp(`^설정.*${rule}$`) }).click()
      const sought = page.locator('.setting').filter({ has: page.locator(':focus') })
      await sought.waitFor()
      expect(await sought.innerText()).toContain(rule === '오늘 판 종목' ? '오늘 판 종목은' : '종목당 금액')
      const box = await sought.boundingBox()
      expect(box?.y).toBeGreaterThan(56)
      expect(box?.y).toBeLessThan(900)
    }
  })

  it('lead from the risk page to the limits', async () => {
    await page.goto(`${url}/risk`)
    await page.getByRole('link', { name: '한도 바꾸기' }).click()
    await page.getByRole('heading', { name: '한도', exact: true }).waitFor()
    expect(new URL(page.url()).hash).toBe('#limits')
  })
})
