import type { TradingSettings } from '../../model/settings.ts'
import type { Bus, Question } from '../../ports/bus.ts'
import type { Notifier } from '../../ports/notifier.ts'
import { type Clock, sleep } from '../../std/clock.ts'
import { err, ok } from '../../std/result.ts'
import type { RunningTrader } from '../trader.ts'
import { commandQuestion, proofQuestion, type Shown, settingsQuestion, shownTopic } from './setup.ts'

const ANSWER_MS = 30_000
const PROOF_MS = 60_000
/** A trader that is being started again takes a command when it is back: tried so often, so long (wall). */
const AGAIN_MS = 250
const MOST_TRIES = 80

/** The trader of another process, as screens and commands see it: what it showed last, at most a moment old. */
export function createRemoteTrader(options: {
  readonly bus: Bus
  readonly wall: Clock
  readonly first: Shown
  readonly journal: string
  readonly notifier: Notifier
  /** These are the settings now: whoever starts the trader again gives it these. */
  readonly onSettings: (settings: TradingSettings) => void
  readonly stop: () => Promise<void>
}): RunningTrader {
  const { bus, wall } = options
  let shown = options.first
  bus.subscribe(shownTopic, (next) => {
    shown = next
  })

  /** What never left is said again; what a trader had when it died, only where twice does no harm. */
  const patiently = async <Q, A>(question: Question<Q, A>, body: Q, withinMs: number, harmless: boolean) => {
    for (let tries = 1; ; tries++) {
      const answer = await bus.ask(question, body, withinMs)
      if (answer.ok || tries >= MOST_TRIES) return answer
      if (answer.error.kind !== 'notSent' && !(harmless && answer.error.kind === 'gone')) return answer
      await sleep(wall, AGAIN_MS)
    }
  }

  return {
    journal: options.journal,
    view: () => shown.view,
    health: () =>
      bus.peer('trader') === 'up'
        ? shown.health
        : {
            ...shown.health,
            feed: {
              ...shown.health.feed,
              state: 'down',
              detail: '매매 프로세스가 없습니다 · no trader process',
            },
          },
    command: (command) => {
      void patiently(commandQuestion, command, ANSWER_MS, false).then((answer) => {
        if (answer.ok) return
        options.notifier.notify({
          level: 'urgent',
          at: wall.now(),
          ko: `명령(${command.do})이 전달되지 않았습니다: ${answer.error.why}. 확인하고 다시 하세요`,
          en: `The command ${command.do} got no answer (${answer.error.why}): check, and give it again`,
        })
      })
    },
    changeSettings: async (settings) => {
      const answer = await patiently(settingsQuestion, settings, ANSWER_MS, true)
      if (!answer.ok) return err(answer.error.why)
      if (answer.value !== '') return err(answer.value)
      options.onSettings(settings)
      return ok(undefined)
    },
    proof: async () => {
      const answer = await patiently(proofQuestion, null, PROOF_MS, true)
      if (!answer.ok) throw new Error(answer.error.why)
      return answer.value
    },
    stop: options.stop,
  }
}
