import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type FileJournal, openJournal } from '../../../adapters/journal/journal.ts'
import type { TradingDay } from '../../../model/time.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createDecisionLog } from '../../../trading/engine/decisions.ts'
import { eventJson } from '../../../trading/engine/event-json.ts'
import type { TraderEvent } from '../../../trading/engine/events.ts'
import { effectsJson } from '../../../trading/engine/recovery.ts'
import { DAY, firstOrder, type Morning, morning, placed } from '../../../trading/engine/testing/morning.ts'
import { createTrader, type Trader } from '../../../trading/engine/trader.ts'
import type { TraderView } from '../../../trading/engine/view.ts'

/** An engine that writes its day down as the runner does, and remembers how it looked after each event. */
export interface Recording {
  readonly folder: string
  readonly path: string
  readonly trader: Trader
  readonly looks: readonly { readonly at: EpochMs; readonly view: TraderView }[]
  add(events: readonly TraderEvent[]): Promise<void>
  readonly journal: FileJournal
}

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-records-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function startRecording(folder: string, day: TradingDay = DAY): Promise<Recording> {
  const { journal } = await openJournal({ folder, day, at: 0 })
  onTestFinished(() => journal.close())
  const trader = createTrader()
  const log = createDecisionLog()
  const looks: { readonly at: EpochMs; readonly view: TraderView }[] = []
  return {
    folder,
    path: join(folder, `${day}.jsonl`),
    trader,
    looks,
    journal,
    add: async (events) => {
      for (const event of events) {
        const seq = journal.append(event.receivedAt, 'event', eventJson(event))
        const effects = trader.on(event)
        if (effects.length > 0)
          journal.append(event.receivedAt, 'effects', effectsJson(seq, log.add(effects)))
        looks.push({ at: event.receivedAt, view: structuredClone(trader.view(log.hash)) })
      }
      await journal.commit()
    },
  }
}

/**
 * A morning in which much happens to orders: one is filled in two pieces and sold by a stop, one is left unfilled and cancelled,
 * one gets no answer and is settled by hand, one is refused by the broker, and many wishes by our own rules.
 */
export function eventfulMorning(): Morning {
  const day = morning()
  day.cash(20_000_000)
  day.enter('1', '005930')
  day.describe('005930', 70_000)
  day.accept(firstOrder)
  day.at('09:00:01').fill(firstOrder, 4, 70_000)
  day.at('09:00:02').fill(firstOrder, 10, 69_900)
  day.at('09:00:10').enter('1', '000660')
  const [unfilled] = placed(day.describe('000660', 200_000))
  if (unfilled) day.accept(unfilled.orderId)
  day.until('09:00:25')
  if (unfilled) day.closed(unfilled.orderId)
  day.at('09:00:30').enter('1', '035720')
  const [lost] = placed(day.describe('035720', 50_000))
  if (lost)
    day.feed({
      kind: 'lost',
      orderId: lost.orderId,
      error: { kind: 'inDoubt', code: 'timeout', text: '응답 없음' },
    })
  day.until('09:01:40')
  if (lost) day.operator({ do: 'settleOrder', order: lost.orderId, as: { kind: 'cancelled' } })
  day.at('09:01:41').enter('1', '051910')
  const [refused] = placed(day.describe('051910', 30_000))
  if (refused)
    day.feed({
      kind: 'rejected',
      orderId: refused.orderId,
      error: { kind: 'rejected', code: 'RC4027', text: '증거금 부족' },
    })
  const [sale] = placed(day.at('09:02').trade('005930', 67_000))
  if (sale) {
    day.accept(sale.orderId)
    day.fill(sale.orderId, 14, 67_000)
  }
  day.operator({ do: 'pauseBuying' })
  for (let count = 0; count < 230; count++) day.enter('1', String(100_000 + count))
  day.until('09:02:10')
  return day
}
