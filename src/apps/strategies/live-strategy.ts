import type { Bar } from '../../model/bar.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import type { DescriptionFailed, MarketEvent, Trade } from '../../model/market-event.ts'
import type { Sentence } from '../../model/sentence.ts'
import { sessionsOf } from '../../model/sessions.ts'
import type { StrategyPlay, StrategyRule } from '../../model/settings.ts'
import type { Signal } from '../../model/signal.ts'
import type { TradingDay } from '../../model/time.ts'
import type { BarHistory } from '../../ports/bar-history.ts'
import type { Notice } from '../../ports/notifier.ts'
import { type Cancel, type Clock, type EpochMs, sleep } from '../../std/clock.ts'
import { type Bars, createBars } from '../../trading/market/bars.ts'
import type { Placed } from '../../trading/strategies/strategy.ts'
import { Refusal } from '../io.ts'
import { createOpinions } from './opinions.ts'
import { type Player, StrategyTrouble } from './player.ts'
import type { PlayerOrder, PlayerRows } from './player-task.ts'
import { inWholeRounds } from './whole-rounds.ts'

export type PlayedRule = StrategyRule & { readonly plays: StrategyPlay }

export interface LiveStrategySetup {
  readonly rule: PlayedRule
  readonly day: TradingDay
  /** The trader ran before today: after the opening, what yesterday's last bar said has been acted on. */
  readonly isRestart: boolean
  /** Market time. */
  readonly clock: Clock
  readonly wall: Clock
  readonly history: BarHistory
  /** Asks for basic information; the answer comes as an event. */
  readonly describe: (instrument: InstrumentId) => void
  readonly submit: (signal: Signal) => void
  readonly tell: (level: Notice['level'], said: Sentence) => void
  readonly startPlayer: (order: PlayerOrder) => Promise<Player>
}

/** A strategy while the market is open. */
export interface LiveStrategy {
  /** What the market says, after the engine has heard it. */
  hear(event: MarketEvent): void
  stop(): Promise<void>
}

/** A bar is told this long after its end: its last prints are on their way (market ms). */
const GRACE_MS = 1_500
/** Who begins later than this after the opening leaves out what yesterday's last bar said. */
const LATE_MS = 600_000
/** The closing price is printed at the end of the session or seconds behind it. */
const CLOSING_PRINT_MS = 60_000
/** Wall ms. */
const HISTORY_AGAIN_MS = 5_000
const DESCRIBE_AGAIN_MS = 20_000
const LOOK_EVERY_MS = 50

type Span = { readonly from: EpochMs; readonly to: EpochMs }

/**
 * Plays one strategy on the bars of the day: the past from the broker's chart, then bars made of the prints. Its opinions enter
 * the engine as signals, when a bar closes as in a backtest: what is wanted at a close is ordered at the first price behind it.
 * An opinion is of use until the next bar closes. After a break of the feed the chart tells what was missed, and nothing is
 * ordered on it. Daily bars are told before the opening, and their opinions wait for each instrument's first print.
 *
 * Whatever goes wrong ends the strategy alone, with a word to the person; the engine goes on.
 */
