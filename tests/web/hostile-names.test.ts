import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noBrowser, openBrowser } from './browser.ts'
import { ANSWERS, CONDITIONS, PERSON, STRATEGY } from './hostile-day.ts'
import { type HostileServer, openHostileServer } from './hostile-server.ts'
import { ATTRIBUTE, END, FORMULA, FRAME, IMAGE, PLUS, RAN, REMOTE, SCRIPT, VECTOR } from './hostile-texts.ts'

const missing = noBrowser()

let browser: Browser
let web: HostileServer
const ends: (() => unknown)[] = []

interface Visit {
  readonly path: string
  /** What has to stand on it, letter by letter. */
  readonly shown: readonly string[]
  /** What is opened there besides. */
  readonly press?: string
}

const address = (path: string, ...parts: readonly string[]) =>
  parts.reduce((made, part) => made.replace('%', encodeURIComponent(part)), path)

const visits = (): readonly Visit[] => [
  {
    path: '/',
    shown: [IMAGE, SCRIPT, VECTOR, FORMULA, STRATEGY, PERSON, CONDITIONS.sell, ANSWERS.doubtful],
    press: `매도 ${IMAGE}`,
  },
  { path: '/chart/005930', shown: [IMAGE], press: '다른 종목 고르기' },
  { path: '/strategies', shown: [VECTOR, IMAGE, CONDITIONS.sell] },
  { path: '/why', shown: [ATTRIBUTE, VECTOR, STRATEGY] },
  { path: '/orders', shown: [IMAGE, SCRIPT, VECTOR, FORMULA, END, ANSWERS.doubtful], press: '직접 정리' },
  { path: '/orders/20261120-000006', shown: [END, ANSWERS.refused] },
  { path: '/backtest', shown: [END] },
  { path: `/backtest/${web.runs.backtest}`, shown: [IMAGE, FORMULA], press: '보고서' },
  { path: `/backtest/${web.runs.sweep}`, shown: [] },
  { path: `/backtest/${web.runs.failed}`, shown: [END] },
  { path: '/performance', shown: [FORMULA, VECTOR], press: '20−44,156' },
  { path: '/risk', shown: [IMAGE] },
  {
    path: '/journal',
    shown: [IMAGE, SCRIPT, VECTOR, FORMULA, END, ATTRIBUTE, PLUS, STRATEGY, PERSON],
    press: '재현',
  },
  { path: '/settings', shown: [SCRIPT, IMAGE, END, ATTRIBUTE, FRAME], press: `관리 ${IMAGE}` },
  // What stands in the address is a text of whoever made the link.
  { path: address('/orders/%', IMAGE), shown: [] },
  { path: address('/chart/%', SCRIPT), shown: [] },
  { path: address('/backtest/%?again=%', IMAGE, SCRIPT), shown: [] },
  { path: address('/why?rule=%&symbol=%', VECTOR, IMAGE), shown: [] },
  { path: address('/settings?key=%#%', `"]${IMAGE}`, IMAGE), shown: [] },
]

/** What a text makes when it is taken for markup. Nothing of ours looks like that. */
const MADE = [
  'img[src="x"]',
  'img[src^="https:"]',
  'iframe[srcdoc]',
  'script:not([src])',
  'a[href^="javascript:"]',
  ...['onerror', 'onload', 'onfocus', 'autofocus'].map((name) => `[${name}]`),
].join()

