import fs from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openJournal } from '../src/adapters/journal/journal.ts'
import { readJournal } from '../src/adapters/journal/read.ts'
import { tradingDay } from '../src/model/time.ts'
import { type Bench, type Benchmarks, microsecondsOf, perSecond } from './harness.ts'

const DAY = tradingDay('2026-11-20')
const AT = Date.UTC(2026, 10, 20)

/** With this body a line of the journal has 216 bytes, the order record of the performance notes. */
const BODY = JSON.stringify({ do: 'place', orderId: '20261120-000042', text: 'x'.repeat(62) })
const LINE = Buffer.from(`${'x'.repeat(215)}\n`)

/** What durability costs: each figure against the bare disk, or bare JSON, of the same run. */
export const journal: Benchmarks = {
  name: 'journal',
  run: async (bench) => {
    // Beside the program, where the data will be: a temporary folder is often memory and syncs for free.
    await mkdir('.garam', { recursive: true })
    const folder = await mkdtemp(join('.garam', 'bench-'))
    try {
      await durableIntent(bench, folder)
      await groupCommit(bench, folder)
      await appending(bench, folder)
      await reading(bench, folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function durableIntent(bench: Bench, folder: string): Promise<void> {
  const { journal } = await openJournal({ folder: join(folder, 'intent'), day: DAY, at: AT })
  const bare = fs.openSync(join(folder, 'bare'), 'a')
  await bench.compare({
    name: 'journal: durable order intent, p50',
    goal: 'P17',
    gate: '<= 1.5',
    unit: 'us',
    // One order a round: a disk has moods, and both sides must meet the same ones.
    ours: () =>
      microsecondsOf(() => {
        journal.append(AT, 'effects', BODY)
        return journal.commit()
      }),
    reference: {
      name: 'one write + fdatasync, synchronous',
      run: () =>
        microsecondsOf(() => {
          fs.writeSync(bare, LINE)
          fs.fdatasyncSync(bare)
        }),
    },
    rounds: bench.sized(2000, 50),
  })
  fs.closeSync(bare)
  await journal.close()
}

async function groupCommit(bench: Bench, folder: string): Promise<void> {
  const { journal } = await openJournal({ folder: join(folder, 'group'), day: DAY, at: AT })
  const bare = fs.openSync(join(folder, 'bare'), 'a')
  const callers = 16
  const each = bench.sized(50, 10)
  const caller = async () => {
    for (let index = 0; index < each; index++) {
      journal.append(AT, 'effects', BODY)
      await journal.commit()
    }
  }
  await bench.compare({
    name: `journal: durable orders, ${callers} callers`,
    goal: 'P18',
    gate: '>= 5',
    unit: 'orders/s',
    ours: () => perSecond(callers * each, () => Promise.all(Array.from({ length: callers }, caller))),
    reference: {
      name: 'one write + fdatasync per order, synchronous',
      run: () =>
        perSecond(each, () => {
          for (let index = 0; index < each; index++) {
            fs.writeSync(bare, LINE)
            fs.fdatasyncSync(bare)
          }
        }),
    },
    rounds: bench.sized(40, 3),
  })
  fs.closeSync(bare)
  await journal.close()
}

async function appending(bench: Bench, folder: string): Promise<void> {
  const { journal } = await openJournal({ folder: join(folder, 'append'), day: DAY, at: AT })
  const bare = fs.openSync(join(folder, 'bare'), 'a')
  const count = bench.sized(50_000, 5_000)
  const block = Buffer.concat(Array.from({ length: 1000 }, () => LINE))
  await bench.compare({
    name: 'journal: append with hash chain, no sync',
    goal: '–',
    gate: '<= 20',
    unit: 'ns/record',
    ours: async () => {
      const us = await microsecondsOf(() => {
        for (let index = 0; index < count; index++) journal.append(AT, 'event', BODY)
        journal.flush()
      })
      return (us * 1000) / count
    },
    reference: {
      name: 'writing the same bytes, 1000 ready-made lines at a time',
      run: async () => {
        const us = await microsecondsOf(() => {
          for (let index = 0; index < count; index += 1000) fs.writeSync(bare, block)
        })
        return (us * 1000) / count
      },
    },
    rounds: bench.sized(9, 3),
  })
  fs.closeSync(bare)
  await journal.close()
}

async function reading(bench: Bench, folder: string): Promise<void> {
  const place = join(folder, 'read')
  const { journal } = await openJournal({ folder: place, day: DAY, at: AT })
  const count = bench.sized(200_000, 5_000)
  for (let index = 0; index < count; index++) journal.append(AT + index, 'event', BODY)
  await journal.close()
  const file = join(place, `${DAY}.jsonl`)
  await bench.compare({
    name: 'journal: read and verify',
    goal: '–',
    gate: '>= 0.25',
    unit: 'records/s',
    ours: () =>
      perSecond(count, async () => {
        let seen = 0
        for await (const record of readJournal(place)) seen = record.seq
        if (seen !== count) throw new Error(`${seen} of ${count} records were read`)
      }),
    reference: {
      name: 'readFile, split, JSON.parse of each line',
      run: () =>
        perSecond(count, async () => {
          let seen = 0
          for (const line of (await readFile(file, 'utf8')).trimEnd().split('\n'))
            seen = (JSON.parse(line) as { seq: number }).seq
          if (seen !== count) throw new Error(`${seen} of ${count} records were read`)
        }),
    },
    rounds: bench.sized(7, 3),
  })
}
