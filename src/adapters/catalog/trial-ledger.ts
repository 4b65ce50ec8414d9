import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type TradingDay, tradingDay } from '../../model/time.ts'
import type { LedgerContent, LedgerRecord, TrialLedger } from '../../ports/trial-ledger.ts'
import { messageOf, refuse } from './trouble.ts'

const FILE = 'trials.jsonl'

/** Where the ledger of a catalog lies. */
export const trialFile = (folder: string): string => join(folder, FILE)

/**
 * The ledger in the folder of a catalog: `trials.jsonl`, a record a line, only ever appended to.
 *
 * Two processes may write at once without a lock: records go out in a single write to a file that was opened for appending,
 * which the system does not cut into another's. Each write begins on a line of its own, so that a line cut short by a crash
 * spoils no other. Errors: `CatalogTrouble` when the disk takes not all of it.
 */
export const openTrialLedger = (folder: string): TrialLedger => ({
  read: () => readLedger(trialFile(folder)),
  append: async (records) => {
    if (records.length === 0) return
    await mkdir(folder, { recursive: true })
    await appendDurably(trialFile(folder), records)
  },
})

async function appendDurably(path: string, records: readonly LedgerRecord[]): Promise<void> {
  const bytes = Buffer.from(`\n${records.map((record) => JSON.stringify(record)).join('\n')}\n`)
  const handle = await open(path, 'a')
  try {
    const { bytesWritten } = await handle.write(bytes)
    if (bytesWritten < bytes.length)
      refuse(
        'disk',
        `시도 기록을 다 쓰지 못했습니다 (${path}): 디스크에 자리를 비우세요`,
        `the record of trials was cut short (${path}): make room on the disk`,
      )
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readLedger(path: string): Promise<LedgerContent> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (/ENOENT/.test(messageOf(error))) return ''
    throw error
  })
  const lines = text.split('\n').filter((line) => line !== '')
  const records = lines.flatMap((line) => recordFrom(line) ?? [])
  return { records, unreadable: lines.length - records.length }
}

const day = z.string().transform((text, context): TradingDay => {
  try {
    return tradingDay(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'no day' })
    return z.NEVER
  }
})
const idea = z.object({ id: z.string(), text: z.string(), version: z.string().exactOptional() })
const parameters = z.record(z.string(), z.unknown())
const RECORD = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('trial'),
    kind: z.enum(['backtest', 'walkforward', 'validation', 'sweep']),
    at: z.number(),
    idea,
    window: z.object({ set: z.string(), symbols: z.string(), names: z.number(), from: day, to: day }),
    parameters,
    rules: z.string(),
    result: z.string(),
    sample: z
      .object({
        sharpe: z.number(),
        observations: z.number().min(2),
        skewness: z.number(),
        kurtosis: z.number(),
      })
      .exactOptional(),
    failed: z.object({ ko: z.string(), en: z.string() }).exactOptional(),
  }),
  z.object({ what: z.literal('seal'), at: z.number(), set: z.string(), from: day }),
  z.object({
    what: z.literal('opening'),
    at: z.number(),
    id: z.string(),
    set: z.string(),
    idea,
    parameters,
  }),
])

function recordFrom(line: string): LedgerRecord | undefined {
  try {
    const read = RECORD.safeParse(JSON.parse(line))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}
