import { expect, it, onTestFinished } from 'vitest'
import { wallClock } from '../../src/apps/system.ts'
import { emptyFolder, eventfulMorning, startRecording } from '../../src/apps/web/testing/recorded-day.ts'
import type { RefusalsPage } from '../../src/web/contract/records.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { ask } from './demo.ts'
import { createOpenServer } from './open-server.ts'

const missing = noBrowser()
const PATIENCE_MS = 180_000

it.skipIf(missing)(
  `loads the refusals of a day that are older than the live line carries${missing ? ` (left out: ${missing})` : ''}`,
  { timeout: PATIENCE_MS },
  async () => {
    const journal = await emptyFolder()
    const recording = await startRecording(journal)
    await recording.add(eventfulMorning().events)
    const view = recording.trader.view('')
    const canned = createCannedLine(wallClock)
    const shown = () => {
      const now = canned.shown()
      return now && { ...now, view }
    }
    const pages = await buildPages()
    const web = await createOpenServer({ line: { ...canned, shown }, assets: pages.folder, journal, port: 0 })
    const { url } = await web.listen()
    const browser = await openBrowser()
    onTestFinished(async () => {
      await browser.close()
      await web.close()
      await pages.remove()
    })
    canned.move()

    const page = await browser.newPage({ locale: 'ko-KR' })
    await page.goto(`${url}/why`)
    const { byCode } = await ask<RefusalsPage>(page, '/refusals')
    const ofDay = Object.values(byCode).reduce((sum, times) => sum + times, 0)
    expect(ofDay).toBeGreaterThan(200)
    const found = page.locator('.card-head').filter({ hasText: '후보' }).locator('.quiet')
    const older = page.getByRole('button', { name: `더 이른 거절 불러오기 (오늘 ${ofDay}건 중 200건)` })
    await older.waitFor()
    expect(await found.innerText()).toBe('200')
    await older.click()
    await expect.poll(() => found.innerText(), { timeout: PATIENCE_MS }).toBe(String(ofDay))
    expect(await page.getByRole('button', { name: /^더 이른 거절/ }).count()).toBe(0)
    const counts = await page.locator('.why-rules tbody tr td:nth-child(2)').allInnerTexts()
    expect(counts.reduce((sum, times) => sum + Number(times), 0)).toBe(ofDay)
  },
)
