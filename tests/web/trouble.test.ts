import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import { type CannedLine, createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { createOpenServer } from './open-server.ts'

const missing = noBrowser()
const PHONE = { width: 390, height: 844 }
const COMMANDS = '**/api/v1/commands'

let browser: Browser
let context: BrowserContext
let page: Page
let line: CannedLine
let url = ''
const ends: (() => unknown)[] = []

const button = (name: string | RegExp, inside: Page | Locator = page): Locator =>
  inside.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })

/** Held by the keyboard, which needs no aim, as long as it takes. */
async function hold(target: Locator): Promise<void> {
  await target.focus()
  await page.keyboard.down('Enter')
  const held = page.locator('.hold.held')
  await held.waitFor()
  await held.waitFor({ state: 'detached' })
  await page.keyboard.up('Enter')
}

describe.skipIf(missing)(
  `a person for whom something goes wrong${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    beforeAll(async () => {
      const pages = await buildPages()
      line = createCannedLine(wallClock)
      const web = await createOpenServer({ line, assets: pages.folder, port: 0 })
      url = (await web.listen()).url
      browser = await openBrowser()
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
    beforeEach(async () => {
      await context?.close()
      context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce' })
      page = await context.newPage()
      await page.goto(url)
      await page.locator('.summary-pnl').waitFor()
    })

    it('reads over the sheet, on a phone too, that the emergency stop did not get through', async () => {
      await page.route(COMMANDS, (route) => route.abort())
      await button('비상정지').click()
      const sheet = page.getByRole('dialog', { name: '비상정지' })
      const flatten = button(/^전량 청산/, sheet)
      await hold(flatten)
      const told = sheet.getByRole('status').getByText('명령이 전달됐는지 알 수 없습니다')
      await told.waitFor()
      const place = await told.boundingBox()
      const isOnTop = await page.evaluate(
        ([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest('.toasts') !== null,
        [(place?.x ?? 0) + 4, (place?.y ?? 0) + 4],
      )
      expect(isOnTop).toBe(true)
      expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThan((await flatten.boundingBox())?.y ?? 0)
      await page.keyboard.press('Escape')
      await page.getByRole('status').getByText('명령이 전달됐는지 알 수 없습니다').waitFor()
    })

    it('sees that the stop is on its way, and is told when nobody answers', async () => {
      await page.route(COMMANDS, () => undefined)
      await button('비상정지').click()
      const sheet = page.getByRole('dialog', { name: '비상정지' })
      await hold(button(/^완전 정지/, sheet))
      await button('보내는 중…', sheet).waitFor()
      await sheet.getByText('가람이 답하지 않습니다').waitFor()
      await button(/^완전 정지/, sheet).waitFor()
      expect(line.commands).toEqual([])
    })

    it('may ask once more for a cancel that the venue refused', async () => {
      await page.goto(`${url}/orders/20261120-000029`)
      const cancel = button('주문 취소')
      for (const times of [1, 2]) {
        await cancel.click()
        await expect
          .poll(() => line.commands.filter(({ command }) => command.do === 'cancelOrder'))
          .toHaveLength(times)
      }
    })

    it('sees how old everything is while the line is cut, wherever it has scrolled to', async () => {
      // Half open: it was accepted, and nothing comes any more.
      let isCut = false
      await page.routeWebSocket('**/api/v1/live', (socket) => {
        const server = socket.connectToServer()
        server.onMessage((message) => {
          if (!isCut) socket.send(message)
        })
      })
      await page.reload()
      const price = page.locator('.today-positions .cell-price').first()
      await price.getByText(/^\d\d:\d\d:\d\d$/).waitFor()
      isCut = true
      const banner = page.getByRole('alert').filter({ hasText: '연결이 끊겼습니다' })
      await banner.waitFor()
      await page.evaluate('scrollTo(0, 600)')
      expect((await banner.boundingBox())?.y).toBeGreaterThan(0)
      const ages = async () => Number(/(\d+)초 전/.exec(await price.innerText())?.[1])
      const first = await ages()
      expect(first).toBeGreaterThanOrEqual(2)
      await expect.poll(ages, { timeout: 10_000 }).toBeGreaterThan(first)
      // What counts up is not read aloud, over and over.
      expect(await banner.getByRole('timer').getAttribute('aria-live')).toBe('off')
      isCut = false
      await banner.waitFor({ state: 'detached' })
      await price.getByText(/^\d\d:\d\d:\d\d$/).waitFor()
    })

    it('is not told that all is well by a server that has no news of the trader yet', async () => {
      // A server that has just started beats, and knows nothing.
      let isEmpty = false
      await page.routeWebSocket('**/api/v1/live', (socket) => {
        const server = socket.connectToServer()
        server.onMessage((message) => {
          if (!isEmpty || String(message).includes('"beat"')) socket.send(message)
        })
        ends.push(() => server.close())
        cut = () => socket.close()
      })
      let cut: () => unknown = () => undefined
      await page.reload()
      await page.locator('.summary-pnl').waitFor()
      isEmpty = true
      cut()
      const banner = page.getByRole('alert').filter({ hasText: '연결이 끊겼습니다' })
      await banner.waitFor()
      await page.waitForTimeout(2_500)
      expect(await banner.isVisible()).toBe(true)
      isEmpty = false
      await banner.waitFor({ state: 'detached' })
    })

    it('is told first of an order in doubt, on the page of today and of any other day', async () => {
      const told = page.getByRole('status').filter({ hasText: '결과를 모르는 주문 1건' })
      await told.getByRole('link', { name: '확인' }).click()
      const doubt = page.getByRole('region', { name: '결과를 모르는 주문' })
      await doubt.waitFor()
      await page.goto(`${url}/orders?day=2026-11-19`)
      await doubt.waitFor()
      expect(await doubt.innerText()).toContain('KB금융')
    })
  },
)
