import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createDisk } from '../../adapters/journal/disk.ts'
import { openJournal } from '../../adapters/journal/journal.ts'
import { DAY } from '../../trading/engine/testing/morning.ts'
import { liveStateOf } from '../../web/server/live/live-state.ts'
import {
  everyOrder,
  fillsPage,
  orderLife,
  ordersPage,
  refusalsPage,
  trailPage,
  tripsPage,
} from '../../web/server/records/ask-book.ts'
import { createCheckpoints } from './checkpoints.ts'
import { DayReader } from './day-reader.ts'
import { DayReplay } from './day-replay.ts'
import { emptyFolder, eventfulMorning, type Recording, startRecording } from './testing/recorded-day.ts'

const readerOf = (path: string) => new DayReader(createDisk(), path, DAY)

async function recorded(): Promise<Recording> {
  const recording = await startRecording(await emptyFolder())
  await recording.add(eventfulMorning().events)
  return recording
}

async function read(recording: Recording): Promise<DayReader> {
  const reader = readerOf(recording.path)
  await reader.readOn()
  return reader
}

describe('the book of a recorded day', () => {
  it("holds the engine's own orders, to the last field", async () => {
    const recording = await recorded()
    const { book } = await read(recording)
    const own = recording.trader.orders()
    expect(own.map(({ status }) => status).sort()).toEqual(
      ['cancelled', 'cancelled', 'filled', 'filled', 'rejected'].sort(),
    )
    expect([...book.orders.values()].map(({ order }) => order)).toEqual(own)
  })

  it('tells the life of an order from the wish to the last fill, with its costs', async () => {
    const recording = await recorded()
    const reader = await read(recording)
    const life = orderLife(reader.book, reader.state(), '20261120-000001')
    expect(life?.steps.map(({ kind, quantity, cumulative }) => [kind, quantity, cumulative])).toEqual([
      ['decided', 14, undefined],
      ['sent', undefined, undefined],
      ['accepted', undefined, undefined],
      ['fill', 4, 4],
      ['fill', 10, 14],
    ])
    expect(life?.steps[0]?.ko).toContain(life?.order.reason)
    expect(life?.order).toMatchObject({ filled: 14, filledValue: 979_000, status: 'filled', group: 'filled' })
    const { commission, tax } = recording.trader.books()
    const all = everyOrder(reader.book)
    expect(all.reduce((sum, order) => sum + order.commission, 0)).toBe(commission)
    expect(all.reduce((sum, order) => sum + order.tax, 0)).toBe(tax)
    expect(tax).toBeGreaterThan(0)
  })

  it('tells how a doubt was settled, by whom, and what was asked meanwhile', async () => {
    const reader = await read(await recorded())
    const life = orderLife(reader.book, reader.state(), '20261120-000003')
    const kinds = life?.steps.map(({ kind }) => kind)
    expect(kinds).toEqual(['decided', 'sent', 'doubted', 'asked', 'settled'])
    expect(life?.steps[3]?.times).toBeGreaterThan(10)
    expect(life?.steps[4]).toMatchObject({ by: 'test', status: 'cancelled' })
  })

  it('keeps every refusal of the day, not the newest alone', async () => {
    const reader = await read(await recorded())
    const page = refusalsPage(reader.book, reader.state(), { limit: 200 })
    expect(page.byCode.buyingPaused).toBe(230)
    expect(page.refusals).toHaveLength(200)
    const rest = refusalsPage(reader.book, reader.state(), { limit: 200, cursor: page.next })
    expect(rest.refusals.length + 200).toBe(Object.values(page.byCode).reduce((sum, n) => sum + n, 0))
    expect(rest.next).toBeUndefined()
  })

  it('has the fills, the round trip and the person who commanded', async () => {
    const reader = await read(await recorded())
    const record = reader.state()
    expect(fillsPage(reader.book, record, { limit: 50 }).fills.map(({ quantity }) => quantity)).toEqual([
      14, 10, 4,
    ])
    expect(tripsPage(reader.book, record).trips).toMatchObject([{ instrument: '005930', exit: 'stopLoss' }])
    const commands = trailPage(reader.book, record, { kind: 'command', limit: 50, signIns: [] }).entries
    expect(commands.map(({ who, en }) => [who, en])).toEqual([
      ['test', 'Paused buying'],
      ['test', 'Settled order 20261120-000003 by hand'],
    ])
  })

  it('finds lines of the trail by words in either language, an order or a record number', async () => {
    const reader = await read(await recorded())
    const find = (q: string) => trailPage(reader.book, reader.state(), { q, limit: 200, signIns: [] }).entries
    expect(find('증거금 부족').map(({ order }) => order)).toContain('20261120-000004')
    expect(find('[test] 매수 일시정지').map(({ kind }) => kind)).toEqual(['notice'])
    expect(find('20261120-000001').every(({ order }) => order === '20261120-000001')).toBe(true)
    expect(find('no such thing at all')).toEqual([])
  })

  it('shows doubtful orders above newer ones, and goes on behind a page without a gap', async () => {
    const recording = await startRecording(await emptyFolder())
    const { events } = eventfulMorning()
    const doubted = events.findIndex(({ kind }) => kind === 'lost')
    await recording.add(events.slice(0, doubted + 1))
    const reader = await read(recording)
    const [book, record] = [reader.book, reader.state()]
    const first = ordersPage(book, record, { limit: 2 })
    expect(first.orders[0]).toMatchObject({ id: '20261120-000003', group: 'doubtful' })
    expect(first.orders[0]?.doubt?.ko).toContain('응답 없음')
    const rest = ordersPage(book, record, { limit: 2, cursor: first.next })
    expect([...first.orders, ...rest.orders].map(({ id }) => id.at(-1))).toEqual(['3', '2', '1'])
    expect(ordersPage(book, record, { status: 'open', limit: 50 }).orders).toHaveLength(1)
  })
})

