import { kstClock } from '../model/time.ts'
import type { Notice, Notifier } from '../ports/notifier.ts'
import type { Cancel, Clock } from '../std/clock.ts'
import { sentenceOf } from '../trading/notify/sentences.ts'
import type { Io } from './io.ts'
import { frame } from './screen/frame.ts'
import { progressLine } from './screen/progress.ts'
import { createSteering } from './screen/steering.ts'
import { openScreen } from './screen/terminal.ts'
import { every, onInterrupt } from './system.ts'
import type { RunningTrader } from './trader.ts'

/** `screen` needs a terminal, `lines` prints every happening, `quiet` only progress and trouble. */
export type Mode = 'screen' | 'lines' | 'quiet'

export const modeFor = (headless: boolean): Mode =>
  headless ? 'quiet' : process.stdout.isTTY && process.stdin.isTTY ? 'screen' : 'lines'

export interface Watch {
  readonly mode: Mode
  readonly title: string
  readonly speed: number
  readonly wall: Clock
  readonly io: Io
  /** Where the dashboard is, once it is there. */
  readonly link?: () => string | undefined
  /** Ends by itself after so long, wall ms. */
  readonly forMs?: number
}

const PROGRESS_MS = 5_000
/** A message stays in place of the keys for so long. */
const MESSAGE_MS = 6_000

export interface LineNotifier extends Notifier {
  /** Says nothing more: the day is over, and what a halted trader cannot do is no news. */
  mute(): void
}

/** Prints what the trader tells people; on a full screen they read it there, so it stays silent. */
export function lineNotifier(mode: Mode, io: Io): LineNotifier {
  let muted = false
  const wanted = (notice: Notice) => mode === 'lines' || (mode === 'quiet' && notice.level !== 'info')
  return {
    mute: () => {
      muted = true
    },
    notify: (notice) => {
      if (!muted && wanted(notice)) io.err(`${kstClock(notice.at)} ${notice.ko}  ·  ${notice.en}`)
    },
  }
}

/** Who ended it: the person at the keys (or a signal), the clock, or trouble. */
export type Ending = { readonly by: 'person' | 'time' } | { readonly by: 'trouble'; readonly reason: string }

/** Watches over a running trader until the user quits, an interrupt comes, the time is over or `failed` resolves. */
export async function attend(trader: RunningTrader, watch: Watch, failed: Promise<string>): Promise<Ending> {
  const cancels: Cancel[] = []
  const ended = new Promise<Ending>((resolve) => {
    const quit = () => resolve({ by: 'person' })
    cancels.push(onInterrupt((times) => (times > 1 ? process.exit(130) : quit())))
    if (watch.forMs !== undefined) cancels.push(watch.wall.after(watch.forMs, () => resolve({ by: 'time' })))
    cancels.push(watch.mode === 'screen' ? showScreen(trader, watch, quit) : showLines(trader, watch))
  })
  try {
    return await Promise.race([ended, failed.then((reason): Ending => ({ by: 'trouble', reason }))])
  } finally {
    for (const cancel of cancels) cancel()
  }
}

const showLines = (trader: RunningTrader, { wall, io }: Watch): Cancel =>
  every(wall, PROGRESS_MS, () => io.err(progressLine(trader.view(), trader.health())))

function showScreen(trader: RunningTrader, watch: Watch, quit: () => void): Cancel {
  const steer = createSteering()
  let message: { readonly text: string; readonly until: number } | undefined
  const screen = openScreen({
    input: process.stdin,
    output: process.stdout,
    clock: watch.wall,
    draw: (width, height) => {
      const link = watch.link?.()
      return frame(trader.view(), trader.health(), {
        width,
        height,
        title: watch.title,
        speed: watch.speed,
        sentence: sentenceOf,
        ...(link !== undefined && { link }),
        ...(message !== undefined && watch.wall.now() < message.until && { message: message.text }),
      })
    },
    onKey: (key) => {
      const now = watch.wall.now()
      const steered = steer(key, now)
      if (steered.kind === 'nothing') return
      if (steered.kind === 'quit') return quit()
      if (steered.kind === 'command') for (const command of steered.commands) trader.command(command)
      message = { text: steered.message, until: now + MESSAGE_MS }
      screen.redraw()
    },
  })
  return screen.close
}
