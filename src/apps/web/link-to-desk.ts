import { createConnection, type Socket } from 'node:net'
import type { InstrumentId } from '../../model/ids.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, type Result } from '../../std/result.ts'
import type { DeskLine, DeskShown, NotDone, Tick } from '../../web/server/desk-line.ts'
import { controlPath } from '../control.ts'
import { attachLine, LONGEST_SHOWN, readFromTrader, type ShownMessage } from './desk-messages.ts'
import { hearLines } from './lines.ts'

/** Waits before the next attempt (wall): the first, and the longest. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 3_000
/** The trader says something four times a second: after so much silence the line is made anew. */
const SILENCE_MS = 5_000
/** For an answer (wall). */
const PATIENCE_MS = { command: 10_000, preview: 5_000, instrument: 10_000, bars: 30_000 } as const

export interface LinkToDesk extends DeskLine {
  /** Why the trader at the other end will not talk to us, as long as it will not. */
  trouble(): Sentence | undefined
  close(): void
}

type Answer = Result<unknown, NotDone>

/** The web server's end of the line to the trader of a journal folder. It is made anew for as long as it takes. */
export function linkToDesk(options: { readonly journalFolder: string; readonly wall: Clock }): LinkToDesk {
  const { wall } = options
  const path = controlPath(options.journalFolder)
  const asked = new Map<number, (answer: Answer) => void>()
  const changeHearers = new Set<() => void>()
  const tickHearers = new Set<(instrument: InstrumentId, ticks: readonly Tick[]) => void>()
  let socket: Socket | undefined
  let shown: DeskShown | undefined
  let isUp = false
  let trouble: Sentence | undefined
  let followed: readonly InstrumentId[] = []
  let nextId = 1
  let waitMs = FIRST_WAIT_MS
  let closed = false
  let cancelSilence: Cancel = () => undefined
  let cancelAgain: Cancel = () => undefined

  const tellChange = () => {
    for (const hear of changeHearers) hear()
  }

  const goDown = () => {
    if (!isUp) return
    isUp = false
    tellChange()
  }

  const connect = () => {
    const mine = createConnection(path)
    socket = mine
    mine.setEncoding('utf8')
    mine.on('error', () => mine.destroy())
    mine.once('connect', () => {
      mine.write(`${attachLine()}\n`)
      if (followed.length > 0) send({ do: 'follow', instruments: followed })
    })
    hearLines(mine, LONGEST_SHOWN, (line) => hear(mine, line))
    mine.once('close', onClose)
    listenFor(mine)
  }

  const listenFor = (mine: Socket) => {
    cancelSilence()
    cancelSilence = wall.after(SILENCE_MS, () => mine.destroy())
  }

  const onClose = () => {
    cancelSilence()
    socket = undefined
    for (const settle of [...asked.values()]) settle(err(CUT))
    goDown()
    if (closed) return
    cancelAgain = wall.after(waitMs, connect)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }

  const hear = (mine: Socket, line: string) => {
    const message = readFromTrader(line)
    if (!message) return void mine.destroy()
    listenFor(mine)
    switch (message.type) {
      case 'shown':
        return onShown(message)
      case 'away':
        return goDown()
      case 'reply':
        return asked.get(message.id)?.(message.result as Answer)
      case 'ticks':
        for (const tell of tickHearers) tell(message.instrument as InstrumentId, message.ticks)
        return
      case 'refused':
        trouble = { ko: message.ko, en: message.en }
        return
    }
  }

  const onShown = (message: ShownMessage) => {
    const next = joined(shown, message)
    // A list or the settings are missing that we never had: a line made anew brings them.
    if (!next) return void socket?.destroy()
    shown = next
    isUp = true
    trouble = undefined
    waitMs = FIRST_WAIT_MS
    tellChange()
  }

  const send = (request: object) => {
    socket?.write(`${JSON.stringify(request)}\n`)
  }

  const ask = <T>(what: keyof typeof PATIENCE_MS, body: object): Promise<Result<T, NotDone>> => {
    if (!isUp || !socket) return Promise.resolve(err(trouble ?? DOWN))
    const id = nextId++
    return new Promise((resolve) => {
      const settle = (answer: Answer) => {
        asked.delete(id)
        cancel()
        resolve(answer as Result<T, NotDone>)
      }
      const cancel = wall.after(PATIENCE_MS[what], () => settle(err(SILENT)))
      asked.set(id, settle)
      send({ do: what, id, ...body })
    })
  }

  connect()

  return {
    line: () => (isUp ? 'up' : 'down'),
    shown: () => shown,
    trouble: () => trouble,
    onChange: (hearChange) => {
      changeHearers.add(hearChange)
      return () => void changeHearers.delete(hearChange)
    },
    command: (command, by) => ask('command', { command, by }),
    preview: (order) => ask('preview', { order }),
    instrument: (instrument) => ask('instrument', { instrument }),
    bars: (instrument, interval) => ask('bars', { instrument, interval }),
    follow: (instruments) => {
      followed = [...new Set(instruments)]
      send({ do: 'follow', instruments: followed })
    },
    onTicks: (hearTicks) => {
      tickHearers.add(hearTicks)
      return () => void tickHearers.delete(hearTicks)
    },
    close: () => {
      closed = true
      cancelAgain()
      socket?.destroy()
    },
  }
}

/** What is shown now: the message, with the lists and settings it leaves out as they were. */
function joined(before: DeskShown | undefined, message: ShownMessage): DeskShown | undefined {
  const { type: _, view: news, settings = before?.settings, ...rest } = message
  const { happenings, refusals, roundTrips } = { ...before?.view, ...news }
  if (!settings || !happenings || !refusals || !roundTrips) return undefined
  return { ...rest, settings, view: { ...news, happenings, refusals, roundTrips } }
}

const DOWN: Sentence = {
  ko: '매매 프로그램과 연결되어 있지 않습니다: 다시 연결하는 중입니다',
  en: 'Not connected to the trader: trying again',
}
const CUT: NotDone = {
  isUnknown: true,
  ko: '매매 프로그램과의 연결이 끊겨 전달됐는지 알 수 없습니다: 다시 연결되면 확인하세요',
  en: 'The line to the trader was cut, and it may or may not have been done: check once it is back',
}
const SILENT: NotDone = {
  isUnknown: true,
  ko: '매매 프로그램이 제때 답하지 않아 처리됐는지 알 수 없습니다: 확인하세요',
  en: 'The trader did not answer in time, and it may or may not have been done: check',
}
