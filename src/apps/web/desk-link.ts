import type { Socket } from 'node:net'
import type { InstrumentId } from '../../model/ids.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { Environment } from '../../ports/execution-client.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Preview } from '../../trading/engine/manual-order.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import { sentenceOf } from '../../trading/notify/sentences.ts'
import type { OrderPreview, Tick } from '../../web/server/desk-line.ts'
import { version } from '../self.ts'
import { every } from '../system.ts'
import type { RunningTrader } from '../trader.ts'
import {
  type Asked,
  type FromTrader,
  jsonOf,
  LISTS,
  LONGEST_REQUEST,
  requestSchema,
  type ShownMessage,
} from './desk-messages.ts'
import { hearLines } from './lines.ts'

/** The desk is shown this often (wall), while somebody looks and has read what was shown before. */
const SHOW_EVERY_MS = 250
/** A trader of another process that was not heard for so long is away (wall). */
const AWAY_AFTER_MS = 3_000
/** Requests of one reader that wait for an answer. Each kind has a room of its own: whoever looks at charts keeps nobody from a stop. */
const MOST_ASKED = { command: 64, preview: 64, instrument: 64, bars: 64 } as const
/** Answers are never dropped: a reader that leaves so many bytes of them lying is. */
const MOST_UNREAD = 8 * 1024 * 1024
const MOST_READERS = 8

export interface DeskLinkOptions {
  readonly wall: Clock
  /** The trader that stands now, if one does. */
  readonly trader: () => RunningTrader | undefined
  readonly environment: Environment
  /** Market seconds in a wall second. */
  readonly speed: () => number
}

/** The trader's end of the line to web servers. Whoever reads slowly misses what is shown and slows nobody. */
export interface DeskLink {
  /** Takes over a connection whose first line asked for it; `early` came with that line. */
  attach(socket: Socket, from: { readonly version: string }, early: string): void
  close(): void
}

interface Reader {
  readonly socket: Socket
  /** How each list stood when it was last sent. */
  readonly lists: Map<string, string>
  settings: TradingSettings | undefined
  followed: readonly InstrumentId[]
  readonly asked: Record<Asked['do'], number>
}

export function createDeskLink(options: DeskLinkOptions): DeskLink {
  const readers = new Set<Reader>()
  let current: RunningTrader | undefined
  let unhear: Cancel = () => undefined
  let stopShowing: Cancel | undefined

  /** What is shown and what ticks: only for who has read all before it. */
  const offer = (reader: Reader, message: () => FromTrader) => {
    if (reader.socket.writableLength === 0) write(reader, message())
  }

  const write = ({ socket }: Reader, message: FromTrader) => {
    if (socket.destroyed) return
    socket.write(`${JSON.stringify(message)}\n`)
    if (socket.writableLength > MOST_UNREAD) socket.destroy()
  }

  const follow = () => current?.follow([...readers].flatMap(({ followed }) => followed))

  const onTicks = (instrument: InstrumentId, ticks: readonly Tick[]) => {
    for (const reader of readers)
      if (reader.followed.includes(instrument)) offer(reader, () => ({ type: 'ticks', instrument, ticks }))
  }

  const attendTo = (trader: RunningTrader | undefined) => {
    if (trader === current) return
    unhear()
    current = trader
    unhear = trader?.onTicks(onTicks) ?? (() => undefined)
    if ([...readers].some(({ followed }) => followed.length > 0)) follow()
  }

  const show = () => {
    attendTo(options.trader())
    const waiting = [...readers].filter(({ socket }) => socket.writableLength === 0)
    if (waiting.length === 0) return
    const desk = current && whatIsShown(options, current)
    for (const reader of waiting) write(reader, desk ? newFor(reader, desk) : { type: 'away' })
  }

  const leave = (reader: Reader) => {
    readers.delete(reader)
    if (reader.followed.length > 0) follow()
    if (readers.size > 0) return
    stopShowing?.()
    stopShowing = undefined
  }

  const onLine = (reader: Reader, line: string) => {
    const request = requestSchema.safeParse(jsonOf(line))
    if (!request.success) return refuseLine(reader, line)
    if (request.data.do === 'follow') {
      reader.followed = request.data.instruments
      attendTo(options.trader())
      return follow()
    }
    void reply(reader, request.data)
  }

  const reply = async (reader: Reader, request: Asked) => {
    const trader = options.trader()
    const { asked } = reader
    const isFull = ++asked[request.do] > MOST_ASKED[request.do]
    const result: Result<unknown, Sentence> = isFull
      ? err(TOO_MANY)
      : trader
        ? await answer(trader, request)
        : err(STARTING)
    asked[request.do]--
    write(reader, { type: 'reply', id: request.id, result })
  }

  /** With a number it is answered, so that nobody waits; without one the other end is no web server of ours. */
  const refuseLine = (reader: Reader, line: string) => {
    const { id } = (jsonOf(line) ?? {}) as { readonly id?: unknown }
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) return void reader.socket.destroy()
    write(reader, { type: 'reply', id, result: err(UNREADABLE) })
  }

  return {
    attach: (socket, from, early) => {
      const asked = { command: 0, preview: 0, instrument: 0, bars: 0 }
      const reader: Reader = { socket, lists: new Map(), settings: undefined, followed: [], asked }
      if (from.version !== version() || readers.size >= MOST_READERS) {
        write(reader, {
          type: 'refused',
          ...(readers.size >= MOST_READERS ? TOO_MANY : otherVersion(from.version)),
        })
        return void socket.end()
      }
      readers.add(reader)
      socket.once('close', () => leave(reader))
      hearLines(socket, LONGEST_REQUEST, (line) => onLine(reader, line), early)
      show()
      stopShowing ??= every(options.wall, SHOW_EVERY_MS, show)
    },
    close: () => {
      for (const { socket } of readers) socket.destroy()
      unhear()
      stopShowing?.()
      stopShowing = undefined
    },
  }
}

