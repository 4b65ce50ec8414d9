import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import { catalogOf, tradingDays, wander } from '../../src/apps/testing/bars-catalog.ts'
import { tradingDay } from '../../src/model/time.ts'
import type { RunMessage } from '../../src/web/contract/backtest.ts'
import type { DeskLine } from '../../src/web/server/desk-line.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { createOpenServer } from './open-server.ts'
import { PATHS } from './paths.ts'

const missing = noBrowser()
const PATIENCE_MS = 300_000
/** A button that is held acts after 1.2 s. */
const HOLD_MS = 1_400
/** What a press sets off has been asked for by then. */
const ANSWER_MS = 150
const RUN: RunMessage = {
  id: 'run-00000001',
  kind: 'backtest',
  state: 'done',
  title: { ko: '지난 실행', en: 'An older run' },
  by: 'somebody',
  createdAt: 1_795_000_000_000,
  pinned: false,
  request: {
    strategy: { kind: 'known', id: 'ema-cross' },
    parameters: {},
    market: { data: 'bars/1d/KRX/none', slippage: { kind: 'none' } },
  },
}

let browser: Browser
let page: Page
let url = ''
/** What the server did not let a viewer do. */
const refused: string[] = []
const ends: (() => unknown)[] = []

/** A trader with an order that has been in doubt for an hour: a person may settle it now. */
function lineInDoubt(): DeskLine {
  const line = createCannedLine(wallClock)
  ends.push(every(wallClock, 250, () => line.move()))
  const aged = () => {
    const shown = line.shown()
    if (!shown) return undefined
    const orders = shown.view.orders.map((order) => ({ ...order, updatedAt: order.updatedAt - 3_600_000 }))
    return { ...shown, view: { ...shown.view, orders } }
  }
  return { ...line, shown: aged }
}

const enabled = (inside: Locator): Locator => inside.locator('button:enabled:visible')
const nameOf = async (target: Locator) => (await target.innerText()).trim()

async function press(target: Locator): Promise<void> {
  const isHeld = (await target.getAttribute('class'))?.includes('hold') === true
  // What has gone meanwhile, or lies under something else, nobody can press.
  await target.click({ timeout: 2_000, ...(isHeld && { delay: HOLD_MS }) }).catch(() => undefined)
  await page.waitForTimeout(ANSWER_MS)
}

/** Opens what is folded up and types into what takes a text, so that no button waits for that. */
async function arrive(path: string): Promise<void> {
  await page.goto(url + path)
  await page.locator('main h1, main h2').first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
  for (const area of await page.locator('main textarea:enabled:not([readonly])').all()) {
    await area.press('End')
    await area.pressSequentially(' ')
  }
  await page.waitForTimeout(4 * ANSWER_MS)
}

/** Presses every button that can be pressed, the last one first, and in each sheet that opens every one of that. */
async function pressAll(path: string): Promise<readonly string[]> {
  const pressed: string[] = []
  await arrive(path)
  const address = page.url()
  const sheet = page.locator('dialog[open]')
  for (let at = (await enabled(page.locator('main')).count()) - 1; at >= 0; at--) {
    const target = enabled(page.locator('main')).nth(at)
    if ((await target.count()) === 0) continue
    pressed.push(await nameOf(target))
    await press(target)
    // The first button of a sheet closes it.
    for (let inner = (await enabled(sheet).count()) - 1; inner > 0; inner--) {
      if ((await enabled(sheet).count()) <= inner) continue
      pressed.push(await nameOf(enabled(sheet).nth(inner)))
      await press(enabled(sheet).nth(inner))
    }
    if ((await sheet.count()) > 0) await page.keyboard.press('Escape')
    if (page.url() !== address || (await sheet.count()) > 0) await arrive(path)
  }
  return pressed
}

describe.skipIf(missing)(`somebody who may only look${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    const [pages, folder] = await Promise.all([buildPages(), mkdtemp(join(tmpdir(), 'garam-viewer-'))])
    const days = tradingDays(tradingDay('2026-01-05'), 60)
    const catalog = await catalogOf(folder, wander('005930', 1, days))
    await mkdir(join(folder, 'runs', RUN.id), { recursive: true })
    await writeFile(join(folder, 'runs', RUN.id, 'run.json'), JSON.stringify(RUN))
    const looks = { assets: pages.folder, folder, catalog, port: 0 }
    const web = await createOpenServer({ ...looks, line: lineInDoubt(), role: 'viewer' })
    ends.push(
      () => web.close(),
      () => pages.remove(),
      () => rm(folder, { recursive: true, force: true }),
    )
    url = (await web.listen()).url
    browser = await openBrowser()
    ends.unshift(() => browser.close())
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' })
    page = await context.newPage()
    page.on('response', (response) => {
      if (response.status() === 403)
        refused.push(`${response.request().method()} ${response.url().slice(url.length)}`)
    })
  }, PATIENCE_MS)
  afterAll(async () => {
    for (const end of ends) await end()
  })

  it.each(PATHS)(
    'can press nothing on %s that the server would not do',
    { timeout: PATIENCE_MS },
    async (path) => {
      refused.length = 0
      const pressed = await pressAll(path)
      if (path !== '/risk') expect(pressed.length).toBeGreaterThan(0)
      expect(refused).toEqual([])
    },
  )

  it.each([
    ['/orders', '직접 정리'],
    ['/', '모두 취소'],
    ['/strategies', '추가'],
    ['/backtest', '백테스트 시작'],
    ['/risk', '매도만 허용'],
  ])('sees on %s that %s is there, and not for them', async (path, name) => {
    await arrive(path)
    const [found] = await page.getByRole('button', { name }).all()
    expect(await found?.isDisabled()).toBe(true)
  })

  it('reads the settings file and cannot write in it', async () => {
    await arrive('/settings')
    const text = page.locator('#settings-text')
    expect(await text.inputValue()).toContain('거래량급증')
    expect(await text.isEditable()).toBe(false)
  })
})
