import type { Denial, Refusal } from '../../../model/denial.ts'
import { sessionsOf } from '../../../model/sessions.ts'
import type { EpochMs } from '../../../std/clock.ts'
import type { OrderView, PositionView, TraderView } from '../../../trading/engine/view.ts'
import { sentenceOf } from '../../../trading/notify/sentences.ts'
import { PHASES } from '../../../trading/notify/words.ts'
import type {
  LiveState,
  OrderMessage,
  PositionMessage,
  RefusalMessage,
  TripMessage,
} from '../../contract/live.ts'
import type { DeskLine, DeskShown } from '../desk-line.ts'

const TITLES = { simulated: '시뮬레이션 simulated', paper: '모의투자 paper', live: '실전 live' } as const

/** The trader as screens are told of it. */
export function liveStateOf(shown: DeskShown, line: ReturnType<DeskLine['line']>): LiveState {
  const { view, environment } = shown
  return {
    clock: clockOf(shown),
    desk: {
      environment,
      title: TITLES[environment],
      halt: view.halt,
      buyingPaused: view.buyingPaused,
      accountKnown: view.accountKnown,
      cash: view.cash,
      buyingPower: view.buyingPower,
      equity: view.equity,
      startEquity: view.equity - view.dayPnl,
      realizedPnl: view.realizedPnl,
      unrealizedPnl: view.unrealizedPnl,
      commission: view.commission,
      tax: view.tax,
      corrections: view.corrections,
      counts: view.counts,
      decisionHash: view.decisionHash,
    },
    health: healthOf(shown, line),
    indexes: Object.fromEntries(view.indexes.map(({ name, value, change }) => [name, { value, change }])),
    positions: byKey(view.positions, ({ instrument }) => instrument, positionMessage),
    orders: byKey(view.orders, ({ id }) => id, orderMessage),
    conditions: byKey(
      view.conditions,
      ({ use, id }) => `${use}:${id}`,
      ({ id, name, use, entered, ordered, lastAt }) => ({ id, name, use, entered, ordered, lastAt }),
    ),
    happenings: newestByNumber(view.happenings, ({ at, level, ko, en }) => ({ at, level, ko, en })),
    refusals: newestByNumber(view.refusals, refusalMessage),
    trips: byKey(view.roundTrips, (_, index) => String(index), tripMessage),
  }
}

function byKey<T, M>(
  rows: readonly T[],
  key: (row: T, index: number) => string,
  message: (row: T) => M,
): Record<string, M> {
  return Object.fromEntries(rows.map((row, index) => [key(row, index), message(row)]))
}

const NEWEST = 200

/**
 * Rows without a name of their own, by the instant they happened and their place in it: a row keeps its key while older ones
 * leave the list.
 */
function newestByNumber<T extends { readonly at: EpochMs }, M>(
  rows: readonly T[],
  message: (row: T) => M,
): Record<string, M> {
  const result: Record<string, M> = {}
  let [at, place] = [0, 0]
  for (const row of rows.slice(-NEWEST)) {
    place = row.at === at ? place + 1 : 0
    at = row.at
    result[`${at}.${String(place).padStart(3, '0')}`] = message(row)
  }
  return result
}

function clockOf({ view, speed }: DeskShown): LiveState['clock'] {
  const next = nextPhase(view)
  return {
    now: view.now,
    day: view.day,
    phase: view.phase,
    phaseName: PHASES[view.phase],
    speed,
    ...(next && { next }),
  }
}

/** What the session's clock counts down to: the next change of phase of this day at KRX. */
function nextPhase({ now, day }: TraderView): LiveState['clock']['next'] {
  const sessions = sessionsOf('KRX', day)
  const changes = sessions.flatMap(({ phase, from, to }) => [
    { at: from, phase },
    { at: to, phase: 'closed' as const },
  ])
  const next = changes
    .filter(({ at }) => at > now)
    .sort((a, b) => a.at - b.at || (a.phase === 'closed' ? 1 : -1))
    .at(0)
  return next && { at: next.at, phase: next.phase, name: PHASES[next.phase] }
}

const healthOf = (
  { feed, lagMs, shownAt }: DeskShown,
  line: ReturnType<DeskLine['line']>,
): LiveState['health'] => ({
  line,
  shownAt,
  feed: feed.state,
  feedDetail: feed.detail,
  feedAt: feed.lastMessageAt ?? 0,
  registered: feed.registered,
  polled: feed.polled,
  slots: feed.slots,
  lagMs,
})

function positionMessage(position: PositionView): PositionMessage {
  const { instrument, name, quantity, averagePrice, last, gainRatio, pnl, openedAt, exiting } = position
  const { atBroker } = position
  return {
    instrument,
    name,
    quantity,
    averagePrice,
    last,
    pricedAt: position.pricedAt,
    gainRatio,
    pnl,
    openedAt,
    stop: position.stopPrice,
    target: position.levels?.target ?? 0,
    high: position.levels?.high ?? 0,
    ...(exiting && { exiting }),
    ...(atBroker && {
      atBroker: { stop: atBroker.stop, limit: atBroker.limit, quantity: atBroker.quantity },
    }),
  }
}

function orderMessage(order: OrderView): OrderMessage {
  const { id, instrument, name, side, type, venue, status, quantity, filled, reason } = order
  const { createdAt, updatedAt, limit, stop, venueOrderId, doubt, queue } = order
  return {
    id,
    instrument,
    name,
    side,
    type,
    venue,
    status,
    quantity,
    filled,
    reason,
    createdAt,
    updatedAt,
    ...(limit !== undefined && { limit }),
    ...(stop !== undefined && { stop }),
    ...(venueOrderId !== undefined && { venueOrderId }),
    ...(doubt && { doubt: `${doubt.code} ${doubt.text}` }),
    ...(queue && {
      queue: { ahead: [queue.ahead.low, queue.ahead.high], fills: [queue.fills.low, queue.fills.high] },
    }),
  }
}

export function refusalMessage(refusal: Refusal & { readonly name: string }): RefusalMessage {
  const { at, instrument, name, side, source, denial } = refusal
  return {
    at,
    instrument,
    name,
    side,
    source,
    code: denial.code,
    numbers: numbersOf(denial),
    ...sentenceOf(denial),
  }
}

/** What decided, by name; a list becomes text. */
function numbersOf(denial: Denial): RefusalMessage['numbers'] {
  return Object.fromEntries(
    Object.entries(denial)
      .filter(([name]) => name !== 'code')
      .map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'number' || typeof value === 'boolean' ? value : String(value),
      ]),
  )
}

export const tripMessage = (trip: TraderView['roundTrips'][number]): TripMessage => ({
  instrument: trip.instrument,
  name: trip.name,
  quantity: trip.quantity,
  buyValue: trip.buyValue,
  sellValue: trip.sellValue,
  costs: trip.buyFees + trip.sellFees + trip.tax,
  realizedPnl: trip.realizedPnl,
  openedAt: trip.openedAt,
  closedAt: trip.closedAt,
  entry: trip.entry,
  exit: trip.exit,
  exitReason: trip.exitReason,
})
