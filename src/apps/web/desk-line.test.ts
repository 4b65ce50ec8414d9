import { rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type InstrumentId, instrumentId, orderId } from '../../model/ids.ts'
import { krw, price, quantity } from '../../model/money.ts'
import { err, ok } from '../../std/result.ts'
import type { DeskCommand, ManualOrder, Tick } from '../../web/server/desk-line.ts'
import { askControl, controlPath, openControl } from '../control.ts'
import { demoSettings } from '../demo-settings.ts'
import { wallClock } from '../system.ts'
import { type FakeTrader, fakeTrader } from '../testing/fake-trader.ts'
import { openFolder } from '../testing/recording-io.ts'
import { sampleOrder, sampleView } from '../testing/sample-view.ts'
import type { RunningTrader } from '../trader.ts'
import { createDeskLink } from './desk-link.ts'
import { attachLine, LONGEST_REQUEST, LONGEST_SHOWN } from './desk-messages.ts'
import { type LinkToDesk, linkToDesk } from './link-to-desk.ts'

const SAMSUNG = instrumentId('005930')
const OTHER = instrumentId('000660')

const cleanups: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function until(holds: () => boolean, withinMs = 10_000): Promise<void> {
  const end = wallClock.now() + withinMs
  while (!holds() && wallClock.now() < end) await new Promise((go) => setTimeout(go, 10))
  expect(holds(), 'it came to be').toBe(true)
}

async function newFolder(): Promise<string> {
  const { folder, remove } = await openFolder()
  cleanups.push(remove)
  return folder
}

async function openDesk(folder: string, trader: () => RunningTrader | undefined) {
  const link = createDeskLink({ wall: wallClock, trader, environment: 'simulated', speed: () => 20 })
  const control = await openControl(folder, () => ({ ok: true, ko: '네', en: 'yes' }), link.attach)
  if (!control.ok) throw new Error('taken')
  const close = async () => {
    link.close()
    await control.value.close()
  }
  cleanups.push(close)
  return { close }
}

function connect(folder: string): LinkToDesk {
  const line = linkToDesk({ journalFolder: folder, wall: wallClock })
  cleanups.push(() => line.close())
  return line
}

/** A trader and a web server of one folder, connected. */
async function connected(trader: FakeTrader = fakeTrader()) {
  const folder = await newFolder()
  const desk = await openDesk(folder, () => trader)
  const line = connect(folder)
  await until(() => line.line() === 'up')
  return { folder, trader, desk, line }
}

/** A connection of our own making, to say what no web server says. */
async function raw(folder: string, first: string): Promise<{ socket: Socket; text: () => string }> {
  const socket = createConnection(controlPath(folder))
  cleanups.push(() => void socket.destroy())
  socket.on('error', () => undefined)
  socket.setEncoding('utf8')
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  socket.write(`${first}\n`)
  await until(() => text.includes('\n') || socket.destroyed)
  return { socket, text: () => text }
}

