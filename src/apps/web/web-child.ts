import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Sentence } from '../../model/sentence.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { createRestarts } from '../processes/restarts.ts'
import { environmentVariables } from '../system.ts'
import { readFromWeb, type ToWeb } from './family.ts'

/** For the child to end once its line is cut (wall). */
const STOP_PATIENCE_MS = 3_000

export interface WebChildOptions {
  readonly wall: Clock
  /** The arguments after `node`. Told the port that it had before, so that open pages find it again. */
  readonly words: (portBefore: number | undefined) => readonly string[]
  /** Nothing real is traded: its one-time link lets in without a password. */
  readonly demo: boolean
  /** Variables of the environment that it does not need to see: the broker's keys. */
  readonly hidden?: readonly string[]
  /** It listens there now: at the start, and when it is back on another port. */
  readonly onUrl?: (url: string) => void
  /** It died and starts again, or stays down: trading goes on either way. */
  readonly onTrouble: (said: Sentence) => void
}

export interface WebChild {
  /** What a person opens: with the one-time link as long as that is of use. `undefined` while it is down. */
  url(): string | undefined
  pid(): number | undefined
  stop(): Promise<void>
}

/** Runs the dashboard as a process of its own that ends with this one, and starts it again when it dies. */
export function startWebChild(options: WebChildOptions): WebChild {
  const { wall } = options
  const restarts = createRestarts()
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let cancelRestart: Cancel = () => undefined
  let stopping = false
  let link: string | undefined
  let url: string | undefined
  let port: number | undefined
  let lastWord = ''

  const onMessage = (to: ChildProcess, message: unknown) => {
    const said = readFromWeb(message)
    switch (said?.say) {
      case 'here': {
        const begin: ToWeb = { say: 'begin', demo: options.demo }
        return void to.send(begin, () => undefined)
      }
      case 'entered':
        link = undefined
        return
      case 'listening': {
        const isNew = port === undefined || port !== portOf(said.url)
        url = said.url
        link = said.link
        port = portOf(said.url)
        if (isNew) options.onUrl?.(withLink(said.url))
        return
      }
      case undefined:
        return
    }
  }

  const withLink = (base: string): string => base.replace(/\/$/, '') + (link ?? '')

  const begin = () => {
    const startedAt = wall.now()
    const mine = spawn(process.execPath, [...options.words(port)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: environmentFor(options.hidden ?? []),
    })
    child = mine
    if (mine.stderr)
      createInterface({ input: mine.stderr }).on('line', (line) => {
        lastWord = line
      })
    mine.on('message', (message) => onMessage(mine, message))
    ended = new Promise((resolve) => {
      const onEnd = (why: string) => {
        resolve()
        if (child !== mine) return
        child = undefined
        url = undefined
        if (!stopping) again(why, wall.now() - startedAt)
      }
      mine.once('error', (error) => onEnd(error.message))
      mine.once('exit', (code, signal) => onEnd(String(signal ?? code)))
    })
  }

  const again = (why: string, livedMs: number) => {
    const next = restarts.died(wall.now(), livedMs, false)
    const words = lastWord === '' ? why : `${why}: ${lastWord}`
    lastWord = ''
    if (next.do === 'giveUp')
      return options.onTrouble({
        ko: `대시보드를 더는 다시 켜지 않습니다 (${words}). 매매는 계속합니다`,
        en: `the dashboard stays down (${words}); trading goes on`,
      })
    options.onTrouble({
      ko: `대시보드가 끝났습니다 (${words}): ${next.ms} ms 뒤에 다시 켭니다. 매매는 계속합니다`,
      en: `the dashboard ended (${words}): it starts again in ${next.ms} ms; trading goes on`,
    })
    cancelRestart = wall.after(next.ms, begin)
  }

  begin()

  return {
    url: () => (url === undefined ? undefined : withLink(url)),
    pid: () => child?.pid,
    stop: async () => {
      stopping = true
      cancelRestart()
      const mine = child
      if (!mine) return
      if (mine.connected) mine.disconnect()
      const giveUp = wall.after(STOP_PATIENCE_MS, () => mine.kill('SIGKILL'))
      await ended
      giveUp()
    },
  }
}

function environmentFor(hidden: readonly string[]): NodeJS.ProcessEnv {
  const environment = { ...environmentVariables() }
  for (const name of hidden) delete environment[name]
  return environment
}

const portOf = (url: string): number => Number(new URL(url).port)
