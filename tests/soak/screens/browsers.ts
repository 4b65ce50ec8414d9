import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../../web/browser.ts'
import { enter } from '../../web/demo.ts'

/** What a person has open in the day: mostly Today, some on a phone, and each page that moves. */
const OPEN = ['/', '/', '/', '/chart/100000', '/', '/why', '/orders', '/risk', '/', '/risk'] as const
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const PHONE_EACH = 3
/** All of them open on one machine. */
const OPEN_PATIENCE_MS = 60_000
/** What a page does while it is opened does not count. */
const SETTLE_MS = 10_000

const OBSERVE = `
  window.longTasks = [];
  new PerformanceObserver((list) => { for (const each of list.getEntries()) longTasks.push(each.duration) })
    .observe({ type: 'longtask', buffered: false });
`

export interface Browsers {
  /** The longest task of each page so far, ms; 0: none of 50 ms or more. */
  longest(): Promise<readonly number[]>
  /** Messages that each page has had from the server since the last look. */
  heard(): readonly number[]
  /** Script heap of each page after a full collection, bytes. */
  heaps(): Promise<readonly number[]>
  close(): Promise<void>
}

interface Client {
  readonly page: Page
  readonly cdp: CDPSession
  heard: number
}

/** So many pages in one headless browser, signed in by the one-time link. */
export async function openBrowsers(
  link: string,
  clients: number,
  trouble: (text: string) => void,
): Promise<Browsers> {
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({ viewport: DESKTOP })
    await context.addInitScript(OBSERVE)
    const first = await context.newPage()
    await enter(first, link)
    await first.close()
    const { origin } = new URL(link)
    const all: Client[] = []
    for (let i = 0; i < clients; i++) all.push(await open(context, origin, i, trouble))
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    for (const { page } of all) await page.evaluate('longTasks.length = 0')
    return {
      longest: () => each(all, ({ page }) => page.evaluate<number>('Math.max(0, ...longTasks)')),
      heard: () =>
        all.map((client) => {
          const { heard } = client
          client.heard = 0
          return heard
        }),
      heaps: () => each(all, heapOf),
      close: () => browser.close(),
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function open(
  context: BrowserContext,
  origin: string,
  index: number,
  trouble: (text: string) => void,
): Promise<Client> {
  const page = await context.newPage()
  if (index % PHONE_EACH === PHONE_EACH - 1) await page.setViewportSize(PHONE)
  const client: Client = { page, cdp: await context.newCDPSession(page), heard: 0 }
  page.on('pageerror', (error) => trouble(`page ${index}: ${error.message}`))
  page.on('websocket', (socket) =>
    socket.on('framereceived', () => {
      client.heard++
    }),
  )
  const path = OPEN[index % OPEN.length] ?? '/'
  await page.goto(origin + path)
  await page
    .locator('main :is(h1, h2)')
    .first()
    .waitFor({ timeout: OPEN_PATIENCE_MS })
    .catch(async () => {
      throw new Error(`${path} does not open: ${await page.locator('body').innerText()}`)
    })
  return client
}

async function heapOf({ cdp }: Client): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize
}

async function each<T>(
  clients: readonly Client[],
  ask: (client: Client) => Promise<T>,
): Promise<readonly T[]> {
  const answers: T[] = []
  for (const client of clients) answers.push(await ask(client))
  return answers
}