describe('the line between trader and web server', () => {
  it('shows the desk with its settings, and goes on showing what changes', async () => {
    const { trader, line } = await connected()
    expect(line.shown()).toMatchObject({
      view: JSON.parse(JSON.stringify(sampleView())),
      settings: JSON.parse(JSON.stringify(demoSettings())),
      environment: 'simulated',
      speed: 20,
      feed: { state: 'live' },
    })
    const view = sampleView()
    const happenings = [...view.happenings, { at: 1, level: 'info', ko: '새 일', en: 'news' } as const]
    trader.shows({ ...view, cash: krw(7), happenings })
    await until(() => line.shown()?.view.cash === 7)
    expect(line.shown()?.view.happenings).toEqual(happenings)
    expect(line.shown()?.view.refusals).toEqual(view.refusals)
    expect(line.shown()?.settings).toEqual(demoSettings())
  })

  it('tells who listens of each showing, and of going down and up', async () => {
    const { trader, folder, desk, line } = await connected()
    const heard: string[] = []
    line.onChange(() => heard.push(line.line()))
    await desk.close()
    await until(() => heard.at(-1) === 'down')
    expect(line.shown()?.settings).toEqual(demoSettings())
    expect(await line.command({ do: 'cancelAll' }, 'kim')).toMatchObject({ ok: false })
    await openDesk(folder, () => trader)
    await until(() => heard.at(-1) === 'up')
    expect(await line.command({ do: 'cancelAll' }, 'kim')).toEqual({ ok: true })
    expect(trader.commands).toEqual([{ do: 'cancelAll' }])
  })

  it('waits for a trader that does not stand yet, and says so', async () => {
    const folder = await newFolder()
    let trader: FakeTrader | undefined
    await openDesk(folder, () => trader)
    const line = connect(folder)
    await new Promise((go) => setTimeout(go, 600))
    expect(line.line()).toBe('down')
    expect(line.shown()).toBeUndefined()
    trader = fakeTrader()
    await until(() => line.line() === 'up')
    trader = undefined
    await until(() => line.line() === 'down')
    expect(line.shown()?.settings).toEqual(demoSettings())
  })

  it('is down while a trader of another process has not shown itself', async () => {
    const trader = fakeTrader()
    let shownAt = wallClock.now()
    const folder = await newFolder()
    await openDesk(folder, () => ({ ...trader, shownAt: () => shownAt }))
    const line = connect(folder)
    await until(() => line.line() === 'up')
    shownAt = wallClock.now() - 60_000
    await until(() => line.line() === 'down')
  })

  it('leaves the short requests of other shells as they were', async () => {
    const { folder } = await connected()
    expect(await askControl(folder, { do: 'status' })).toMatchObject({ ok: true, value: { en: 'yes' } })
  })
})