/** A page of the owner's, with everything about it that gives a broken-out text away. */
async function openPage(options: BrowserContextOptions = {}): Promise<{ page: Page; troubles: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  ends.unshift(() => context.close())
  await context.addCookies([web.cookie])
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`VIOLATION of ${violatedDirective}: ${blockedURI}`),
    )
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (/VIOLATION|Content Security Policy/.test(message.text())) troubles.push(message.text())
  })
  page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`))
  page.on('request', (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(web.url))
      troubles.push(`asked elsewhere: ${request.url()}`)
  })
  return { page, troubles }
}

/** What broke out of its text, in the page and its frames. */
const brokenOut = (page: Page) =>
  Promise.all(
    page
      .frames()
      .map((frame) =>
        frame.evaluate(
          ([name, made]) => [
            (globalThis as Record<string, unknown>)[name as string] ?? 'nothing ran',
            ...[...document.querySelectorAll(made as string)].map(({ outerHTML }) => outerHTML),
          ],
          [RAN, MADE],
        ),
      ),
  )

const textOf = async (page: Page) => String(await page.evaluate('document.body.innerText'))

describe.skipIf(missing)(`a hostile name${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    web = await openHostileServer()
    ends.push(() => web.close())
    browser = await openBrowser()
    ends.unshift(() => browser.close())
  }, 300_000)
  afterAll(async () => {
    for (const end of ends) await end()
  })

  it('would be found out if it broke out: the listeners see one that does', async () => {
    const breakOut = `document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(IMAGE + REMOTE)})`
    const { page, troubles } = await openPage()
    await page.goto(web.url)
    await page.evaluate(breakOut)
    await expect.poll(() => troubles.join()).toMatch(/VIOLATION of script-src-attr: inline/)
    expect(troubles.join()).toMatch(/VIOLATION of img-src: https:\/\/evil\.example/)
    expect((await brokenOut(page)).flat()).toEqual([
      'nothing ran',
      expect.stringContaining('<img src="x"'),
      expect.stringContaining('evil.example'),
    ])
    const bare = await openPage({ bypassCSP: true })
    await bare.page.goto(web.url)
    await bare.page.evaluate(breakOut)
    await expect.poll(async () => (await brokenOut(bare.page)).flat()[0]).toBe(1)
    expect(bare.troubles.join()).toMatch(/asked elsewhere: https:\/\/evil\.example/)
  })

  it.each([
    ['wide, behind the policy', {}],
    ['narrow, with the policy lifted', { bypassCSP: true, viewport: { width: 390, height: 844 } }],
  ])(
    'is a text like any other on every page (%s)',
    async (_, options) => {
      const { page, troubles } = await openPage(options)
      for (const { path, shown, press } of visits()) {
        await page.goto(web.url + path)
        await page.locator('main', { hasText: /\S/ }).waitFor()
        await expect
          .poll(
            async () => {
              const text = await textOf(page)
              return shown.filter((each) => !text.includes(each))
            },
            { timeout: 30_000, message: path },
          )
          .toEqual([])
        if (press !== undefined) {
          await page.locator('main').locator('button', { hasText: press }).first().click()
          await page.waitForTimeout(500)
        }
        expect([path, ...(await brokenOut(page)).flat()]).toEqual([
          path,
          ...page.frames().map(() => 'nothing ran'),
        ])
        expect(troubles).toEqual([])
      }
    },
    300_000,
  )

  it('is a text in the audit log', async () => {
    const { page, troubles } = await openPage()
    const { csrf } = await (await page.request.get(`${web.url}/api/v1/session`)).json()
    const headers = { 'x-garam-csrf': csrf, origin: web.url }
    const answers = [
      await page.request.delete(`${web.url}/api/v1/tokens/token-1`, { headers }),
      await page.request.patch(`${web.url}/api/v1/users/other`, { headers, data: { role: 'viewer' } }),
    ]
    expect(answers.map((answer) => answer.status())).toEqual([200, 200])
    await page.goto(`${web.url}/settings`)
    const log = page.locator('section.card', { has: page.getByRole('heading', { name: '감사 기록' }) })
    for (const text of [FRAME, IMAGE, SCRIPT]) await log.getByText(text).first().waitFor()
    expect((await brokenOut(page)).flat()).toEqual(['nothing ran'])
    expect(troubles).toEqual([])
  })

  it.each([
    ['the orders of a day', () => '/orders.csv', [PLUS]],
    ['the round trips of an account', () => '/performance/statement.csv?span=all', [FORMULA]],
    ['the trades of a backtest', () => `/backtests/${web.runs.backtest}/trades.csv`, [FORMULA, IMAGE]],
  ])('is no formula in a spreadsheet: %s', async (_, path, shown) => {
    const { page } = await openPage()
    const answer = await answerOf(page, path())
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('attachment'),
    })
    const fields = fieldsOf(await answer.text())
    for (const text of shown)
      expect(fields.map((field) => field.replace(/^'| \(\d{6}\)$/g, ''))).toContain(text)
    expect(
      fields.filter((field) => /^[=+\-@\t\r\n＝＋－＠]/.test(field) && Number.isNaN(Number(field))),
    ).toEqual([])
  })

  it.each([
    ['a statement', () => '/performance/statement.html?span=all', [FORMULA, VECTOR]],
    ['the report of a backtest', () => `/backtests/${web.runs.backtest}/report`, [FORMULA, IMAGE]],
    ['the report of a sweep', () => `/sweeps/${web.runs.sweep}/report`, []],
  ])('is a text in a page that somebody keeps and opens without our policy: %s', async (_, path, shown) => {
    const { page, troubles } = await openPage({ bypassCSP: true })
    const answer = await answerOf(page, path())
    expect(answer.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none'/)
    await page.setContent(await answer.text())
    const text = await textOf(page)
    expect(shown.filter((each) => !text.includes(each))).toEqual([])
    expect((await brokenOut(page)).flat()).toEqual(['nothing ran'])
    expect(troubles).toEqual([])
  })
})

/** A statement is not given while a day of it is still being read. */
async function answerOf(page: Page, path: string) {
  const ask = () => page.request.get(`${web.url}/api/v1${path}`)
  await expect.poll(async () => (await ask()).status(), { timeout: 30_000 }).toBe(200)
  return ask()
}

/** Every field of a file of comma-separated values (RFC 4180), without its quotes. */
function fieldsOf(text: string): readonly string[] {
  const fields = text.replace(/^\uFEFF/, '').match(/"(?:[^"]|"")*"|[^,\r\n]+/g) ?? []
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field))
}
