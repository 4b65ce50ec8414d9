import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dashboardFolder } from '../../src/apps/self.ts'
import { wallClock } from '../../src/apps/system.ts'
import { type CannedLine, createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { noBrowser, openBrowser } from './browser.ts'
import { buildDashboard } from './demo.ts'
import { openSecuredServer, type SecuredServer, signedIn } from './secured-server.ts'

const missing = noBrowser()
const cookie = randomBytes(32).toString('base64url')

let browser: Browser
let web: SecuredServer
let line: CannedLine
let page: Page
const ends: (() => unknown)[] = []

describe.skipIf(missing)(`a command on a bad line${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    await buildDashboard()
    const folder = await mkdtemp(join(tmpdir(), 'garam-cut-'))
    ends.unshift(() => rm(folder, { recursive: true, force: true }))
    line = createCannedLine(wallClock)
    web = await openSecuredServer({ line, assets: dashboardFolder(), folder, port: 0, clock: wallClock })
    ends.unshift(() => web.close())
    await web.state.store.change(signedIn(cookie, wallClock.now()))
    line.move()
    browser = await openBrowser()
    ends.unshift(() => browser.close())
    const context = await browser.newContext({ locale: 'ko-KR', reducedMotion: 'reduce' })
    await context.addCookies([{ name: `garam-${new URL(web.url).port}`, value: cookie, url: web.url }])
    page = await context.newPage()
    await page.goto(web.url)
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  /** Cancels an order by its button, while the answers of the server get lost so often. */
  async function cancel(lost: number): Promise<void> {
    let asked = 0
    await page.route('**/api/v1/commands', async (route) => {
      if (asked++ >= lost) return route.continue()
      // The server does it, and nobody hears of it.
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.getByRole('button', { name: '취소 현대차' }).click()
  }

  it('is sent again and done once when its answer got lost', async () => {
    await cancel(2)
    await page.getByText('주문을 취소합니다').waitFor()
    expect(line.commands.map(({ command }) => command)).toEqual([
      { do: 'cancelOrder', order: '20261120-000029' },
    ])
    await page.unroute('**/api/v1/commands')
    await page.reload()
  })

  it('is not called undone when no answer comes at all', async () => {
    await cancel(3)
    await page.getByText('명령이 전달됐는지 알 수 없습니다').waitFor()
    expect(line.commands).toHaveLength(2)
  })
})
