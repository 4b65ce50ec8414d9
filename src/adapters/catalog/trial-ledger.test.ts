import { execFile } from 'node:child_process'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import type { TrialRecord } from '../../ports/trial-ledger.ts'
import { openTrialLedger, trialFile } from './trial-ledger.ts'

const trial = (fast: number): TrialRecord => ({
  what: 'trial',
  kind: 'backtest',
  at: 1_795_132_800_000 + fast,
  idea: { id: 'ema-cross', text: 'EMA 교차' },
  window: {
    set: 'bars/1d/KRX/none',
    symbols: 'abc',
    names: 1,
    from: tradingDay('2024-01-02'),
    to: tradingDay('2024-12-30'),
  },
  parameters: { fast, slow: 26 },
  rules: 'r',
  result: `h${fast}`,
  sample: { sharpe: 0.05, observations: 244, skewness: 0, kurtosis: 3 },
})

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-ledger-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('the ledger of trials', () => {
  it('gives back what was written, in order, and nothing where nothing was', () =>
    inFolder(async (folder) => {
      const ledger = openTrialLedger(folder)
      expect(await ledger.read()).toEqual({ records: [], unreadable: 0 })
      await ledger.append([trial(1), trial(2)])
      const seal = { what: 'seal', at: 1, set: 'bars/1d/KRX/none', from: tradingDay('2025-01-02') } as const
      await ledger.append([seal])
      expect(await openTrialLedger(folder).read()).toEqual({
        records: [trial(1), trial(2), seal],
        unreadable: 0,
      })
    }))

  it('loses one line to a crash, and not the next', () =>
    inFolder(async (folder) => {
      const ledger = openTrialLedger(folder)
      await ledger.append([trial(1)])
      await appendFile(trialFile(folder), JSON.stringify(trial(2)).slice(0, 60))
      expect(await ledger.read()).toEqual({ records: [trial(1)], unreadable: 1 })
      await ledger.append([trial(3)])
      expect(await ledger.read()).toEqual({ records: [trial(1), trial(3)], unreadable: 1 })
    }))

  it('refuses no line that is a record of another shape, but does not count it', () =>
    inFolder(async (folder) => {
      await appendFile(trialFile(folder), '{"what":"trial"}\n{"what":"hat"}\n7\n')
      expect(await openTrialLedger(folder).read()).toEqual({ records: [], unreadable: 3 })
    }))

  it('keeps every record of processes that write at once', () =>
    inFolder(async (folder) => {
      const program = `
        import { openTrialLedger } from ${JSON.stringify(new URL('./trial-ledger.ts', import.meta.url).href)}
        const [folder, record, from] = process.argv.slice(1)
        const ledger = openTrialLedger(folder)
        for (let i = 0; i < 100; i++)
          await ledger.append([{ ...JSON.parse(record), at: Number(from) + i }])`
      const tsx = fileURLToPath(import.meta.resolve('tsx'))
      await Promise.all(
        [1_000, 2_000, 3_000].map((from) =>
          promisify(execFile)(process.execPath, [
            ...['--import', tsx, '--input-type=module', '-e', program],
            ...[folder, JSON.stringify(trial(1)), String(from)],
          ]),
        ),
      )
      const { records, unreadable } = await openTrialLedger(folder).read()
      expect(unreadable).toBe(0)
      expect(new Set(records.map(({ at }) => at)).size).toBe(300)
      expect((await readFile(trialFile(folder), 'utf8')).endsWith('}\n')).toBe(true)
    }))
})
