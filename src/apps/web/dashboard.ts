import type { Mode } from '../attend.ts'
import type { Io } from '../io.ts'
import { selfArguments } from '../self.ts'
import { environmentVariable, wallClock } from '../system.ts'
import { openBrowser } from './open-browser.ts'
import { startWebChild, type WebChild } from './web-child.ts'

export interface DashboardOptions {
  readonly journalFolder: string
  /** The file that the trader follows; its web block says how the dashboard is opened. */
  readonly configFile: string
  /** Instead of what that file says. */
  readonly port?: number
  /** When the port is taken, any free one does. */
  readonly orFree: boolean
  readonly stateFolder?: string
  readonly demo: boolean
  readonly hidden?: readonly string[]
  /** A full screen shows the address itself. */
  readonly mode: Mode
  /** Show it in the person's browser once it is there. */
  readonly browse: boolean
  readonly io: Io
}

/** The dashboard beside a trader, as `garam run` and `garam demo` start it: its address is told once, and so is its trouble. */
export function startDashboard(options: DashboardOptions): WebChild {
  const { io, mode } = options
  let browse = options.browse
  return startWebChild({
    wall: wallClock,
    words: (portBefore) => [...selfArguments(), 'web', '--attached', ...wordsOf(options, portBefore)],
    demo: options.demo,
    ...(options.hidden ? { hidden: options.hidden } : {}),
    onUrl: (url) => {
      if (mode !== 'screen') io.err(`대시보드를 여세요 · open the dashboard: ${url}`)
      if (browse) openBrowser(url)
      browse = false
    },
    onTrouble: ({ ko, en }) => {
      if (mode !== 'screen') io.err(`${ko} · ${en}`)
    },
  })
}

function wordsOf(options: DashboardOptions, portBefore: number | undefined): readonly string[] {
  const port = portBefore ?? options.port
  return [
    ...['--journal', options.journalFolder, '--config', options.configFile],
    ...(options.stateFolder === undefined ? [] : ['--state', options.stateFolder]),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(options.orFree ? ['--or-free'] : []),
  ]
}

/** A browser is opened for a person at a terminal of their own, and for nobody else. */
export const mayBrowse = (headless: boolean): boolean =>
  !headless && process.stdout.isTTY === true && environmentVariable('CI') === undefined
