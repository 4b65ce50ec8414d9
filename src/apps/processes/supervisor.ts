import type { ChildProcess } from 'node:child_process'
import { conflateOf } from '../../adapters/bus/endpoint.ts'
import type { Hub } from '../../adapters/bus/hub.ts'
import { createHub } from '../../adapters/bus/hub.ts'
import { channelToChild } from '../../adapters/bus/process-channel.ts'
import { ticksTopic } from '../../adapters/kiwoom/split/topics.ts'
import type { Bus } from '../../ports/bus.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { EXIT } from './exit-codes.ts'
import { createRestarts, type Restarts } from './restarts.ts'
import { followedTicksTopic, isRole, ROLES, type Role, shownTopic, stopQuestion } from './setup.ts'

/** A process that says nothing for so long hangs and is ended (wall). It says that it lives twice a second. */
const HUNG_AFTER_MS = 5_000
/** Until its first word: it has a program to load first. */
const BEGIN_PATIENCE_MS = 30_000
/** What a process still said before its end is read first, at most for so long. */
const LAST_WORDS_MS = 500
/** For a process to end when asked to: the trader saves what it knows. */
const STOP_PATIENCE_MS = 10_000

export interface SupervisorEvents {
  onEnded(role: Role, why: string, restartMs: number): void
  /** Its restart budget is used up, or it refused to begin: it stays down. */
  onGivenUp(role: Role, why: string): void
  /** The trader took us for dead and goes on without us: there is nothing left to supervise. */
  onAbandoned(pid: number): void
  onOdd(what: string): void
}

export interface Supervisor {
  readonly hub: Hub
  start(): void
  /** In order: nothing is sent any more before what sends it ends. */
  stop(console: Bus): Promise<void>
  pid(role: Role): number | undefined
}

interface Ward {
  readonly role: Role
  readonly restarts: Restarts
  child: ChildProcess | undefined
  startedAt: number
  cancelRestart: Cancel
  ended: Promise<void>
}

/** Starts the processes, hears whether they live, ends those that hang, starts again those that died. */
export function createSupervisor(options: {
  readonly wall: Clock
  readonly spawn: (role: Role) => ChildProcess
  readonly events: SupervisorEvents
}): Supervisor {
  const { wall, events } = options
  let stopping = false

  const wards = new Map<Role, Ward>(
    ROLES.map((role) => [
      role,
      {
        role,
        restarts: createRestarts(),
        child: undefined,
        startedAt: 0,
        cancelRestart: () => undefined,
        ended: Promise.resolve(),
      },
    ]),
  )

  const kill = (name: string, why: string) => {
    const ward = isRole(name) ? wards.get(name) : undefined
    if (!ward?.child) return
    events.onOdd(`${name}: ${why}`)
    ward.child.kill('SIGKILL')
  }

  const hub = createHub({
    wall,
    conflates: new Map([
      [ticksTopic.name, conflateOf(ticksTopic)],
      [shownTopic.name, conflateOf(shownTopic)],
      [followedTicksTopic.name, conflateOf(followedTicksTopic)],
    ]),
    events: {
      onSilent: (name, silentMs, hasSpoken) => {
        if (silentMs >= (hasSpoken ? HUNG_AFTER_MS : BEGIN_PATIENCE_MS))
          kill(name, `silent for ${silentMs} ms`)
      },
      onOverflow: (name, waiting) => kill(name, `${waiting} messages wait for it`),
      onClosed: (name) => {
        if (name === 'trader') isAbandoned(name)
      },
      onOdd: (name, what) => events.onOdd(`${name}: ${what}`),
    },
  })

  /** Its line is closed and it lives on: that is no death. */
  const isAbandoned = (name: 'trader') => {
    const { child } = wards.get(name) as Ward
    wall.after(LAST_WORDS_MS, () => {
      if (!stopping && child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
        events.onAbandoned(child.pid)
    })
  }

  const begin = (ward: Ward) => {
    const child = options.spawn(ward.role)
    ward.child = child
    ward.startedAt = wall.now()
    hub.attach(ward.role, channelToChild(child))
    ward.ended = new Promise((resolve) => {
      child.once('error', (error) => events.onOdd(`${ward.role}: ${error.message}`))
      child.once('exit', (code, signal) => {
        void lastWords(child, wall).then(() => {
          onEnd(ward, code, signal)
          resolve()
        })
      })
    })
  }

  const onEnd = (ward: Ward, code: number | null, signal: string | null) => {
    const why = signal ?? `exit ${code}`
    ward.child = undefined
    hub.detach(ward.role, why)
    if (stopping) return
    if (ward.role === 'trader' && code === EXIT.refused) return events.onGivenUp(ward.role, why)
    const now = wall.now()
    const next = ward.restarts.died(now, now - ward.startedAt, code === EXIT.again)
    if (next.do === 'giveUp') return events.onGivenUp(ward.role, `${why}, ${next.deaths}×`)
    events.onEnded(ward.role, why, next.ms)
    ward.cancelRestart = wall.after(next.ms, () => begin(ward))
  }

  const end = async (ward: Ward, console: Bus) => {
    ward.cancelRestart()
    const { child } = ward
    if (!child) return
    const giveUp = wall.after(STOP_PATIENCE_MS, () => child.kill('SIGKILL'))
    const asked = await console.ask(stopQuestion(ward.role), null, STOP_PATIENCE_MS)
    if (!asked.ok && asked.error.kind === 'notSent') child.kill('SIGTERM')
    await ward.ended
    giveUp()
  }

  return {
    hub,
    start: () => {
      for (const ward of wards.values()) begin(ward)
    },
    stop: async (console) => {
      stopping = true
      for (const ward of wards.values()) await end(ward, console)
      hub.close()
    },
    pid: (role) => wards.get(role)?.child?.pid,
  }
}

/** Resolves when the line is read to its end. */
function lastWords(child: ChildProcess, wall: Clock): Promise<void> {
  if (!child.connected) return Promise.resolve()
  return new Promise((resolve) => {
    const cancel = wall.after(LAST_WORDS_MS, resolve)
    child.once('disconnect', () => {
      cancel()
      resolve()
    })
  })
}