describe('what is asked over the line', () => {
  const order: ManualOrder = {
    instrument: SAMSUNG,
    side: 'buy',
    quantity: quantity(3),
    order: { kind: 'market' },
    limit: price(71_500),
  }
  const id = orderId('20261120-000001')
  const COMMANDS: readonly DeskCommand[] = [
    { do: 'setHalt', state: 'reducing' },
    { do: 'pauseBuying' },
    { do: 'sell', instrument: SAMSUNG },
    { do: 'order', ...order },
    { do: 'cancelOrder', order: id },
    { do: 'amendOrder', order: id, limit: price(71_000), quantity: quantity(3) },
    { do: 'settleOrder', order: id, as: { kind: 'filled', quantity: quantity(3), price: price(71_000) } },
  ]

  it.each(COMMANDS)('gives the trader $do, with who it was', async (command) => {
    const given: unknown[] = []
    const { line } = await connected({
      ...fakeTrader(),
      give: async (what, by) => {
        given.push([what, by])
        return ok(undefined)
      },
    })
    expect((await line.command(command, '김철수')).ok).toBe(true)
    expect(given).toEqual([[command, '김철수']])
  })

  it('refuses what the trader does not take, and goes on', async () => {
    const { line, trader } = await connected()
    const huge = { do: 'order', ...order, quantity: quantity(2 ** 40) } as const
    expect(await line.command(huge, 'kim')).toMatchObject({ ok: false })
    expect(await line.command({ do: 'settings', settings: demoSettings() }, 'kim')).toMatchObject({
      ok: false,
    })
    expect(await line.command({ do: 'cancelAll' }, 'a\u001b[31mname')).toMatchObject({ ok: false })
    expect(trader.commands).toEqual([])
    expect(line.line()).toBe('up')
  })

  it('hands on why a command did not get to the engine', async () => {
    const ended = { ko: '끝났습니다', en: 'ended' }
    const { line } = await connected({ ...fakeTrader(), give: async () => err(ended) })
    expect(await line.command({ do: 'flatten' }, 'kim')).toEqual({ ok: false, error: ended })
  })

  it('answers a preview, its refusal in words', async () => {
    const preview = {
      type: 'limit',
      venue: 'KRX',
      limit: price(71_500),
      amount: krw(214_500),
      commission: krw(30),
      tax: krw(0),
      needed: krw(214_540),
    } as const
    const { line } = await connected({
      ...fakeTrader(),
      preview: async () => ok({ ...preview, refusal: { code: 'buyingPaused' } }),
    })
    expect(await line.preview(order)).toEqual({
      ok: true,
      value: {
        ...preview,
        refusal: { code: 'buyingPaused', ko: '매수가 일시정지되어 있습니다', en: 'Buying is paused' },
      },
    })
  })

  it('answers what an instrument is and between which prices it may be ordered', async () => {
    const facts = {
      listing: { id: SAMSUNG, name: '삼성전자', market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
      basePrice: price(71_000),
      band: { lower: price(49_700), upper: price(92_300) },
    } as const
    const none = { ko: '모릅니다', en: 'not known' }
    const { line } = await connected({
      ...fakeTrader(),
      instrument: async (id) => (id === SAMSUNG ? ok(facts) : id === OTHER ? err(none) : ok(undefined)),
    })
    expect(await line.instrument(SAMSUNG)).toEqual({ ok: true, value: facts })
    expect(await line.instrument(OTHER)).toEqual({ ok: false, error: none })
    expect(await line.instrument(instrumentId('999999'))).toEqual({ ok: true })
  })

  it('answers bars, and an error of the trader as one in words', async () => {
    const bar = {
      openAt: 1,
      closeAt: 2,
      open: price(1),
      high: price(2),
      low: price(1),
      close: price(2),
      volume: quantity(3),
    }
    const { line } = await connected({
      ...fakeTrader(),
      bars: async (instrument) => {
        if (instrument === OTHER) throw new Error('no chart')
        return ok([bar])
      },
    })
    expect(await line.bars(SAMSUNG, '1m')).toEqual({ ok: true, value: [bar] })
    expect(await line.bars(OTHER, '1m')).toMatchObject({
      ok: false,
      error: { en: expect.stringMatching(/no chart/) },
    })
  })

  it('reaches the trader as a command however many charts are asked for and not answered', async () => {
    const { line, trader } = await connected({ ...fakeTrader(), bars: () => new Promise(() => undefined) })
    const answers: unknown[] = []
    for (let asked = 0; asked < 80; asked++) void line.bars(SAMSUNG, '1m').then((each) => answers.push(each))
    expect(await line.command({ do: 'flatten' }, 'kim')).toEqual({ ok: true })
    expect(trader.commands).toEqual([{ do: 'flatten' }])
    // The charts that were too many are refused; the others wait.
    expect(answers).toHaveLength(16)
  })

  it('is answered with an error when the line is cut meanwhile', async () => {
    const { line, desk } = await connected({ ...fakeTrader(), bars: () => new Promise(() => undefined) })
    const answer = line.bars(SAMSUNG, '1m')
    await new Promise((go) => setTimeout(go, 50))
    await desk.close()
    expect(await answer).toMatchObject({ ok: false, error: { en: expect.stringMatching(/was cut/) } })
  })

  it('says that nobody knows whether a command was done when the line is cut behind it', async () => {
    const { line, desk } = await connected({ ...fakeTrader(), give: () => new Promise(() => undefined) })
    const answer = line.command({ do: 'order', ...order }, 'kim')
    await new Promise((go) => setTimeout(go, 50))
    await desk.close()
    expect(await answer).toMatchObject({ ok: false, error: { isUnknown: true } })
    // What never left is known not to have been done.
    const later = await line.command({ do: 'order', ...order }, 'kim')
    expect(later.ok || later.error.isUnknown).toBeUndefined()
  })
})

describe('ticks over the line', () => {
  const tick = (): Tick => ({
    kind: 'trade',
    instrument: SAMSUNG,
    venue: 'KRX',
    at: 1,
    receivedAt: 1,
    price: price(71_500),
    quantity: quantity(1),
    bid: price(0),
    ask: price(0),
    dayVolume: quantity(1),
  })

  it('come for what is followed, and are asked for again after the line was down', async () => {
    const followed: (readonly InstrumentId[])[] = []
    let tell: (instrument: typeof SAMSUNG, ticks: readonly Tick[]) => void = () => undefined
    const trader: FakeTrader = {
      ...fakeTrader(),
      follow: (instruments) => void followed.push(instruments),
      onTicks: (hear) => {
        tell = hear
        return () => undefined
      },
    }
    const { folder, desk, line } = await connected(trader)
    const heard: unknown[] = []
    line.onTicks((instrument, ticks) => heard.push([instrument, ticks.length]))
    line.follow([SAMSUNG])
    await until(() => followed.length > 0)
    tell(OTHER, [tick()])
    tell(SAMSUNG, [tick(), tick()])
    await until(() => heard.length > 0)
    expect(heard).toEqual([[SAMSUNG, 2]])
    await desk.close()
    await until(() => followed.at(-1)?.length === 0)
    await openDesk(folder, () => trader)
    await until(() => followed.at(-1)?.[0] === SAMSUNG)
  })
})

describe('a reader that does not keep to the rules', () => {
  it('is left out while it does not read, and costs the trader nothing', async () => {
    let looked = 0
    const trader = fakeTrader()
    // More than a socket takes without being read.
    const orders = Array.from({ length: 4_000 }, (_, i) => sampleOrder({ id: orderId(`20261120-${i}`) }))
    trader.shows(sampleView({ orders }))
    const folder = await newFolder()
    await openDesk(folder, () => ({
      ...trader,
      view: () => {
        looked++
        return trader.view()
      },
    }))
    const slow = createConnection(controlPath(folder))
    cleanups.push(() => void slow.destroy())
    slow.pause()
    slow.write(`${attachLine()}\n`)
    await until(() => looked > 0)
    await new Promise((go) => setTimeout(go, 1_000))
    expect(looked).toBe(1)
    let bytes = 0
    slow.on('data', (part) => {
      bytes += part.length
    })
    slow.resume()
    await until(() => bytes > 0 && looked > 2)
  })

  it.each([
    ['a line that does not end', 'x'.repeat(LONGEST_REQUEST + 1)],
    [
      'a line that is too long',
      `${JSON.stringify({ do: 'follow', id: 1, more: 'x'.repeat(LONGEST_REQUEST) })}\n`,
    ],
    ['a line that is no request', 'GET / HTTP/1.1\n'],
  ])('is cut off for %s', async (_, text) => {
    const { folder } = await connected()
    const { socket } = await raw(folder, attachLine())
    socket.write(text)
    await until(() => socket.destroyed)
  })

  it('is told when it is of another version', async () => {
    const { folder } = await connected()
    const { text } = await raw(folder, JSON.stringify({ do: 'attach', version: '0.0.0-other' }))
    expect(JSON.parse(text())).toMatchObject({ type: 'refused', en: expect.stringMatching(/versions/) })
  })
})

describe('a trader that does not keep to the rules', () => {
  it.each([
    ['garbage', 'hello\n'],
    ['a line without an end', 'x'.repeat(LONGEST_SHOWN + 1)],
  ])('is left for %s, and found again when it is itself', async (_, text) => {
    const folder = await newFolder()
    let calls = 0
    const odd = createServer((socket) => {
      calls++
      socket.resume()
      socket.on('error', () => undefined)
      socket.write(text)
    })
    await new Promise<void>((listening) => odd.listen(controlPath(folder), listening))
    const line = connect(folder)
    await until(() => calls > 1)
    expect(line.line()).toBe('down')
    await new Promise((closed) => odd.close(closed))
    await rm(controlPath(folder), { force: true })
    await openDesk(folder, () => fakeTrader())
    await until(() => line.line() === 'up')
  })
})
