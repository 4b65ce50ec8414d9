import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { every, wallClock } from '../../src/apps/system.ts'
import type { Clock } from '../../src/std/clock.ts'
import { codeOf, PASSWORD } from '../../src/web/server/security/testing/browser.ts'
import { type CannedLine, createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildPages, noBrowser, openBrowser } from './browser.ts'
import { openSecuredServer, type SecuredServer } from './secured-server.ts'

const missing = noBrowser()
const MINUTE_MS = 60_000
/** A code counts once: the next one is a step away. */
const STEP_MS = 30_000

let aheadMs = 0
/** The guard's clock: the machine's, and as far ahead as the test has waited. */
const clock: Clock = { now: () => wallClock.now() + aheadMs, after: (ms, run) => wallClock.after(ms, run) }

let browser: Browser
let web: SecuredServer
let line: CannedLine
let page: Page
let secret = ''
let recoveryCodes: readonly string[] = []
const ends: (() => unknown)[] = []

const button = (name: string, on: Page = page) => on.getByRole('button', { name, exact: true })
const heading = (name: string, on: Page = page) => on.getByRole('heading', { name, exact: true })
const shell = (on: Page = page) => on.locator('.shell')
const passwordField = (on: Page = page) => on.locator('.door input[autocomplete$="-password"]')

function nextCode(): string {
  aheadMs += STEP_MS
  return codeOf(secret, clock.now())
}

/** Nothing in anybody's way, in either theme. */
async function expectClean(on: Page = page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await on.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await on.waitForTimeout(300)
    const { violations } = await new AxeBuilder({ page: on })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    )
  }
}

/** A browser of somebody else, or another of the same person. */
async function another(path = '/'): Promise<Page> {
  const context = await browser.newContext({ locale: 'ko-KR' })
  ends.unshift(() => context.close())
  const opened = await context.newPage()
  await opened.goto(web.url + path)
  return opened
}

async function signOut(): Promise<void> {
  await button('로그아웃').first().click()
  await heading('로그인').waitFor()
}

async function givePassword(on: Page = page, password = PASSWORD): Promise<void> {
  await on.getByLabel('이름', { exact: true }).fill('jiwoo')
  await passwordField(on).fill(password)
  await button('로그인', on).click()
}

