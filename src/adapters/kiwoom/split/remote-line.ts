import type { ConditionId, InstrumentId } from '../../../model/ids.ts'
import type { VenueError } from '../../../model/venue-error.ts'
import type { Bus } from '../../../ports/bus.ts'
import type { Condition, Want } from '../../../ports/market-feed.ts'
import type { Cancel, Clock } from '../../../std/clock.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import type { Line, LineHearer } from '../line.ts'
import { hearHits } from './screened-hits.ts'
import {
  booksTopic,
  conditionsQuestion,
  followTopic,
  type LineState,
  lineStateTopic,
  marketTopic,
  orderFramesTopic,
  ticksTopic,
  wantsTopic,
} from './topics.ts'

/** How long the start waits for the line (wall). Whoever holds shares then begins without it: quotes are polled. */
const START_PATIENCE_MS = 15_000
const CONDITIONS_PATIENCE_MS = 20_000

const COLLECTOR = 'collector'

const NO_STATE: LineState = {
  state: 'down',
  lives: 0,
  missed: 0,
  heard: [],
  slots: 0,
  messages: 0,
  detail: '수집 프로세스가 아직 없습니다 · no collector yet',
}

/**
 * The line that another process holds. When that process ends or falls silent the line counts as down from that moment:
 * what it heard is polled, and the order list tells the fills.
 */
export function createRemoteLine(options: {
  readonly bus: Bus
  readonly wall: Clock
  readonly hearer: LineHearer
}): Line {
  const { bus, wall, hearer } = options
  let state = NO_STATE
  let heard: ReadonlySet<InstrumentId> = new Set()
  /** What the hearer was told last. */
  let toldLive = false
  let wasLive = false
  let wants: readonly Want[] | undefined
  let known: Result<readonly Condition[], VenueError> | undefined
  let follows: readonly ConditionId[] | undefined
  const waiting = new Set<(result: Result<void, VenueError>) => void>()
  const cancels: Cancel[] = []

  const isUp = () => bus.peer(COLLECTOR) === 'up' && state.state === 'live'

  const settle = (result: Result<void, VenueError>) => {
    for (const done of [...waiting]) done(result)
    waiting.clear()
  }

  const down = (detail: string) => {
    if (!toldLive) return
    toldLive = false
    hearer.onDown(detail)
    hearer.onHeard()
  }

  const live = () => {
    toldLive = true
    hearer.onLive(wasLive)
    wasLive = true
    settle(ok(undefined))
  }

  const onState = (next: LineState) => {
    const before = state
    state = next
    const was = heard
    heard = new Set(next.heard)
    if (next.ended !== undefined) settle(err({ kind: 'rejected', code: 'lineEnded', text: next.ended }))
    if (!isUp()) return down(next.detail)
    // Between two words of it the line may have been lost and come back.
    if (toldLive && next.lives !== before.lives) down('잠시 끊겼습니다 · was lost for a moment')
    if (!toldLive) live()
    if (next.missed !== before.missed) hearer.onMissed()
    const fresh = next.heard.filter((instrument) => !was.has(instrument))
    if (fresh.length > 0) hearer.onRegistered(fresh)
    hearer.onHeard()
  }

  const onPeer = (peer: string, why: string) => {
    if (peer !== COLLECTOR) return
    if (bus.peer(COLLECTOR) === 'down') {
      state = { ...NO_STATE, detail: why }
      heard = new Set()
    }
    if (bus.peer(COLLECTOR) === 'up') sayWhatIsWanted()
    if (!isUp()) down(`수집 프로세스: ${why} · collector: ${why}`)
    else if (!toldLive) live()
    hearer.onHeard()
  }

  const sayWhatIsWanted = () => {
    if (wants) bus.publish(wantsTopic, wants)
    if (follows) bus.publish(followTopic, follows)
  }

  cancels.push(
    bus.subscribe(lineStateTopic, onState),
    bus.subscribe(ticksTopic, (ticks) => {
      for (const tick of ticks) hearer.onMarket(tick)
    }),
    hearHits(bus, (event) => hearer.onMarket(event)),
    bus.subscribe(marketTopic, (event) => hearer.onMarket(event)),
    bus.subscribe(booksTopic, (books) => {
      for (const book of books) hearer.onBook(book)
    }),
    bus.subscribe(orderFramesTopic, (event) => hearer.onOrderFrame(event)),
    bus.onPeer(({ peer, why }) => onPeer(peer, why)),
  )

  return {
    start: () => {
      if (isUp()) return Promise.resolve(ok(undefined))
      return new Promise((resolve) => {
        const cancel = wall.after(START_PATIENCE_MS, () => {
          waiting.delete(done)
          // Nobody hears us there: told down, so that the order list is read instead.
          hearer.onDown(state.detail)
          resolve(ok(undefined))
        })
        const done = (result: Result<void, VenueError>) => {
          cancel()
          resolve(result)
        }
        waiting.add(done)
      })
    },
    stop: () => {
      for (const cancel of cancels) cancel()
      settle(err({ kind: 'unavailable', code: 'stopped', text: '멈춤 · stopped' }))
    },
    want: (list) => {
      wants = list
      bus.publish(wantsTopic, list)
    },
    follow: (conditions) => {
      follows = conditions
      bus.publish(followTopic, conditions)
    },
    conditions: async () => {
      const answer = await bus.ask(conditionsQuestion, null, CONDITIONS_PATIENCE_MS)
      if (answer.ok && answer.value.ok) known = answer.value
      // Settings may have to change while nobody can be asked: the names a person saved do not change by themselves.
      else if (known) return known
      return answer.ok
        ? answer.value
        : err({ kind: 'unavailable', code: 'noCollector', text: answer.error.why })
    },
    hears: (instrument) => isUp() && heard.has(instrument),
    health: () => ({
      state: isUp() ? 'live' : state.ended === undefined ? 'connecting' : 'down',
      registered: heard.size,
      slots: state.slots,
      messages: state.messages,
      lastMessageAt: state.lastMessageAt,
      detail: state.detail,
    }),
  }
}
