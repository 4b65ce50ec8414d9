import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { createOpenServer } from './open-server.ts'

const missing = noBrowser()
let browser: Browser
let assets = ''
const ends: (() => unknown)[] = []

/** A page with its worker in charge, over a server that a test may take away. */
async function start() {
  const line = createCannedLine(wallClock)
  const cancel = every(wallClock, 250, () => line.move())
  const web = await createOpenServer({ line, assets, port: 0 })
  const { url } = await web.listen()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await page.reload()
  await page.locator('.summary-pnl').waitFor()
  const close = async () => {
    cancel()
    await web.close()
  }
  ends.unshift(() => context.close(), close)
  return { page, context, url, close }
}

describe.skipIf(missing)(`the service worker${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    const pages = await buildPages()
    assets = pages.folder
    browser = await openBrowser()
    return async () => {
      await browser.close()
      await pages.remove()
    }
  })
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })

  it('shows that Garam is out of reach, and when data was last seen, in place of the browser’s own error', async () => {
    const { page, url, close } = await start()
    await page.waitForFunction("localStorage.getItem('garam.lastSeen') !== null")
    await close()
    await page.goto(`${url}/why`)
    expect(await page.locator('h1').textContent()).toContain('가람에 연결되지 않았습니다')
    expect(await page.locator('#seen').textContent()).toContain('마지막으로 본 시각')
    expect(
      await page.locator('button').evaluate('(button) => getComputedStyle(button).backgroundColor'),
    ).not.toBe('rgba(0, 0, 0, 0)')
  })

  it('keeps programs and the offline page, and nothing of the account', async () => {
    const { page } = await start()
    const kept = await page.evaluate<string[]>(`(async () => {
      const names = await caches.keys()
      const each = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return each.flat().map(({ url }) => new URL(url).pathname)
    })()`)
    expect(kept).toContain('/offline.html')
    expect(kept.some((path) => path.startsWith('/assets/'))).toBe(true)
    expect(kept.filter((path) => !/^\/(assets\/|offline\.|icon\.svg$)/.test(path))).toEqual([])
  })

  it('keeps no page in the place of a program that the server has no more', async () => {
    const { page } = await start()
    const status = await page.evaluate("fetch('/assets/index-gone.js').then(({ status }) => status)")
    expect(status).toBe(404)
    expect(
      await page.evaluate("caches.match('/assets/index-gone.js').then((found) => found === undefined)"),
    ).toBe(true)
  })

  it('shows what it is told, once for each tag', async () => {
    const { page, context, url } = await start()
    await context.grantPermissions(['notifications'], { origin: url })
    const told = { title: '삼성전자 손절', body: '40주 매도', url: '/why', tag: 'stop-1', urgent: true }
    await deliver(context, page, url, JSON.stringify(told))
    await deliver(context, page, url, JSON.stringify({ ...told, body: '41주 매도' }))
    await deliver(context, page, url, 'not ours')
    const shown = await page.evaluate(`(async () => {
      const registration = await navigator.serviceWorker.ready
      const all = await registration.getNotifications()
      return all.map(({ title, body, tag, data, requireInteraction }) => ({ title, body, tag, data, requireInteraction }))
    })()`)
    expect(shown).toEqual(
      expect.arrayContaining([
        {
          title: '삼성전자 손절',
          body: '41주 매도',
          tag: 'stop-1',
          data: { url: '/why' },
          requireInteraction: true,
        },
        { title: '가람 · Garam', body: '', tag: 'garam', data: { url: '/' }, requireInteraction: false },
      ]),
    )
    expect(shown).toHaveLength(2)
  })
})

/** As the browser's push service would. */
async function deliver(context: BrowserContext, page: Page, origin: string, data: string): Promise<void> {
  const devtools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data,
  })
  await page.waitForTimeout(400)
  await devtools.detach()
}
