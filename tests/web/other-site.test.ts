import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wallClock } from '../../src/apps/system.ts'
import { type CannedLine, createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { noBrowser, openBrowser } from './browser.ts'
import { openSecuredServer, type SecuredServer, signedIn } from './secured-server.ts'

const missing = noBrowser()

let browser: Browser
let web: SecuredServer
let line: CannedLine
let otherPort = 0
let folder = ''
const cookie = randomBytes(32).toString('base64url')
const ends: (() => unknown)[] = []

beforeAll(async () => {
  if (missing) return
  folder = await mkdtemp(join(tmpdir(), 'garam-other-'))
  ends.unshift(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Garam</title><h1>Garam</h1>')
  line = createCannedLine(wallClock)
  web = await openSecuredServer({ line, assets: folder, folder, port: 0, clock: wallClock })
  ends.unshift(() => web.close())
  await web.state.store.change(signedIn(cookie, wallClock.now()))
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Elsewhere</title>')
  })
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
  ends.unshift(() => other.close())
  const place = other.address()
  otherPort = typeof place === 'object' && place ? place.port : 0
  browser = await openBrowser()
  ends.unshift(() => browser.close())
})
afterAll(async () => {
  for (const end of ends) await end()
})

/** The owner's browser, at a page of somebody else's. */
async function elsewhere(host: string): Promise<Page> {
  const context = await browser.newContext()
  ends.unshift(() => context.close())
  await context.addCookies([{ name: `garam-${new URL(web.url).port}`, value: cookie, url: web.url }])
  const page = await context.newPage()
  await page.goto(`http://${host}:${otherPort}/`)
  return page
}

/** What was refused and written down since, by kind and route. */
async function refusedSince(from: number): Promise<readonly string[]> {
  await web.state.audit.flushed()
  const { entries } = await web.state.audit.page(undefined, 200)
  return entries.flatMap(({ seq, what, about = '' }) => (seq > from && what === 'refused' ? [about] : []))
}

// Another port of this machine is another origin and the same site: a strict cookie goes along.
const SITES = [
  ['another site', '127.0.0.1'],
  ['another program on this machine', 'localhost'],
] as const

describe.skipIf(missing).each(SITES)(`a page of %s${missing ? ` (left out: ${missing})` : ''}`, (_, host) => {
  it('shows no page of ours in a frame, and so nobody clicks on what is under it', async () => {
    const [newest] = (await web.state.audit.page(undefined, 1)).entries
    const page = await elsewhere(host)
    await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe')
          frame.src = src
          frame.onload = resolve
          document.body.append(frame)
        }),
      web.url,
    )
    expect(await page.frames()[1]?.evaluate('document.body.innerText')).not.toContain('Garam')
    expect(await refusedSince(newest?.seq ?? 0)).toEqual(['other-origin: GET /*'])
  })

  it('gives no command: by a form, by a request with the cookie, by the live line', async () => {
    const [newest] = (await web.state.audit.page(undefined, 1)).entries
    const page = await elsewhere(host)
    const outcome = await page.evaluate(async (url) => {
      const body = '{"do":"stop"}'
      const ask = (init: RequestInit) =>
        fetch(`${url}/api/v1/commands`, { method: 'POST', credentials: 'include', body, ...init }).then(
          ({ type }) => type,
          () => 'failed',
        )
      const line = new Promise((resolve) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`)
        socket.onopen = () => resolve('open')
        socket.onerror = () => resolve('refused')
      })
      const read = fetch(`${url}/api/v1/state`, { credentials: 'include' }).then(
        () => 'read',
        () => 'failed',
      )
      const json = { headers: { 'content-type': 'application/json', 'idempotency-key': 'forged-0001' } }
      return [await ask({ mode: 'no-cors' }), await ask(json), await line, await read]
    }, web.url)
    expect(outcome).toEqual(['failed', 'failed', 'refused', 'failed'])
    await page.evaluate((url) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = `${url}/api/v1/commands`
      document.body.append(form)
      form.submit()
    }, web.url)
    await page.waitForURL(/commands/)
    expect(await page.textContent('body')).toContain('/problems/other-origin')
    expect(line.commands).toEqual([])
    expect([...(await refusedSince(newest?.seq ?? 0))].sort()).toEqual([
      'other-origin: GET /api/v1/live',
      'other-origin: GET /api/v1/state',
      'other-origin: OPTIONS unknown path',
      'other-origin: POST /api/v1/commands',
      'other-origin: POST /api/v1/commands',
    ])
  })
})

it.skipIf(missing)('the owner is served as before', async () => {
  const page = await elsewhere('localhost')
  await page.goto(web.url)
  expect(await page.textContent('h1')).toBe('Garam')
  expect(await page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")).toMatchObject({
    state: 'signed-in',
    user: { name: 'jiwoo' },
  })
})
