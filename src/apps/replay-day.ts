import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createDisk } from '../adapters/journal/disk.ts'
import { dayFiles, readJournal } from '../adapters/journal/read.ts'
import { JournalBroken } from '../adapters/journal/trouble.ts'
import type { Order } from '../model/order.ts'
import { type ReplayResult, replay } from '../trading/engine/recovery.ts'
import { createTrader } from '../trading/engine/trader.ts'
import type { TraderView } from '../trading/engine/view.ts'
import { Refusal, refuse } from './io.ts'

export interface ReplayedDay {
  readonly file: string
  readonly result: ReplayResult
  /** Every order of the day, also those that ended. */
  readonly orders: readonly Order[]
  /** Where the day stood after the last event that was fed. */
  readonly view: TraderView
}

/** The day files behind what the user named: a folder (all its days, oldest first) or one file. Refuses an empty place. */
export async function journalFiles(place: string): Promise<readonly string[]> {
  const path = resolve(place)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return [path]
  const files = found ? await dayFiles(createDisk(), path) : []
  if (files.length === 0)
    refuse(
      `${place} 에 거래 기록(YYYY-MM-DD.jsonl)이 없습니다`,
      `there is no record (YYYY-MM-DD.jsonl) at ${place}`,
    )
  return files.map((file) => join(path, file))
}

/** Feeds one recorded day through a fresh trader. Refuses a record that is damaged, by its number. */
export async function replayDay(file: string, verify: boolean): Promise<ReplayedDay> {
  const trader = createTrader()
  const result = await replay(trader, readJournal(file), verify).catch(refuseDamage)
  if (result.ok && result.events === 0)
    refuse(`${file} 에는 아직 아무 사건도 없습니다`, `${file} holds no event yet`)
  return { file, result, view: trader.view(result.decisionHash), orders: trader.orders() }
}

/** A damaged journal is an expected no, not a bug of ours. */
export function refuseDamage(error: unknown): never {
  if (error instanceof JournalBroken) throw new Refusal(error.message)
  throw error
}