describe('a record that is being written', () => {
  it('is read on from where it ended, to the same book as in one piece', async () => {
    const recording = await startRecording(await emptyFolder())
    const { events } = eventfulMorning()
    const growing = readerOf(recording.path)
    for (let from = 0; from < events.length; from += 37) {
      await recording.add(events.slice(from, from + 37))
      await growing.readOn()
    }
    const whole = await read(recording)
    expect(growing.book.orders).toEqual(whole.book.orders)
    expect(growing.book.trail).toEqual(whole.book.trail)
    expect(growing.state()).toEqual(whole.state())
    expect(whole.state()).toMatchObject({ isWhole: true, records: recording.journal.lastSeq })
  })

  it('is read up to its last whole line; the rest follows when it is there', async () => {
    const recording = await recorded()
    const text = await readFile(recording.path, 'utf8')
    const cut = text.slice(0, -1).lastIndexOf('\n') + 40
    await truncate(recording.path, Buffer.byteLength(text.slice(0, cut)))
    const reader = await read(recording)
    expect(reader.state()).toMatchObject({ records: recording.journal.lastSeq - 1 })
    expect(reader.state().damage).toBeUndefined()
    await appendFile(recording.path, text.slice(cut))
    await reader.readOn()
    expect(reader.state()).toMatchObject({ records: recording.journal.lastSeq })
  })

  it('says where it is damaged, and shows what stands before', async () => {
    const recording = await recorded()
    const lines = (await readFile(recording.path, 'utf8')).split('\n')
    const place = lines.findIndex((line) => line.includes('"kind":"lost"'))
    lines[place] = (lines[place] ?? '').replace('timeout', 'tineout')
    await writeFile(recording.path, lines.join('\n'))
    const reader = await read(recording)
    expect(reader.state().damage).toMatchObject({ seq: place + 1 })
    expect(reader.book.orders.size).toBe(3)
    expect(reader.book.orders.get('20261120-000003' as never)?.order.status).toBe('submitted')
  })

  it('says so when the engine decides otherwise than was recorded', async () => {
    const folder = await emptyFolder()
    const recording = await startRecording(folder)
    await recording.add(eventfulMorning().events)
    const records = (await readFile(recording.path, 'utf8')).trimEnd().split('\n')
    const other = await emptyFolder()
    const { journal } = await openJournal({ folder: other, day: DAY, at: 0 })
    for (const line of records) {
      const { at, kind, body } = JSON.parse(line)
      journal.append(
        at,
        kind,
        JSON.stringify(body).replace('"quantity":14,"createdAt"', '"quantity":13,"createdAt"'),
      )
    }
    await journal.close()
    const reader = readerOf(`${other}/${DAY}.jsonl`)
    await reader.readOn()
    const altered = records.findIndex((line) => line.includes('"quantity":14,"createdAt"'))
    expect(reader.state().differs?.seq).toBe(altered + 1)
    expect((await read(recording)).state().differs).toBeUndefined()
  })
})

