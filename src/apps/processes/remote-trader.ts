import type { InstrumentId } from '../../model/ids.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { Bus, BusError, Question } from '../../ports/bus.ts'
import type { Notifier } from '../../ports/notifier.ts'
import { type Clock, sleep } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { MOST_FOLLOWED } from '../following.ts'
import type { Command, RunningTrader } from '../trader.ts'
import {
  barsQuestion,
  commandQuestion,
  followedTicksTopic,
  followedTopic,
  instrumentQuestion,
  previewQuestion,
  proofQuestion,
  type Shown,
  settingsQuestion,
  shownTopic,
} from './setup.ts'

const ANSWER_MS = 30_000
const PROOF_MS = 60_000
const LOOK_MS = 5_000
/** A trader that is being started again takes a command when it is back: tried so often, so long (wall). */
const AGAIN_MS = 250
const MOST_TRIES = 80

/** The trader of another process, as screens and commands see it: what it showed last, at most a moment old. */
export function createRemoteTrader(options: {
  readonly bus: Bus
  readonly wall: Clock
  readonly first: Shown
  /** What they are until the trader says otherwise. */
  readonly settings: TradingSettings
  readonly journal: string
  readonly notifier: Notifier
  /** These are the settings now: whoever starts the trader again gives it these. */
  readonly onSettings: (settings: TradingSettings) => void
  readonly stop: () => Promise<void>
}): RunningTrader {
  const { bus, wall } = options
  let shown = options.first
  let shownAt = wall.now()
  let settings = shown.settings ?? options.settings
  let followed: readonly InstrumentId[] = []
  bus.subscribe(shownTopic, (next) => {
    shown = next
    shownAt = wall.now()
    settings = next.settings ?? settings
  })
  // A trader that was started again does not know what is followed.
  bus.onPeer(({ peer, state }) => {
    if (peer === 'trader' && state === 'up' && followed.length > 0) bus.publish(followedTopic, followed)
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

  const give = async (command: Command, by: string): Promise<Result<void, Sentence>> => {
    const answer = await patiently(commandQuestion, { command, by }, ANSWER_MS, false)
    if (answer.ok) return answer.value
    const { why } = answer.error
    const told: Sentence = {
      ko: `명령(${command.do})이 전달되지 않았습니다: ${why}. 확인하고 다시 하세요`,
      en: `The command ${command.do} got no answer (${why}): check, and give it again`,
    }
    options.notifier.notify({ level: 'urgent', at: wall.now(), ...told })
    return err(told)
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
    shownAt: () => shownAt,
    settings: () => settings,
    command: (command) => void give(command, 'operator'),
    give,
    preview: async (order) => inWords(await bus.ask(previewQuestion, order, LOOK_MS)),
    instrument: async (instrument) => inWords(await bus.ask(instrumentQuestion, instrument, ANSWER_MS)),
    bars: async (instrument, interval) =>
      inWords(await bus.ask(barsQuestion, { instrument, interval }, ANSWER_MS)),
    follow: (instruments) => {
      followed = [...new Set(instruments)].slice(0, MOST_FOLLOWED)
      bus.publish(followedTopic, followed)
    },
    onTicks: (hear) => bus.subscribe(followedTicksTopic, ({ instrument, ticks }) => hear(instrument, ticks)),
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

const inWords = <T>(answer: Result<Result<T, Sentence>, BusError>): Result<T, Sentence> =>
  answer.ok
    ? answer.value
    : err({
        ko: `매매 프로세스가 답하지 않습니다: ${answer.error.why}`,
        en: `The trader does not answer: ${answer.error.why}`,
      })
