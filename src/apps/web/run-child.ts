import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Sentence } from '../../model/sentence.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { selfArguments } from '../self.ts'
import { environmentVariable } from '../system.ts'

export interface RunProgress {
  readonly done: number
  readonly of: number
  readonly leftMs: number
}

/** How a child ended: its exit code (none when a signal ended it), what it printed last, and what it complained of. */
export interface RunEnd {
  readonly code: number | undefined
  readonly summary: unknown
  readonly complaint: Sentence | undefined
}

export interface RunChild {
  /** Asks it to end, and ends it when it has not after a while. */
  cancel(): void
  readonly ended: Promise<RunEnd>
}

/** It may finish what it writes for so long, wall ms; a backtest that computes does not hear an interrupt at all. */
const GRACE_MS = 5_000
const MOST_LOG_BYTES = 1_000_000
const MOST_COMPLAINTS = 20

/** A child sees no key of the account: these are all it needs to start. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'LC_ALL', 'TZ']

const PROGRESS = z.object({ progress: z.object({ done: z.number(), of: z.number(), leftMs: z.number() }) })

/** A `garam` of its own at the lowest priority, so that trading is not slowed down by it. */
export function startRunChild(
  words: readonly string[],
  options: {
    readonly folder: string
    readonly log: string
    readonly wall: Pick<Clock, 'after'>
    onProgress(progress: RunProgress): void
  },
): RunChild {
  const child = spawn(process.execPath, [...selfArguments(), ...words], {
    cwd: options.folder,
    env: passedOn(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  lower(child.pid)
  const log = boundedLog(options.log)
  const complaints: string[] = []
  let last = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = line
    log.write(line)
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    const progress = progressOf(line)
    if (progress) return options.onProgress(progress)
    log.write(line)
    if (line.trim() !== '' && complaints.length < MOST_COMPLAINTS) complaints.push(line)
  })
  let forget: Cancel = () => undefined
  const ended = new Promise<RunEnd>((resolve) => {
    child.once('error', ({ message }) => complaints.push(message))
    child.once('close', (code) => {
      forget()
      log.end()
      resolve({ code: code ?? undefined, summary: parsed(last), complaint: complaintOf(complaints) })
    })
  })
  return {
    cancel: () => {
      child.kill('SIGINT')
      forget()
      forget = options.wall.after(GRACE_MS, () => void child.kill('SIGKILL'))
    },
    ended,
  }
}

function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It ended before; or the system does not let us, and it runs as everybody does.
  }
}

function passedOn(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = environmentVariable(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function boundedLog(path: string) {
  const stream = createWriteStream(path, { flags: 'a' })
  // A full disk must not end the server; the result tells the person.
  stream.on('error', () => undefined)
  let bytes = 0
  return {
    write: (line: string) => {
      bytes += line.length + 1
      if (bytes < MOST_LOG_BYTES) stream.write(`${line}\n`)
    },
    end: () => stream.end(),
  }
}

function progressOf(line: string): RunProgress | undefined {
  return line.startsWith('{"progress"') ? PROGRESS.safeParse(parsed(line)).data?.progress : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What it said in Korean first, and below it in English. */
export function complaintOf(lines: readonly string[]): Sentence | undefined {
  const plain = lines.map((line) => line.replace(/^[✗!]\s*/, '').trim())
  if (plain.length === 0) return undefined
  const end = plain.findLastIndex((line) => /[가-힣]/.test(line)) + 1
  const [ko, en] = [plain.slice(0, end).join(' '), plain.slice(end).join(' ')]
  return { ko: ko || en, en: en || ko }
}
