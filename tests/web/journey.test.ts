import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wallClock } from '../../src/apps/system.ts'
import { catalogOf, tradingDays, wander } from '../../src/apps/testing/bars-catalog.ts'
import { tradingDay } from '../../src/model/time.ts'
import type { InstrumentMessage } from '../../src/web/contract/chart.ts'
import type { LiveState, PositionMessage } from '../../src/web/contract/live.ts'
import type { RiskMessage } from '../../src/web/contract/risk.ts'
import type { SettingsMessage } from '../../src/web/contract/settings.ts'
import { noBrowser, openBrowser } from './browser.ts'
import { ask, type Demo, enter, PATIENCE_MS, startDemo, stateOf, until, watchTroubles } from './demo.ts'
import { PATHS } from './paths.ts'

const missing = noBrowser()
const LOOKS = { locale: 'ko-KR', reducedMotion: 'reduce' } as const
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

let demo: Demo
let browser: Browser
let context: BrowserContext
let page: Page

/** Some history for the demo's folder, so that there is something to play. */
async function prepare(folder: string): Promise<void> {
  const days = tradingDays(tradingDay('2021-01-04'), 800)
  const place = join(folder, '.garam')
  await mkdir(place)
  await catalogOf(
    place,
    ['005930', '000660'].flatMap((code, index) => wander(code, index + 1, days)),
  )
}

const go = (path: string) => page.goto(demo.url + path)
const card = (title: string): Locator =>
  page.locator('section.card').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
const button = (name: string | RegExp, inside: Page | Locator = page) =>
  inside.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
/** A part of the day that somebody waits for. */
const whenState = <T>(what: string, found: (state: LiveState) => T): Promise<NonNullable<T>> =>
  until(what, async () => found(await stateOf(page)))

/** Held down as long as it takes to act. */
async function hold(target: Locator, asked: Locator): Promise<void> {
  await target.hover()
  await page.mouse.down()
  await asked.waitFor({ state: 'hidden' })
  await page.mouse.up()
}

/** Changes settings as a person does: into the fields, over the sheet that says what it means. Gives what the sheet said. */
async function changeSettings(values: Readonly<Record<string, string>>): Promise<string> {
  await go('/settings')
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: true }).first().fill(value)
  await button('검토 · 적용', page.getByRole('region', { name: '바뀐 설정' })).click()
  const sheet = page.getByRole('dialog', { name: '설정 변경 검토' })
  const said = await sheet.locator('table.changes').innerText()
  await button('적용', sheet).click()
  await sheet.waitFor({ state: 'hidden' })
  return said
}

/** One that is not about to be sold: the one bought last. */
const newest = ({ positions }: LiveState): PositionMessage | undefined =>
  Object.values(positions)
    .filter(({ exiting }) => exiting === undefined)
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .at(-1)