describe('a replay', () => {
  it('shows the desk at any instant as the trader had it then, in whatever order the instants are asked for', async () => {
    const recording = await recorded()
    const reader = await read(recording)
    const replay = new DayReplay({
      disk: createDisk(),
      path: recording.path,
      book: reader.book,
      checkpoints: reader.checkpoints,
      lastSeq: reader.lastSeq,
    })
    const last = new Map(recording.looks.map(({ at, view }) => [at, view]))
    const instants = [...last.keys()]
    // Forwards, backwards, and in leaps.
    const asked = [...instants.slice(0, 20), ...instants.toReversed(), instants[3], instants.at(-1)]
    for (const at of asked) {
      if (at === undefined) continue
      const { state } = await replay.at(at)
      const view = last.get(at)
      expect(state).toEqual(view && asSeen(recording, view, at))
    }
    expect(await replay.at((instants[0] ?? 0) - 1)).toEqual({})
  })

  it('goes on from a checkpoint as from the beginning', async () => {
    const recording = await recorded()
    const reader = await read(recording)
    const of = (checkpoints: DayReader['checkpoints']) =>
      new DayReplay({
        disk: createDisk(),
        path: recording.path,
        book: reader.book,
        checkpoints,
        lastSeq: reader.lastSeq,
      })
    expect(reader.checkpoints.before(Number.POSITIVE_INFINITY)).toBeDefined()
    const end = reader.readTo ?? 0
    expect(await of(reader.checkpoints).at(end)).toEqual(await of(createCheckpoints()).at(end))
  })

  it('keeps checkpoints within a bound, further apart', () => {
    const checkpoints = createCheckpoints(1_000)
    const place = { seq: 0, hash: '', offset: 0 }
    for (let minute = 0; minute < 100; minute++)
      if (checkpoints.isDue(minute * 60_000))
        checkpoints.add({ at: minute * 60_000, seq: minute, place, state: Buffer.alloc(100) })
    const kept = new Set(Array.from({ length: 100 }, (_, minute) => checkpoints.before(minute * 60_000)?.seq))
    expect(kept.size).toBeLessThanOrEqual(10)
    expect(checkpoints.before(99 * 60_000)?.seq).toBeGreaterThan(80)
  })
})

const asSeen = ({ trader }: Recording, view: Recording['looks'][number]['view'], at: number) =>
  liveStateOf(
    {
      view,
      settings: trader.settings(),
      environment: 'simulated',
      feed: {
        state: view.feedUp ? 'live' : 'down',
        registered: 0,
        polled: 0,
        slots: 0,
        messages: 0,
        lastMessageAt: undefined,
        detail: '',
      },
      lagMs: 0,
      speed: 1,
      shownAt: at,
    },
    'up',
  )
