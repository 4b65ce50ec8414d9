import type { MarketEvent } from '../../model/market-event.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { MarketFeed } from '../../ports/market-feed.ts'
import type { Notifier } from '../../ports/notifier.ts'
import { askInTurn } from './ask-in-turn.ts'
import {
  type LiveStrategy,
  type LiveStrategySetup,
  type PlayedRule,
  startLiveStrategy,
} from './live-strategy.ts'
import { startPlayer } from './player.ts'

/** All strategies of the settings, each in a thread of its own. */
export interface LiveStrategies {
  /** What the market says, after the engine has heard it. */
  hear(event: MarketEvent): void
  /** Starts what is new, stops what is gone or switched off, and begins anew what is played otherwise now. */
  update(settings: TradingSettings): void
  stop(): Promise<void>
}

export function createLiveStrategies(
  setup: Omit<LiveStrategySetup, 'rule' | 'describe' | 'tell' | 'startPlayer'> & {
    readonly feed: Pick<MarketFeed, 'describe'>
    readonly notifier: Notifier
  },
): LiveStrategies {
  const { clock, wall, feed, notifier } = setup
  const running = new Map<string, { readonly plays: string; readonly strategy: LiveStrategy }>()
  const asking = askInTurn((instrument) => feed.describe(instrument))
  let { isRestart } = setup

  const start = (rule: PlayedRule) => {
    const strategy = startLiveStrategy({
      ...setup,
      isRestart,
      rule,
      describe: asking.ask,
      tell: (level, { ko, en }) => notifier.notify({ level, at: clock.now(), ko, en }),
      startPlayer: (order) => startPlayer(order, wall),
    })
    running.set(rule.condition, { plays: JSON.stringify(rule.plays), strategy })
  }

  return {
    hear: (event) => {
      asking.hear(event)
      for (const { strategy } of running.values()) strategy.hear(event)
    },
    update: ({ strategies = [] }) => {
      const wanted = strategies.filter((rule): rule is PlayedRule => rule.enabled && rule.plays !== undefined)
      for (const [name, { plays, strategy }] of running) {
        const rule = wanted.find(({ condition }) => condition === name)
        if (rule && JSON.stringify(rule.plays) === plays) continue
        running.delete(name)
        void strategy.stop()
      }
      for (const rule of wanted) if (!running.has(rule.condition)) start(rule)
      // What is changed while we run has had its opening.
      isRestart = true
    },
    stop: async () => {
      await Promise.all([...running.values()].map(({ strategy }) => strategy.stop()))
      running.clear()
    },
  }
}
