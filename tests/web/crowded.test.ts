import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import { instrumentId, orderId } from '../../src/model/ids.ts'
import { krw, quantity } from '../../src/model/money.ts'
import type { TraderView } from '../../src/trading/engine/view.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { createOpenServer } from './open-server.ts'

const missing = noBrowser()
const LONG_NAMES = ['삼성바이오로직스우선주(3우B전환)', 'KODEX 200선물인버스2X레버리지합성(H)', 'NAVER']
const longName = (index: number): string => LONG_NAMES[index % LONG_NAMES.length] ?? ''

/** As many positions as there are realtime places, long names, and a rich man's bad day. */
function crowded(view: TraderView): TraderView {
  const positions = Array.from({ length: 95 }, (_, index) => {
    const [like] = view.positions
    if (!like) throw new Error('the made-up trader holds nothing')
    return {
      ...like,
      instrument: instrumentId(String(100_000 + index)),
      name: longName(index),
      quantity: quantity(1_234_567),
      pnl: krw((index % 2 === 0 ? -1 : 1) * 3_284_515_234),
    }
  })
  const orders = Array.from({ length: 40 }, (_, index) => {
    const [like] = view.orders
    if (!like) throw new Error('the made-up trader has no order')
    return {
      ...like,
      id: orderId(`20261120-${200_000 + index}`),
      name: longName(index),
      quantity: quantity(1_234_567),
    }
  })
  return {
    ...view,
    positions,
    orders,
    equity: krw(123_456_789_012),
    cash: krw(-1_234_567_890),
    buyingPower: krw(98_765_432_109),
    realizedPnl: krw(-12_345_678_901),
    unrealizedPnl: krw(1_234_567_890),
  }
}

let browser: Browser
let url = ''
const ends: (() => unknown)[] = []

describe.skipIf(missing)(`a crowded desk${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    const pages = await buildPages()
    const line = createCannedLine(wallClock)
    const shown = () => {
      const now = line.shown()
      return now && { ...now, view: crowded(now.view) }
    }
    const web = await createOpenServer({ line: { ...line, shown }, assets: pages.folder, port: 0 })
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

  it.each([
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])('at $width px has nothing over anything else, nothing out of reach, no barrier', async (viewport) => {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(url)
    await page.locator('.today-positions tbody tr').nth(94).waitFor()
    expect(await overlaps(page, '.summary-figures dd')).toEqual([])
    expect(await overlaps(page, '.today-positions tbody tr:nth-child(2) > *')).toEqual([])
    expect(await overlaps(page, '.today-orders tbody tr:nth-child(2) > *')).toEqual([])
    const sell = await page.locator('.today-positions .cell-act button').nth(1).boundingBox()
    const card = await page.locator('.positions-wrap').boundingBox()
    expect((sell?.x ?? 0) + (sell?.width ?? 0)).toBeLessThanOrEqual((card?.x ?? 0) + (card?.width ?? 0))
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await context.close()
  })

  it('keeps what is asked for near what is held, and scrolls what is held by keys', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    await page.goto(url)
    const held = page.getByRole('region', { name: '보유' })
    await held.locator('tbody tr').nth(94).waitFor()
    expect((await page.getByRole('heading', { name: '미체결' }).boundingBox())?.y).toBeLessThan(1_600)
    await held.focus()
    await page.keyboard.press('End')
    await expect.poll(() => held.evaluate((list) => list.scrollTop)).toBeGreaterThan(1_000)
    await page.close()
  })

  it('lets the prices out of sight follow too, and shows what comes into sight as the rest', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    await page.goto(url)
    const rows = page.locator('.today-positions tbody tr')
    await rows.nth(94).waitFor()
    const prices = () =>
      rows.evaluateAll((all) => all.slice(-2).map((row) => row.querySelector('.cell-price')?.textContent))
    const hidden = await prices()
    await expect.poll(prices, { timeout: 20_000 }).not.toContain(hidden[1])
    await page.locator('.positions-wrap').evaluate((list) => list.scrollTo(0, list.scrollHeight))
    await page.locator('.positions-wrap').scrollIntoViewIfNeeded()
    await rows.nth(94).scrollIntoViewIfNeeded()
    // Out of sight the two would never be drawn anew together.
    const news = new Set<string>()
    const apart: unknown[] = []
    await expect
      .poll(
        async () => {
          const [one, other] = await prices()
          if (news.size > 1 && one !== other) apart.push([one, other])
          return news.add(String(other)).size
        },
        { interval: 20, timeout: 30_000 },
      )
      .toBeGreaterThan(4)
    expect(apart).toEqual([])
    await page.close()
  })
})

/** Pairs of these elements whose letters lie over each other, or run into each other. */
const overlaps = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((elements) => {
    const boxes = elements.map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return { text: element.textContent ?? '', box: range.getBoundingClientRect() }
    })
    return boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter(
          ({ box }) =>
            a.box.left < box.right + 3 &&
            box.left < a.box.right + 3 &&
            a.box.top < box.bottom - 1 &&
            box.top < a.box.bottom - 1,
        )
        .map((b) => `${a.text} | ${b.text}`),
    )
  })