type Desk = Omit<ShownMessage, 'view' | 'settings' | 'type'> & {
  readonly view: TraderView
  readonly settings: TradingSettings
}

function whatIsShown({ wall, environment, speed }: DeskLinkOptions, trader: RunningTrader): Desk | undefined {
  const shownAt = trader.shownAt()
  if (wall.now() - shownAt > AWAY_AFTER_MS) return undefined
  const { feed, lagMs } = trader.health()
  const [view, settings] = [trader.view(), trader.settings()]
  return { view, settings, environment, feed, lagMs, speed: speed(), shownAt }
}

/** Leaves out what this reader has already. */
function newFor(reader: Reader, { view, settings, ...rest }: Desk): ShownMessage {
  const news: { -readonly [K in keyof TraderView]?: TraderView[K] } = { ...view }
  for (const name of LISTS) {
    const stands = standOf(view[name])
    if (reader.lists.get(name) === stands) delete news[name]
    reader.lists.set(name, stands)
  }
  const isNew = settings !== reader.settings
  reader.settings = settings
  return { type: 'shown', view: news as ShownMessage['view'], ...rest, ...(isNew ? { settings } : {}) }
}

/** Lists grow at their end and, once they are full, lose their beginning: both ends tell every change. */
const standOf = (list: readonly unknown[]): string =>
  `${list.length} ${JSON.stringify(list[0])} ${JSON.stringify(list.at(-1))}`

async function answer(trader: RunningTrader, request: Asked): Promise<Result<unknown, Sentence>> {
  try {
    switch (request.do) {
      case 'command':
        return await trader.give(request.command, request.by)
      case 'preview': {
        const preview = await trader.preview(request.order)
        return preview.ok ? ok(inWords(preview.value)) : preview
      }
      case 'instrument':
        return await trader.instrument(request.instrument)
      case 'bars':
        return await trader.bars(request.instrument, request.interval)
    }
  } catch (error) {
    return err({ ko: `대답하지 못했습니다: ${String(error)}`, en: `No answer: ${String(error)}` })
  }
}

const inWords = ({ refusal, ...preview }: Preview): OrderPreview => ({
  ...preview,
  ...(refusal && { refusal: { code: refusal.code, ...sentenceOf(refusal) } }),
})

const STARTING: Sentence = {
  ko: '매매가 아직 시작하지 않았습니다: 잠시 뒤에 다시 하세요',
  en: 'Trading has not begun yet: try again in a moment',
}
const TOO_MANY: Sentence = {
  ko: '한 번에 너무 많이 요청했습니다: 잠시 뒤에 다시 하세요',
  en: 'Too many at once: try again in a moment',
}
const UNREADABLE: Sentence = {
  ko: '매매 프로그램이 받지 않는 요청입니다 (종목, 수량, 가격을 확인하세요)',
  en: 'The trader does not take such a request (check symbol, quantity and price)',
}
const otherVersion = (theirs: string): Sentence => ({
  ko: `매매 프로그램(${version()})과 웹 서버(${theirs})의 버전이 다릅니다: 둘 다 다시 시작하세요`,
  en: `The trader (${version()}) and the web server (${theirs}) are of different versions: restart both`,
})
