import { parentPort, workerData } from 'node:worker_threads'
import { barTable } from '../../lab/backtest/bar-table.ts'
import { createInbox, type Inbox } from '../../lab/backtest/inbox.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { StrategyPlay } from '../../model/settings.ts'
import { conditionStrategy } from '../../trading/strategies/conditions/strategy.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { Placed, Strategy } from '../../trading/strategies/strategy.ts'
import { loadStrategy, noStrategyIn, troubleWith } from '../backtest/load-strategy.ts'
import type { PlayerNews, PlayerOrder, PlayerRows } from './player-task.ts'

/**
 * A thread for one strategy while the market is open: whatever it does, the engine and its stop-losses live on. It hears bars
 * through the very inbox of a backtest, so warm-up, nonsense and exceptions mean the same in both.
 */
const { play, instruments }: PlayerOrder = workerData
const name =
  'file' in play.strategy ? play.strategy.file : 'id' in play.strategy ? play.strategy.id : '조건식'

const say = (news: PlayerNews) => parentPort?.postMessage(news)
const refuse = ({ ko, en }: Sentence) => say({ is: 'refused', ko, en })

async function begin(): Promise<void> {
  const strategy = await strategyOf(play)
  if (!strategy) return refuse(noStrategyIn(name))
  const started = strategy.start(play.parameters, instruments)
  if (!started.ok) {
    const all = (of: (each: Sentence) => string) => started.error.map(of).join('; ')
    return refuse({ ko: all(({ ko }) => ko), en: all(({ en }) => en) })
  }
  const { interval, ...needs } = started.value.needs
  if (interval !== undefined && interval !== play.interval)
    return refuse({
      ko: `${strategy.id} 에는 ${interval} 봉이 필요합니다: interval: ${interval}`,
      en: `${strategy.id} needs bars of ${interval}: interval: ${interval}`,
    })
  const inbox = createInbox({ name: strategy.id, run: started.value }, instruments)
  parentPort?.on('message', (rows: PlayerRows) => hear(inbox, rows))
  say({ is: 'ready', needs })
}

async function strategyOf({ strategy, interval }: StrategyPlay): Promise<Strategy | undefined> {
  if ('file' in strategy) return loadStrategy(strategy.file)
  if ('id' in strategy) return STRATEGIES.find(({ id }) => id === strategy.id)
  const made = conditionStrategy(strategy, INTERVAL_MS[interval])
  if (made.ok) return made.value
  throw new Error(made.error.map(({ ko, en }) => `${ko} · ${en}`).join('; '))
}

/** An opinion of a bar waits for the next bar of its instrument, so only those of the last moment are still of use. */
function hear(inbox: Inbox, rows: PlayerRows): void {
  const bars = barTable(rows)
  const last = bars.openAt.length - 1
  for (let moment = 0; moment <= last; moment++) {
    if (moment === last) takeAll(inbox)
    inbox.look(bars, moment, moment + 1)
    if (inbox.fault) return refuse(inbox.fault)
  }
  say({ is: 'opinions', opinions: takeAll(inbox) })
}

/** Those to be flat first: what is sold pays for what is bought. */
const takeAll = (inbox: Inbox): readonly Placed[] =>
  (['flat', 'long'] as const).flatMap((want) =>
    instruments.flatMap((_, index) => {
      const opinion = inbox.take(index, want)
      return opinion ? [{ index, ...opinion }] : []
    }),
  )

begin().catch((error: unknown) => refuse(troubleWith(name, error)))
