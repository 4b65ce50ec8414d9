import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../../web/browser.ts'
import { enter } from '../../web/demo.ts'

/** Drawn without a graphics card each page takes a tenth of a core: so many are drawn, the others only listen. */
const DRAWN = [
  { path: '/', viewport: { width: 1440, height: 900 } },
  { path: '/', viewport: { width: 390, height: 844 } },
  { path: '/chart/100000', viewport: { width: 1440, height: 900 } },
  { path: '/risk', viewport: { width: 390, height: 844 } },
] as const
/** All of them open on one machine. */
const OPEN_PATIENCE_MS = 60_000
/** What a page does while it is opened does not count. */
const SETTLE_MS = 10_000

const OBSERVE = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      longTasks.push({ at: performance.timeOrigin + startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: false });
`

/** In a page of the same browser and session: lines like those of a page, each taking the day in and keeping it up. */
const LISTEN = `(count) => {
  window.lines = Array.from({ length: count }, () => {
    const line = { heard: 0, state: undefined };
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/v1/live');
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: 'follow', instruments: ['100000'] }));
      socket.send(JSON.stringify({ type: 'start' }));
    };
    socket.onmessage = ({ data }) => {
      const said = JSON.parse(data);
      if (said.type === 'snapshot') line.state = said.state;
      if (said.type !== 'beat') line.heard++;
    };
    return line;
  });
}`
const TAKE_HEARD = 'lines.map((line) => { const { heard } = line; line.heard = 0; return heard })'

/** 50 ms or more in which a page could not answer. */
export interface LongTask {
  /** Wall ms. */
  readonly at: number
  readonly ms: number
}

export interface Browsers {
  /** Of each drawn page so far. */
  longTasks(): Promise<readonly (readonly LongTask[])[]>
  /** Messages that each client has had from the server since the last look. */
  heard(): Promise<readonly number[]>
  /** Script heap of each page after a full collection, bytes. */
  heaps(): Promise<readonly number[]>
  close(): Promise<void>
}

interface Client {
  readonly page: Page
  readonly cdp: CDPSession
  heard: number
  readonly longTasks: LongTask[]
}

/** So many clients in one headless browser, signed in by the one-time link: a few windows that are drawn, lines for the rest. */
export async function openBrowsers(
  link: string,
  clients: number,
  trouble: (text: string) => void,
): Promise<Browsers> {
  const browser = await openBrowser()
  try {
    const context = await browser.newContext()
    const { origin } = new URL(link)
    const listener = await context.newPage()
    await enter(listener, link)
    // Its pages live no more, its session does.
    await listener.goto(`${origin}/manifest.webmanifest`)
    const all: Client[] = []
    const storageState = await context.storageState()
    for (const drawn of DRAWN.slice(0, clients)) {
      // A window of its own: of the tabs of one window all but the last are hidden, and drawn once a second.
      const window = await browser.newContext({ storageState })
      await window.addInitScript(OBSERVE)
      all.push(await open(window, origin, drawn, trouble))
    }
    await listener.evaluate(`(${LISTEN})(${clients - all.length})`)
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    for (const { page } of all) await page.evaluate('longTasks.length = 0')
    return {
      longTasks: () => each(all, noteTasks),
      heard: async () => [
        ...all.map((client) => {
          const { heard } = client
          client.heard = 0
          return heard
        }),
        ...(await listener.evaluate<readonly number[]>(TAKE_HEARD)),
      ],
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
  { path, viewport }: (typeof DRAWN)[number],
  trouble: (text: string) => void,
): Promise<Client> {
  const page = await context.newPage()
  await page.setViewportSize(viewport)
  const client: Client = { page, cdp: await context.newCDPSession(page), heard: 0, longTasks: [] }
  page.on('pageerror', (error) => trouble(`${path}: ${error.message}`))
  page.on('websocket', (socket) =>
    socket.on('framereceived', () => {
      client.heard++
    }),
  )
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

/** A full collection on demand is a long task of ours and not of the page: what it took is left out. */
async function heapOf(client: Client): Promise<number> {
  const { page, cdp } = client
  await noteTasks(client)
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  await page.waitForTimeout(100)
  await page.evaluate('longTasks.length = 0')
  return usedSize
}

async function noteTasks({ page, longTasks }: Client): Promise<readonly LongTask[]> {
  longTasks.push(...(await page.evaluate<readonly LongTask[]>('longTasks.splice(0)')))
  return longTasks
}

async function each<T>(
  clients: readonly Client[],
  ask: (client: Client) => Promise<T>,
): Promise<readonly T[]> {
  const answers: T[] = []
  for (const client of clients) answers.push(await ask(client))
  return answers
}
