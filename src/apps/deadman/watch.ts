import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { lockFolder } from '../../adapters/journal/lock.ts'
import { JournalLocked } from '../../adapters/journal/trouble.ts'
import type { Notice, Notifier } from '../../ports/notifier.ts'
import type { Clock, EpochMs } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { type Heartbeat, readHeartbeat } from './heartbeat.ts'

/** The trader beats once a second; after so long without one it counts as dead (wall). */
export const STALE_AFTER_MS = 5_000
const LOOK_EVERY_MS = 1_000
/** While it is dead a person is told again. */
const ALARM_EVERY_MS = 60_000
/** Whoever was told so long need not be told for ever. */
const LONGEST_ALARM_MS = 24 * 3_600_000

const state = z.object({
  /** Wall instant of the last look: an old one is a watcher that ended. */
  at: z.int(),
  pid: z.int(),
  state: z.enum(['waiting', 'watching', 'alarm', 'ended']),
  /** Since when the trader is silent. */
  since: z.int().optional(),
  /** What has no stop meanwhile. */
  unprotected: z.array(z.string()),
})
export type DeadmanState = z.infer<typeof state>

const folderOf = (journal: string): string => join(journal, 'deadman')
const fileOf = (journal: string): string => join(folderOf(journal), 'state.json')

/** What a watcher of that journal folder found last; `undefined` when there was none. */
export async function readDeadman(journal: string): Promise<DeadmanState | undefined> {
  try {
    return state.parse(JSON.parse(await readFile(fileOf(journal), 'utf8')))
  } catch {
    return undefined
  }
}

/** What the last beat, or its absence, means. */
export type Verdict =
  | { readonly is: 'waiting' }
  | { readonly is: 'alive'; readonly beat: Heartbeat }
  | { readonly is: 'dead'; readonly beat: Heartbeat; readonly silentMs: number }
  | { readonly is: 'ended'; readonly beat: Heartbeat }

/** `from`: when the watch began; an end before that belongs to another day. */
export function judgeBeat(beat: Heartbeat | undefined, now: EpochMs, from: EpochMs): Verdict {
  if (!beat) return { is: 'waiting' }
  if (beat.state === 'ended') return beat.at >= from ? { is: 'ended', beat } : { is: 'waiting' }
  const silentMs = now - beat.at
  return silentMs >= STALE_AFTER_MS ? { is: 'dead', beat, silentMs } : { is: 'alive', beat }
}

const nameOf = ({ name, instrument, quantity, stopPrice }: Heartbeat['positions'][number]): string =>
  `${name}(${instrument}) ${quantity}주, 손절 ${stopPrice || '-'}`

/** What nobody sells at its stop while the trader is away. */
export const unprotectedOf = ({ positions }: Heartbeat): readonly string[] =>
  positions.filter(({ protection }) => protection !== 'broker').map(nameOf)

export type DeadmanEnd = 'ended' | 'dead' | 'stopped'

export interface Deadman {
  /** Resolves when the trader was stopped on purpose, when the alarm has lasted a day, or when we are stopped. */
  readonly ended: Promise<DeadmanEnd>
  stop(): void
}

/**
 * The dead-man's switch: a process of its own that looks whether the trader beats, and tells a person what has no stop
 * when it does not. Errors: another one watches that folder.
 */
export async function startDeadman(options: {
  readonly journal: string
  readonly wall: Clock
  readonly notifier: Notifier
}): Promise<Result<Deadman, string>> {
  const { journal, wall, notifier } = options
  await mkdir(folderOf(journal), { recursive: true })
  const locked = await lock(journal, wall)
  if (!locked.ok) return locked
  const from = wall.now()
  let lookedAt = from
  let silentSince: EpochMs | undefined
  let toldAt = Number.NEGATIVE_INFINITY
  let finish: (end: DeadmanEnd) => void = () => undefined
  const ended = new Promise<DeadmanEnd>((resolve) => {
    finish = resolve
  })
  let over = false

  const tell = (level: Notice['level'], ko: string, en: string) =>
    notifier.notify({ level, at: wall.now(), ko, en })

  const end = async (how: DeadmanEnd) => {
    if (over) return
    over = true
    await locked.value()
    finish(how)
  }

  const alarm = ({ beat, silentMs }: Verdict & { is: 'dead' }, now: EpochMs) => {
    silentSince ??= beat.at
    if (now - toldAt < ALARM_EVERY_MS) return
    toldAt = now
    const bare = unprotectedOf(beat)
    const list = bare.join(' · ') || '없음 · none'
    const seconds = Math.round(silentMs / 1_000)
    tell(
      'urgent',
      `매매 프로세스가 ${seconds}초째 멎어 있습니다. 손절이 없는 보유 종목: ${list}`,
      `the trader has been silent for ${seconds} s; positions without a stop: ${list}`,
    )
  }

  const alive = () => {
    if (silentSince === undefined) return
    silentSince = undefined
    toldAt = Number.NEGATIVE_INFINITY
    tell(
      'warning',
      '매매 프로세스가 돌아왔습니다. 손절이 다시 작동합니다',
      'the trader is back; its stops work again',
    )
  }

  const conclude = (beat: Heartbeat) => {
    const bare = unprotectedOf(beat)
    if (bare.length > 0)
      tell(
        'urgent',
        `가람을 껐습니다. 손절이 없는 보유 종목: ${bare.join(' · ')}`,
        `Garam was stopped; positions without a stop: ${bare.join(' · ')}`,
      )
  }

  const look = async () => {
    const now = wall.now()
    // This machine slept: the trader did too, and is given the time to beat again.
    const slept = now - lookedAt > STALE_AFTER_MS
    lookedAt = now
    const verdict = judgeBeat(await readHeartbeat(journal), now, from)
    if (verdict.is === 'dead' && !slept) alarm(verdict, now)
    if (verdict.is === 'alive') alive()
    await write(journal, verdict, now, silentSince)
    if (verdict.is === 'ended') {
      conclude(verdict.beat)
      return end('ended')
    }
    if (silentSince !== undefined && now - silentSince >= LONGEST_ALARM_MS) return end('dead')
  }

  const repeat = () => {
    wall.after(LOOK_EVERY_MS, () => {
      if (!over) void look().finally(repeat)
    })
  }
  void look().finally(repeat)

  return ok({ ended, stop: () => void end(silentSince === undefined ? 'stopped' : 'dead') })
}

async function lock(journal: string, wall: Clock): Promise<Result<() => Promise<void>, string>> {
  try {
    return ok(await lockFolder(folderOf(journal), new Date(wall.now()).toISOString()))
  } catch (error) {
    if (error instanceof JournalLocked) return err(error.message)
    throw error
  }
}

const WORDS = { waiting: 'waiting', alive: 'watching', dead: 'alarm', ended: 'ended' } as const

/** A disk that takes nothing must not end the watch: the alarm is what counts. */
async function write(
  journal: string,
  verdict: Verdict,
  at: EpochMs,
  since: EpochMs | undefined,
): Promise<void> {
  const told: DeadmanState = {
    at,
    pid: process.pid,
    state: WORDS[verdict.is],
    since,
    unprotected: verdict.is === 'dead' || verdict.is === 'ended' ? [...unprotectedOf(verdict.beat)] : [],
  }
  try {
    await writeFile(`${fileOf(journal)}.new`, `${JSON.stringify(told)}\n`)
    await rename(`${fileOf(journal)}.new`, fileOf(journal))
  } catch {
    // The next look tries again.
  }
}