describe.skipIf(missing)(
  `a person at the dashboard of garam demo${missing ? ` (left out: ${missing})` : ''}`,
  { timeout: 2 * PATIENCE_MS },
  () => {
    beforeAll(async () => {
      demo = await startDemo({ speed: 20, seed: 7, prepare })
      browser = await openBrowser()
      context = await browser.newContext({ viewport: DESKTOP, ...LOOKS })
      page = await context.newPage()
      page.setDefaultTimeout(PATIENCE_MS)
      await enter(page, demo.link)
    }, 3 * PATIENCE_MS)
    afterAll(async () => {
      await browser?.close()
      await demo?.end()
    }, 3 * PATIENCE_MS)

    it('sees a condition buy: the position with its stop, and the event that says why', async () => {
      const bought = card('알림').getByText(/매수 체결 .* — 조건 '.+' 편입/)
      const rows = card('보유').locator('tbody tr')
      const row = await until('a bought name among the positions', async () => {
        for (const text of await bought.allInnerTexts()) {
          const found = rows.filter({ hasText: text.trim().split(' 매수 체결')[0] ?? '?' })
          if ((await found.count()) > 0) return found.first()
        }
        return undefined
      })
      await row.getByText('손절까지').waitFor()
      expect(await row.locator('.cell-held').innerText()).toMatch(/^[\d,]+주\s+[\d,]+$/)
    })

    it('draws the stop closer in the settings: the sheet says that it lowers the risk, and the trader sells by it', async () => {
      const said = await changeSettings({ 손절: '0.5' })
      expect(said).toMatch(/손절\s+2%\s+0.5%\s+▼ 줄어듦/)
      const { values } = await ask<SettingsMessage>(page, '/settings')
      expect(values).toMatchObject({ exits: { stop_loss_pct: 0.5 } })
      const trip = await whenState('a sale by the stop', ({ trips }) =>
        Object.values(trips).find(
          ({ exit, exitReason }) => exit === 'stopLoss' && exitReason.includes('0.5'),
        ),
      )
      await go('/')
      const sold = card('오늘 청산')
      await sold.getByRole('row').nth(1).waitFor()
      if ((await button(/^더 보기/, sold).count()) > 0) await button(/^더 보기/, sold).click()
      const row = sold.getByRole('row').filter({ hasText: trip.instrument }).filter({ hasText: '손절' })
      await row.getByText(trip.exitReason).first().waitFor()
      expect(trip.realizedPnl).toBeLessThan(0)
    })

    it('loosens it again and holds fewer names: the sheet warns, and no further name is bought', async () => {
      const held = Object.keys((await stateOf(page)).positions).length
      const most = Math.max(2, Math.min(5, held - 1))
      const said = await changeSettings({
        손절: '8',
        익절: '20',
        '최대 보유 시간': '300',
        '동시 보유': String(most),
      })
      expect(said).toMatch(/손절\s+0.5%\s+8%\s+▲ 커짐/)
      expect(said).toMatch(new RegExp(`동시 보유\\s+15종목\\s+${most}종목\\s+▼ 줄어듦`))
      await until('a trader that follows', async () => {
        const { limits } = await ask<RiskMessage>(page, '/risk')
        return limits.positions.max === most
      })
      await go('/risk')
      await page
        .locator('.gauges li')
        .filter({ hasText: `/ ${most}` })
        .first()
        .waitFor()
      await whenState('a refusal by the new limit', ({ refusals }) =>
        Object.values(refusals).find(
          ({ code, numbers }) => code === 'positionCountExceedsMax' && numbers.max === most,
        ),
      )
      await go('/why')
      await page.getByText(`${most}종목`).first().waitFor()
    })

    it('buys by hand from the chart: what it costs is told first, then it stands among orders and positions', async () => {
      const { instrument, name, quantity } = await whenState('a position', newest)
      await go(`/chart/${instrument}`)
      const ticket = card('주문')
      await ticket.getByLabel('종류').selectOption('market')
      await ticket.getByLabel('수량', { exact: true }).fill('1')
      await ticket.getByText('모든 위험 규칙을 통과합니다').waitFor()
      const costs = await ticket.locator('dl.costs').innerText()
      expect(costs).toMatch(
        /주문 금액\s+[\d,]+\s+수수료\s+\d[\d,]*\s+필요 현금\s+[\d,]+\s+손익분기 가격\s+[\d,]+/,
      )
      await button('매수 확인', ticket).click()
      const sheet = page.getByRole('dialog', { name: '매수 주문을 낼까요?' })
      expect(await sheet.innerText()).toContain(name)
      await button('매수 주문 내기', sheet).click()
      const { quantity: now } = await whenState('one share more', ({ positions }) => {
        const position = positions[instrument]
        return position && position.quantity > quantity ? position : undefined
      })
      expect(now).toBe(quantity + 1)
      await go(`/orders?instrument=${instrument}`)
      const row = page.locator('.orders-table tbody tr').filter({ hasText: '1 / 1' })
      await row.first().waitFor()
      expect(await row.first().innerText()).toMatch(/매수 시장가[\s\S]*수동/)
    })

    it('is told why an order is refused, before it is given and after', async () => {
      const { instrument } = await whenState('a position', newest)
      await go(`/chart/${instrument}`)
      const ticket = card('주문')
      await ticket.getByLabel('종류').selectOption('market')
      await ticket.getByLabel('수량', { exact: true }).fill('1000000')
      const verdict = ticket.locator('.note.bad').filter({ hasText: '지금은 나가지 않습니다' })
      await verdict.waitFor()
      const why = (await verdict.innerText()).split('\n').at(-1) ?? ''
      expect(why).toMatch(/\d/)
      await button('매수 확인', ticket).click()
      const sheet = page.getByRole('dialog', { name: '매수 주문을 낼까요?' })
      await sheet.getByText('지금은 나가지 않습니다').waitFor()
      await button('매수 주문 내기', sheet).click()
      const outcome = ticket.getByRole('alert').filter({ hasText: '주문이 거절되었습니다' })
      await outcome.waitFor()
      expect((await outcome.innerText()).split('\n').at(-1)).toMatch(/\d/)
      await go('/why')
      await page.locator('.cell-source').getByText('수동 · demo').first().waitFor()
    })

    it('can give no price outside the limits of the day', async () => {
      const { instrument, name } = await whenState('a position', newest)
      const { band, ticks } = await ask<InstrumentMessage>(page, `/instruments/${instrument}`)
      await go(`/chart/${instrument}`)
      await page.getByRole('heading', { name: `${name} 차트` }).waitFor()
      const ticket = card('주문')
      await ticket.getByLabel('종류').selectOption('at')
      await ticket.getByLabel('수량', { exact: true }).fill('1')
      const price = ticket.getByLabel('가격', { exact: true })
      const upper = band?.upper ?? 0
      await price.fill(String(upper))
      expect(await button('매수 확인', ticket).isEnabled()).toBe(true)
      await price.fill(String(upper + (ticks.findLast(({ from }) => from <= upper)?.tick ?? 0)))
      await ticket.getByText(/^상하한가 [\d,]+–[\d,]+ 밖입니다$/).waitFor()
      expect(await button('매수 확인', ticket).isDisabled()).toBe(true)
    })

    it('is told in plain words that a code is nobody', async () => {
      await go('/chart/999999')
      await page.getByRole('alert').getByText('그런 종목이 없습니다: 종목코드를 확인하세요').waitFor()
      expect(await page.locator('main').innerText()).not.toContain('1902')
    })

    it('plays a backtest to its figures, and ends a search before it is through', async () => {
      await go('/backtest')
      await page.getByLabel('종목', { exact: true }).fill('005930')
      await button('백테스트 시작').click()
      const figures = card('핵심 수치')
      await figures.waitFor()
      expect(await figures.innerText()).toMatch(/수익률\s+[+−-]?\d+\.\d+%/)
      await card('자산과 낙폭')
        .getByRole('slider', { name: /^날마다의 평가금액/ })
        .waitFor()

      await go('/backtest')
      await button('값 찾기').click()
      await page.getByLabel('단기 (fast)').fill('2..60:1')
      await page.getByLabel('장기 (slow)').fill('61..200:1')
      await button('값 찾기 시작').click()
      await page.getByText(/^\d+\.\d+% · 남은 시간/).waitFor()
      await button('취소').click()
      await page.getByText('취소했습니다.').waitFor()
      await go('/backtest')
      const rows = page.locator('.runs .run')
      await rows.nth(0).getByText('취소함').waitFor()
      await rows
        .nth(1)
        .getByText(/수익률/)
        .waitFor()
    })

    it('is told within three seconds that the line is cut, and has it back without loading the page again', async () => {
      await go('/')
      await card('보유').waitFor()
      await until('a live line', async () => (await page.locator('.shell.old').count()) === 0)
      await page.evaluate(`void (window.saidAt = new Promise((resolve) => {
        const look = new MutationObserver(() => {
          if (!document.querySelector('.banner.bad')) return
          look.disconnect()
          resolve(Date.now())
        })
        look.observe(document.body, { childList: true, subtree: true })
      }))`)
      const web = await until('the process of the dashboard', () => demo.webProcess())
      const killedAt = wallClock.now()
      process.kill(web, 'SIGKILL')
      const banner = page.locator('.banner.bad')
      await banner.waitFor()
      expect(Number(await page.evaluate('window.saidAt')) - killedAt).toBeLessThanOrEqual(3_000)
      expect(await banner.innerText()).toMatch(/화면의 값은 \d+초 전의 것입니다/)
      const faded = "Number(getComputedStyle(document.querySelector('.summary.live-figures')).opacity)"
      expect(await page.evaluate(faded)).toBeLessThan(1)

      await banner.waitFor({ state: 'hidden' })
      expect(await page.evaluate(faded)).toBe(1)
      expect(await page.evaluate('typeof window.saidAt'), 'the same page').toBe('object')
      const clock = page.locator('.top .clock')
      const before = await clock.innerText()
      await until('a clock that goes', async () => (await clock.innerText()) !== before)
      expect(await ask(page, '/session')).toMatchObject({ state: 'signed-in' })
    })

    it.each(PATHS)('opens %s with nothing to complain about in the console', async (path) => {
      // Its market is invented: it knows no Samsung Electronics.
      const held = await whenState('a position', newest)
      const fresh = await context.newPage()
      const troubles = watchTroubles(fresh)
      await fresh.goto(demo.url + path.replace('005930', held.instrument))
      await fresh.locator('main h1, main h2').first().waitFor({ timeout: PATIENCE_MS })
      await until('an end of loading', async () => (await fresh.locator('.loading').count()) === 0)
      await fresh.waitForLoadState('networkidle').catch(() => undefined)
      await fresh.close()
      expect(troubles).toEqual([])
    })

    it('speaks English when asked to, and Korean again', async () => {
      await go('/')
      await button('English').first().click()
      await page.getByRole('heading', { name: 'Positions', exact: true }).waitFor()
      expect(await page.evaluate('document.documentElement.lang')).toBe('en')
      expect((await page.locator('.nav').innerText()).match(/[가-힣]+/g)).toEqual(['한국어'])
      await button('한국어').first().click()
      await card('보유').waitFor()
    })

    it('fits a phone: tabs at the foot, the result in sight, the stop under the thumb', async () => {
      const phone = await browser.newContext({
        viewport: PHONE,
        isMobile: true,
        hasTouch: true,
        ...LOOKS,
        storageState: await context.storageState(),
      })
      const small = await phone.newPage()
      await small.goto(demo.url)
      const tabs = small.locator('nav.tabs')
      await tabs.waitFor({ timeout: PATIENCE_MS })
      await small.locator('.summary-pnl').waitFor()
      const at = await tabs.boundingBox()
      expect((at?.y ?? 0) + (at?.height ?? 0)).toBeCloseTo(PHONE.height, 0)
      expect(await tabs.locator('a, button').allInnerTexts()).toEqual([
        '오늘',
        '왜?',
        '주문·체결',
        '더보기',
        '비상정지',
      ])
      expect(await small.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
      const result = await small.locator('.summary-pnl').boundingBox()
      expect((result?.y ?? PHONE.height) + (result?.height ?? 0)).toBeLessThan(PHONE.height / 2)
      await tabs.getByRole('button', { name: '비상정지' }).tap()
      const choice = small
        .getByRole('dialog', { name: '비상정지' })
        .getByRole('button', { name: /^전량 청산/ })
      await choice.waitFor()
      const reach = await choice.boundingBox()
      expect((reach?.y ?? 0) + (reach?.height ?? PHONE.height)).toBeLessThan(PHONE.height)
      await phone.close()
    })

    it('holds the emergency stop: everything is sold and buying waits until somebody resumes it', async () => {
      await go('/')
      await whenState('a position', newest)
      await button('비상정지').first().click()
      const sheet = page.getByRole('dialog', { name: '비상정지' })
      const flatten = button(/^전량 청산/, sheet)
      await flatten.click()
      expect((await stateOf(page)).desk.buyingPaused, 'a mere click does nothing').toBe(false)
      await hold(flatten, sheet)
      await button('매수 멈춤 · 재개').waitFor()
      await card('보유').getByText('보유 종목이 없습니다').waitFor()
      const { trips, desk } = await stateOf(page)
      expect(Object.values(trips).map(({ exit }) => exit)).toContain('flatten')
      expect(desk).toMatchObject({ halt: 'active', buyingPaused: true })
      await button('매수 멈춤 · 재개').click()
      await whenState('a purchase after it', newest)
      expect((await stateOf(page)).desk.buyingPaused).toBe(false)
    })

    it('ends the day, and to the won it is what the broker has', async () => {
      expect(await demo.interrupt()).toBe(0)
    })
  },
)
