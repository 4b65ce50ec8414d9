import { pinHosts } from '../../adapters/kiwoom/environment.ts'
import { createHttp } from '../../adapters/kiwoom/http.ts'
import { composeKiwoom, type Kiwoom } from '../../adapters/kiwoom/kiwoom.ts'
import { createLimiter, LIMITS } from '../../adapters/kiwoom/limiter.ts'
import { hostTokens } from '../../adapters/kiwoom/split/hosts.ts'
import { createRelay, ownLanes } from '../../adapters/kiwoom/split/relay.ts'
import { createRemoteLine } from '../../adapters/kiwoom/split/remote-line.ts'
import { createTokens } from '../../adapters/kiwoom/token.ts'
import type { TradingSettings } from '../../model/settings.ts'
import { invariant } from '../../std/invariant.ts'
import { startHeartbeat } from '../deadman/heartbeat.ts'
import { openDesk } from '../open-desk.ts'
import { startTrader as startEngine } from '../start-trader.ts'
import { every, onInterrupt } from '../system.ts'
import type { RunningTrader } from '../trader.ts'
import { EXIT } from './exit-codes.ts'
import type { Part, PartContext } from './part.ts'
import {
  barsQuestion,
  commandQuestion,
  followedTicksTopic,
  followedTopic,
  instrumentQuestion,
  type ProcessSetup,
  previewQuestion,
  proofQuestion,
  settingsQuestion,
  shownTopic,
  startedTopic,
} from './setup.ts'

/** The desk is shown this often (wall). */
const SHOW_EVERY_MS = 250
/** The control line of a supervisor that died is free at once, that of one that hangs when it is ended. */
const CONTROL_AGAIN_MS = 5_000

/**
 * Engine, journal, token. Its prices and orders go by the other processes and, while one of them is not there, by its own
 * requests; so it is the one process a stop-loss needs. It outlives its supervisor.
 */
export async function startTrader(context: PartContext): Promise<Part> {
  const { bus, setup, wall, notifier } = context
  const own = setup.trader
  invariant(own !== undefined, 'the trader is given keys and settings')
  const kiwoom = await connect(context, own)
  let fatal = false
  const started = await startEngine({
    settings: own.settings,
    environment: setup.environment,
    hosts: setup.hosts,
    appKey: own.appKey,
    secretKey: own.secretKey,
    journalFolder: own.journalFolder,
    clock: context.clock,
    wall,
    network: context.network,
    notifier,
    kiwoom,
    onFatal: () => {
      fatal = true
      // The word of it goes out first.
      wall.after(100, () => context.exit(EXIT.bug))
    },
    ...(context.probe ? { probe: context.probe } : {}),
  })
  if (!started.ok) {
    bus.publish(startedTopic, { ok: false, ...started.error })
    wall.after(100, () => context.exit(started.error.again ? EXIT.again : EXIT.refused))
    return { stop: async () => undefined }
  }
  const trader = started.value
  const beats = startHeartbeat({
    trader,
    folder: own.journalFolder,
    wall,
    onTrouble: (error) => context.log(`heartbeat: ${String(error)}`),
  })
  serve(context, trader)
  bus.publish(startedTopic, { ok: true })
  const stop = async () => {
    await trader.stop()
    // Its last word: a trader that has stopped decides nothing more.
    bus.publish(shownTopic, { view: trader.view(), health: trader.health() })
    if (!fatal) await beats.end()
  }
  bus.onCut((why) => {
    beats.alone()
    goOnAlone(context, own.journalFolder, trader, why, stop)
  })
  return { stop }
}

async function connect(
  { bus, setup, clock, wall, network, log }: PartContext,
  { appKey, secretKey }: NonNullable<ProcessSetup['trader']>,
): Promise<Kiwoom> {
  const { rest } = pinHosts(setup.environment, setup.hosts)
  const tokens = createTokens({ network, rest, appKey, secretKey, clock, wall })
  hostTokens(bus, tokens)
  bus.ready()
  const limiter = createLimiter(clock, LIMITS[setup.environment])
  // A trader before this one may have used up what the key is allowed.
  limiter.drain('orders')
  const own = createHttp({ network, rest, tokens, limiter: ownLanes(limiter), clock, wall })
  const relay = createRelay({ bus, own, limiter, wall })
  await relay.takeOver()
  return composeKiwoom(
    { clock, wall, environment: setup.environment, log },
    {
      http: relay,
      line: (hearer) => createRemoteLine({ bus, wall, hearer }),
      refuseOrders: () => limiter.stop('orders'),
      stop: () => {
        limiter.stop('queries')
        limiter.stop('orders')
      },
    },
  )
}

function serve({ bus, wall }: PartContext, trader: RunningTrader): void {
  bus.answer(commandQuestion, ({ command, by }) => trader.give(command, by))
  bus.answer(previewQuestion, (order) => trader.preview(order))
  bus.answer(instrumentQuestion, (instrument) => trader.instrument(instrument))
  bus.answer(barsQuestion, ({ instrument, interval }) => trader.bars(instrument, interval))
  bus.subscribe(followedTopic, (instruments) => trader.follow(instruments))
  trader.onTicks((instrument, ticks) => bus.publish(followedTicksTopic, { instrument, ticks }))
  bus.answer(settingsQuestion, async (settings) => {
    const changed = await trader.changeSettings(settings)
    return changed.ok ? '' : changed.error
  })
  bus.answer(proofQuestion, () => trader.proof())
  let told: TradingSettings | undefined
  const show = () => {
    const settings = trader.settings()
    const shown = { view: trader.view(), health: trader.health() }
    bus.publish(shownTopic, settings === told ? shown : { ...shown, settings })
    told = settings
  }
  show()
  every(wall, SHOW_EVERY_MS, show)
}

/** The supervisor is gone and the others with it: stops go on by the trader's own requests, and a person is told. */
function goOnAlone(
  { clock, wall, setup, notifier, exit }: PartContext,
  folder: string,
  trader: RunningTrader,
  why: string,
  stop: () => Promise<void>,
): void {
  notifier.notify({
    level: 'urgent',
    at: clock.now(),
    ko: `감독 프로세스가 없어졌습니다(${why}). 매매 프로세스(pid ${process.pid})가 혼자 손절을 지킵니다: garam stop 또는 SIGTERM으로 끝내고 다시 실행하세요`,
    en: `The supervisor is gone (${why}). The trader (pid ${process.pid}) guards the stops alone: end it with garam stop or SIGTERM and start again`,
  })
  onInterrupt(() => void stop().finally(() => exit(EXIT.done)))
  const { environment, time } = setup
  const speed = time.kind === 'scaled' ? time.speed : 1
  const alone = { journalFolder: folder, wall, environment, speed: () => speed }
  const takeControl = async () => {
    const desk = await openDesk({ ...alone, trader: () => trader }).catch(() => undefined)
    if (!desk?.ok) wall.after(CONTROL_AGAIN_MS, () => void takeControl())
  }
  void takeControl()
}
