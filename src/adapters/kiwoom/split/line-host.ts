import type { InstrumentId } from '../../../model/ids.ts'
import type { MarketEvent, Quote, Trade } from '../../../model/market-event.ts'
import type { Bus } from '../../../ports/bus.ts'
import type { Want } from '../../../ports/market-feed.ts'
import type { Clock } from '../../../std/clock.ts'
import type { Line, LineHearer } from '../line.ts'
import {
  booksTopic,
  conditionsQuestion,
  followTopic,
  hitsTopic,
  type LineState,
  lineStateTopic,
  marketTopic,
  orderFramesTopic,
  ticksTopic,
  wantsTopic,
} from './topics.ts'

/** Its state is said again this often (wall), so that a trader that began anew knows it. */
const STATE_EVERY_MS = 1_000

/** Puts a line on the bus: what it brings is published, what is wanted of it comes from there. */
export function hostLine(options: {
  readonly bus: Bus
  readonly wall: Clock
  readonly line: (hearer: LineHearer) => Line
}): { start(): void; stop(): void } {
  const { bus, wall } = options
  let wants: readonly Want[] = []
  let ticks: (Trade | Quote)[] = []
  let lives = 0
  let missed = 0
  let ended: string | undefined
  let stopped = false
  let saying = false

  const heard = (): InstrumentId[] =>
    wants.map(({ instrument }) => instrument).filter((instrument) => line.hears(instrument))

  const state = (): LineState => {
    const { registered: _, ...health } = line.health()
    return { ...health, lives, missed, heard: heard(), ended }
  }

  const say = () => {
    if (!stopped) bus.publish(lineStateTopic, state())
  }

  /** Once for all changes of this turn. */
  const saySoon = () => {
    if (saying) return
    saying = true
    queueMicrotask(() => {
      saying = false
      say()
    })
  }

  /** The ticks of one frame are one message. */
  const flush = () => {
    if (ticks.length === 0) return
    bus.publish(ticksTopic, ticks)
    ticks = []
  }

  const onMarket = (event: MarketEvent) => {
    if (event.kind === 'trade' || event.kind === 'quote') {
      if (ticks.length === 0) queueMicrotask(flush)
      ticks.push(event)
      return
    }
    flush()
    if (event.kind === 'screen') bus.publish(hitsTopic, event)
    else bus.publish(marketTopic, event)
  }

  const line = options.line({
    onMarket,
    onBook: (book) => bus.publish(booksTopic, [book]),
    onOrderFrame: (event) => bus.publish(orderFramesTopic, event),
    onLive: () => {
      lives++
      say()
    },
    onDown: say,
    onMissed: () => {
      missed++
      say()
    },
    onRegistered: saySoon,
    onHeard: saySoon,
  })

  const repeat = () => {
    wall.after(STATE_EVERY_MS, () => {
      if (stopped) return
      say()
      repeat()
    })
  }

  bus.subscribe(wantsTopic, (list) => {
    wants = list
    line.want(list)
  })
  bus.subscribe(followTopic, (conditions) => line.follow(conditions))
  bus.answer(conditionsQuestion, () => line.conditions())

  return {
    start: () => {
      repeat()
      void line.start().then((started) => {
        if (started.ok || stopped) return
        ended = `${started.error.code} ${started.error.text}`
        say()
      })
    },
    stop: () => {
      stopped = true
      line.stop()
    },
  }
}