describe.skipIf(missing)(`the door${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    const [pages, folder] = await Promise.all([buildPages(), mkdtemp(join(tmpdir(), 'garam-door-'))])
    line = createCannedLine(wallClock)
    web = await openSecuredServer({ line, assets: pages.folder, folder, port: 0, clock })
    ends.push(
      every(wallClock, 250, () => line.move()),
      () => web.close(),
      () => pages.remove(),
      () => rm(folder, { recursive: true, force: true }),
    )
    browser = await openBrowser()
    ends.unshift(() => browser.close())
    page = await another()
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  it('tells the very first visitor where the way in is, and shows nothing else', async () => {
    await heading('첫 소유자를 기다립니다').waitFor()
    expect(await shell().count()).toBe(0)
    await expectClean()
    await button('English').click()
    await heading('Waiting for the first owner').waitFor()
    await button('한국어').click()
  })

  it('makes the first owner by the link, says what is wrong with a password, and takes the token out of the address', async () => {
    const link = await web.security.entryLink()
    if (!link.ok) throw new Error(link.error.en)
    await page.goto(web.url + link.value)
    await heading('첫 소유자 만들기').waitFor()
    expect(page.url()).toBe(`${web.url}/`)
    await expectClean()
    await page.getByLabel('이름', { exact: true }).fill('jiwoo')
    await passwordField().fill('password1234')
    await button('소유자 만들기').click()
    await page.getByText('너무 흔하거나 단순한 비밀번호입니다').waitFor()
    await passwordField().fill(PASSWORD)
    await button('소유자 만들기').click()
    await heading('계정이 준비되었습니다').waitFor()
    await button('나중에').click()
    await shell().waitFor()
    expect(page.url()).toBe(`${web.url}/`)
  })

  it('tells an owner without a second factor how to add one when a purchase asks for it', async () => {
    await order()
    await heading('2단계 인증이 없습니다').waitFor()
    await page.getByRole('link', { name: '2단계 인증 등록하기' }).click()
    await heading('내 계정').waitFor()
    expect(page.url()).toBe(`${web.url}/settings#account`)
    await expect.poll(async () => (await heading('내 계정').boundingBox())?.y).toBeLessThan(400)
    expect((await heading('내 계정').boundingBox())?.y).toBeGreaterThan(0)
    expect(line.commands).toEqual([])
  })

  it('adds an authenticator app and hands out recovery codes, once', async () => {
    await button('인증 앱 등록').click()
    await page.locator('dialog input[autocomplete="current-password"]').fill(PASSWORD)
    await button('계속').click()
    secret = ((await page.locator('.secret-text').textContent()) ?? '').replaceAll(' ', '')
    await page.waitForFunction("document.querySelector('.totp-secret img').naturalWidth > 0")
    await page.getByLabel('6자리 코드').fill(codeOf(secret, clock.now()))
    await button('등록').click()
    await heading('복구 코드').waitFor()
    recoveryCodes = await page.locator('.codes-shown code').allTextContents()
    expect(recoveryCodes).toHaveLength(10)
    await button('보관했습니다').click()
    await page.getByText('아직 복사하지 않았습니다').waitFor()
    await button('보관했습니다').click()
    await page.getByText('10개 남음').waitFor()
    await expectClean()
  })

  it('asks for password and code, and brings whoever signs in to where they wanted to go', async () => {
    await signOut()
    await page.goto(`${web.url}/orders`)
    await heading('로그인').waitFor()
    await expectClean()
    await givePassword(page, '틀린 비밀번호입니다')
    await page.getByText('이름이나 비밀번호가 맞지 않습니다').waitFor()
    await givePassword()
    await heading('2단계 인증').waitFor()
    await expectClean()
    await page.locator('.code-input').fill('000000')
    await page.getByText('코드가 맞지 않거나').waitFor()
    await page.locator('.code-input').fill(nextCode())
    await shell().waitFor()
    expect(page.url()).toBe(`${web.url}/orders`)
  })

  it('registers a passkey, names it anew, and signs in with nothing else', async () => {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${web.url}/settings#account`)
    await button('패스키 등록').click()
    await button('만들기').click()
    await page.locator('.entry strong', { hasText: 'Linux · Chrome' }).first().waitFor()
    await button('이름 Linux · Chrome').click()
    await page.locator('dialog').getByLabel('이름').fill('내 노트북')
    await button('저장').click()
    await page.locator('strong', { hasText: '내 노트북' }).waitFor()
    await signOut()
    await button('패스키로 로그인').click()
    await shell().waitFor()
    expect(web.state.store.view().users[0]?.passkeys).toMatchObject([{ name: '내 노트북' }])
  })

  it('asks for the second factor again before a purchase, and the order goes out once it is given', async () => {
    aheadMs += 11 * MINUTE_MS
    await order()
    await heading('2단계 인증').waitFor()
    await expectClean()
    await button('하지 않기').click()
    await page.getByText('2단계 인증을 한 번 더 해 주세요').waitFor()
    expect(line.commands).toEqual([])
    await order()
    await page.locator('.code-input').fill(nextCode())
    await page.getByText('주문을 전달했습니다').waitFor()
    expect(line.commands).toMatchObject([{ command: { do: 'order', side: 'buy', quantity: 1 }, by: 'jiwoo' }])
  })

  it('goes on when another tab gave the second factor and the token of this one is old', async () => {
    const tab = await page.context().newPage()
    await tab.goto(`${web.url}/settings#account`)
    aheadMs += 11 * MINUTE_MS
    await button('새로 만들기', tab).click()
    await tab.locator('dialog').getByRole('button', { name: '새로 만들기' }).click()
    await tab.locator('.code-input').fill(nextCode())
    await heading('복구 코드', tab).waitFor()
    recoveryCodes = await tab.locator('.codes-shown code').allTextContents()
    await tab.close()
    const before = line.commands.length
    await order()
    await expect.poll(() => line.commands.length).toBe(before + 1)
    expect(await heading('2단계 인증').count()).toBe(0)
  })

  it('lets a recovery code in, and shows the sign-in screen on a device that was signed out from there', async () => {
    const other = await another('/settings#account')
    await givePassword(other)
    await button('복구 코드 쓰기', other).click()
    await other.getByLabel('복구 코드').fill(recoveryCodes[0] ?? '')
    await button('확인', other).click()
    await heading('내 계정', other).waitFor()
    await button('다른 기기 모두 로그아웃', other).click()
    await page.getByText('이 기기의 로그인이 끝났습니다').waitFor()
    expect(await shell().count()).toBe(0)
    await expectClean()
    await inviteViewer(other)
  })

  it('counts down until somebody who guessed too often may try again', async () => {
    // What was guessed before is forgotten.
    aheadMs += 16 * MINUTE_MS
    for (let attempt = 0; attempt < 10; attempt++) {
      await givePassword(page, `틀린 비밀번호 ${attempt}`)
      await page.getByText('이름이나 비밀번호가 맞지 않습니다').waitFor()
      aheadMs += MINUTE_MS
      await page.reload()
      await heading('로그인').waitFor()
    }
    await givePassword()
    await page.getByText('여러 번 틀려서 잠시 막았습니다').waitFor()
    expect(await page.getByRole('timer').textContent()).toMatch(/1[34]분 \d\d초/)
    expect(await button('로그인').isDisabled()).toBe(true)
    await expectClean()
  })
})

/** One share of Samsung Electronics at market, as far as the button that sends it. */
async function order(): Promise<void> {
  await page.goto(`${web.url}/chart/005930`)
  await page.locator('.ticket').getByLabel('수량', { exact: true }).fill('1')
  await button('매수 확인').click()
  await button('매수 주문 내기').click()
}

/** The owner's link brings in somebody who may look, and whose buttons of trade are off. */
async function inviteViewer(owner: Page): Promise<void> {
  await button('사용자 초대', owner).click()
  await owner.locator('dialog').getByLabel('이름').fill('minsu')
  await button('링크 만들기', owner).click()
  const address = (await owner.locator('.secret-text.boxed').textContent()) ?? ''
  expect(address).toContain(`${web.url}/enter/`)
  const viewer = await another(address.replace(web.url, ''))
  await heading('비밀번호 정하기', viewer).waitFor()
  await passwordField(viewer).fill('강가에서 부는 휘파람')
  await button('비밀번호 정하고 들어가기', viewer).click()
  await button('나중에', viewer).click()
  await shell(viewer).waitFor()
  expect(await button('비상정지', viewer).first().isDisabled()).toBe(true)
  await viewer.goto(`${web.url}/settings`)
  await heading('내 계정', viewer).waitFor()
  expect(await heading('사용자', viewer).count()).toBe(0)
}