export function startLiveStrategy(setup: LiveStrategySetup): LiveStrategy {
  const { rule, clock, wall, tell } = setup
  const { instruments, interval } = rule.plays
  const lengthMs = INTERVAL_MS[interval]
  const isDaily = interval === '1d'
  const hours = regularHours(setup.day)
  const indexes = new Map(instruments.map((id, index) => [id, index]))
  const listings = new Map<InstrumentId, Instrument>()
  let makers = instruments.map(() => createBars(lengthMs))
  /** Bars that open from here on are made of prints that were all heard. */
  let liveFrom = Number.POSITIVE_INFINITY
  /** The strategy has been shown what closed until here, and the makers have been emptied until there. */
  let shownUntil = Number.NEGATIVE_INFINITY
  let takenUntil = Number.NEGATIVE_INFINITY
  let isIntroduced = false
  let isWaitTold = false
  /** While the past is being read, what closes meanwhile waits. */
  let backlog: PlayerRows[] | undefined = []
  let player: Player | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let syncs = 0
  let isStopped = false
  let cancelBoundary: Cancel = () => undefined

  const stop = async () => {
    isStopped = true
    syncs++
    cancelBoundary()
    opinions.stop()
    await player?.close()
  }

  const fail = (error: unknown) => {
    if (isStopped) return
    void stop()
    const said =
      error instanceof StrategyTrouble ? error.sentence : { ko: messageOf(error), en: messageOf(error) }
    tell('urgent', {
      ko: `전략 ${rule.name} 을(를) 껐습니다: ${said.ko}. 보유 종목의 손절과 청산은 계속됩니다`,
      en: `strategy ${rule.name} is off: ${said.en}. Stops and exits of what is held go on`,
    })
  }

  const voice = ({ index, ...opinion }: Placed) => {
    const now = clock.now()
    const instrument = instruments[index] as InstrumentId
    setup.submit({
      kind: 'signal',
      strategy: rule.condition,
      instrument,
      ...opinion,
      at: now,
      receivedAt: now,
    })
  }
  const opinions = createOpinions({ clock, opensAt: hours.from, voice })

  const show = (rows: PlayerRows, use: (placed: readonly Placed[]) => void) => {
    if (rows.length === 0) return
    shownUntil = lastCloseOf(rows)
    turn = turn
      .then(async () => {
        for (const { index } of rows) opinions.forget(index)
        const placed = isStopped ? undefined : await player?.play(rows)
        if (placed && !isStopped) use(placed)
      })
      .catch(fail)
  }

  const showLive = (rows: PlayerRows) => {
    const usefulUntil = lastCloseOf(rows) + lengthMs
    show(rows, (placed) => {
      if (clock.now() < usefulUntil + GRACE_MS) opinions.say(placed)
    })
  }

  const onTrade = (trade: Trade) => {
    const index = indexes.get(trade.instrument)
    if (index === undefined || trade.venue !== 'KRX') return
    if (trade.at < hours.from || trade.at > hours.to + CLOSING_PRINT_MS) return
    opinions.onPrint(index)
    if (trade.at >= liveFrom) makers[index]?.add(trade.at, trade.price, trade.quantity)
  }

  /** Every bar whose time is over goes to the strategy, those of one moment together. */
  const onBoundary = () => {
    waitForBoundary()
    if (liveFrom === Number.POSITIVE_INFINITY) return
    const boundary = alignDown(clock.now() - GRACE_MS, lengthMs)
    const rows = makers.flatMap((maker, index) => {
      maker.closeBy(boundary)
      return closedBetween(maker, takenUntil, boundary).map((bar) => ({ index, ...bar }))
    })
    takenUntil = Math.max(takenUntil, boundary)
    if (rows.length > 0) backlog ? backlog.push(rows) : showLive(rows)
  }

  const waitForBoundary = () => {
    const next = alignDown(clock.now() - GRACE_MS, lengthMs) + lengthMs + GRACE_MS
    cancelBoundary()
    if (!isStopped && !isDaily) cancelBoundary = clock.after(Math.max(1, next - clock.now()), onBoundary)
  }

  /** Reads the past, and goes over to prints where it ends. */
  const sync = async () => {
    const mine = ++syncs
    const begunAt = clock.now()
    backlog = []
    makers = instruments.map(() => createBars(lengthMs))
    const joinAt = begunAt < hours.from ? hours.from : alignDown(begunAt - 1, lengthMs) + lengthMs
    if (!isDaily) liveFrom = joinAt
    takenUntil = liveFrom
    // The bar into whose middle we came is told by the chart once it has closed.
    if (!isDaily && begunAt >= hours.from) await sleep(clock, Math.max(0, joinAt + GRACE_MS - clock.now()))
    const read = await readPast(() => mine === syncs)
    if (mine !== syncs || !read) return
    const past = isDaily ? inWholeRounds(read, player?.needs.roundBars) : read
    const known = shownUntil
    const rows = past.flatMap((bars, index) =>
      bars.filter(({ closeAt }) => closeAt > known && closeAt <= liveFrom).map((bar) => ({ index, ...bar })),
    )
    const isForOpening = !isIntroduced && begunAt < hours.from + LATE_MS
    show(rows, (placed) => {
      if (isForOpening) keepForOpening(placed, begunAt)
    })
    if (!isIntroduced) introduce(past)
    isIntroduced = true
    const waited = backlog
    backlog = undefined
    for (const each of waited) showLive(each)
  }

  /** Nothing is voiced before the opening, so whoever begins before it repeats nothing. */
  const keepForOpening = (placed: readonly Placed[], begunAt: EpochMs) => {
    if (!setup.isRestart || begunAt < hours.from) opinions.keep(placed)
    else if (placed.length > 0)
      tell('info', {
        ko: `전략 ${rule.name}: 장이 열린 뒤 다시 시작했으므로 지난 봉의 의견 ${placed.length}개는 다시 내지 않습니다`,
        en: `strategy ${rule.name}: started again after the opening, so ${placed.length} opinions of earlier bars are not voiced twice`,
      })
  }

  const introduce = (past: readonly (readonly Bar[])[]) => {
    const needed = player?.needs.warmUpBars ?? 0
    const short = past.flatMap((bars, index) =>
      bars.length <= needed ? [`${instruments[index]} ${bars.length}`] : [],
    )
    tell(short.length > 0 ? 'warning' : 'info', {
      ko: `전략 ${rule.name} 시작: ${instruments.length}종목, ${interval} 봉${short.length > 0 ? `. 준비 봉 ${needed}개가 찰 때까지 의견이 없는 종목: ${short.join(', ')}` : ''}`,
      en: `strategy ${rule.name} begins: ${instruments.length} instruments, bars of ${interval}${short.length > 0 ? `. Without an opinion until ${needed} bars are there: ${short.join(', ')}` : ''}`,
    })
  }

  /** All instruments, asked again until each has an answer; undefined when it is wanted no longer. */
  const readPast = async (isWanted: () => boolean): Promise<readonly (readonly Bar[])[] | undefined> => {
    const past: (readonly Bar[])[] = []
    let isTold = false
    for (const instrument of instruments)
      for (;;) {
        if (!isWanted()) return undefined
        const answer = await setup.history.bars(instrument, interval)
        if (answer.ok) {
          past.push(answer.value)
          break
        }
        const { kind, code, text } = answer.error
        if (kind === 'rejected') throw new StrategyTrouble({ ko: `${code} ${text}`, en: `${code} ${text}` })
        if (!isTold)
          tell('warning', {
            ko: `전략 ${rule.name}: ${instrument} 차트를 읽을 수 없어 기다립니다 (${code} ${text})`,
            en: `strategy ${rule.name} waits: the chart of ${instrument} cannot be read (${code} ${text})`,
          })
        isTold = true
        await sleep(wall, HISTORY_AGAIN_MS)
      }
    return past
  }

  /** However long it takes: of sixty instruments the broker's mock tells within minutes, and what it cannot tell may pass. */
  const describeAll = async (): Promise<readonly Instrument[]> => {
    const missing = () => instruments.filter((id) => !listings.has(id))
    while (missing().length > 0 && !isStopped) {
      for (const id of missing()) setup.describe(id)
      for (let ms = 0; ms < DESCRIBE_AGAIN_MS && missing().length > 0 && !isStopped; ms += LOOK_EVERY_MS)
        await sleep(wall, LOOK_EVERY_MS)
    }
    return instruments.map((id) => listings.get(id) as Instrument)
  }

  const onDescriptionFailed = ({ instrument, code, text }: DescriptionFailed) => {
    if (isWaitTold || !indexes.has(instrument) || listings.has(instrument)) return
    isWaitTold = true
    tell('urgent', {
      ko: `전략 ${rule.name}: ${instrument} 종목 정보를 받지 못해 시작하지 못하고 기다립니다 (${code} ${text})`,
      en: `strategy ${rule.name} waits and has not begun: no basic information on ${instrument} (${code} ${text})`,
    })
  }

  const begin = async () => {
    const described = await describeAll()
    if (isStopped) return
    const started = await setup.startPlayer({ play: rule.plays, instruments: described })
    if (isStopped) return started.close()
    player = started
    waitForBoundary()
    await sync()
  }

  begin().catch(fail)

  return {
    hear: (event) => {
      if (isStopped) return
      switch (event.kind) {
        case 'trade':
          return onTrade(event)
        case 'description':
          if (indexes.has(event.instrument)) listings.set(event.instrument, event.listing)
          return
        case 'descriptionFailed':
          return onDescriptionFailed(event)
        case 'feed':
          if (!player || isDaily) return
          if (event.state === 'live') return void sync().catch(fail)
          syncs++
          liveFrom = Number.POSITIVE_INFINITY
          backlog = []
          return
      }
    },
    stop,
  }
}

/** From the opening of the exchange to its close, whatever hours the day has. */
function regularHours(day: TradingDay): Span {
  const windows = sessionsOf('KRX', day)
  const open = windows.find(({ phase }) => phase === 'continuous')
  const close = windows.find(({ phase }) => phase === 'closingCall') ?? open
  return { from: open?.from ?? Number.POSITIVE_INFINITY, to: close?.to ?? Number.NEGATIVE_INFINITY }
}

function closedBetween({ closed }: Bars, after: EpochMs, until: EpochMs): readonly Bar[] {
  let from = closed.length
  while (from > 0 && (closed[from - 1] as Bar).closeAt > after) from--
  return closed.slice(from).filter(({ closeAt }) => closeAt <= until)
}

const lastCloseOf = (rows: PlayerRows): EpochMs =>
  rows.reduce((last, { closeAt }) => Math.max(last, closeAt), Number.NEGATIVE_INFINITY)

const alignDown = (at: EpochMs, lengthMs: number): EpochMs => at - (((at % lengthMs) + lengthMs) % lengthMs)

const messageOf = (error: unknown): string =>
  error instanceof Refusal || error instanceof Error ? error.message : String(error)
