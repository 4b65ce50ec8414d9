import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JournalKind, JournalRecord } from '../../ports/journal.ts'
import { createDisk, type Disk } from './disk.ts'
import { openJournal } from './journal.ts'
import { FIRST_HASH } from './line.ts'
import { readJournal, verifyJournal } from './read.ts'
import {
  AT,
  DAY,
  emptyFolder,
  faultyDisk,
  linesOf,
  NEXT_DAY,
  openOn,
  rewrite,
  written,
} from './testing/journal-folder.ts'

const all = async (place: string, from?: number): Promise<JournalRecord[]> => {
  const records: JournalRecord[] = []
  for await (const record of readJournal(place, from === undefined ? {} : { from })) records.push(record)
  return records
}

describe('writing and reading', () => {
  it('gives back what was appended, in order, with growing numbers', async () => {
    const folder = await emptyFolder()
    const { journal, tail } = await openJournal({ folder, day: DAY, at: AT })
    expect(tail).toEqual({ lastSeq: 0, lastHash: FIRST_HASH, file: undefined, torn: [], places: [] })
    expect(journal.append(AT, 'open', '{"settings":{}}')).toBe(1)
    expect(journal.append(AT + 1, 'event', '{"kind":"trade","name":"삼성전자"}')).toBe(2)
    expect(journal.append(AT + 2, 'effects', '[]')).toBe(3)
    await journal.close()
    expect(await all(folder)).toMatchObject([
      { seq: 1, at: AT, kind: 'open', body: { settings: {} } },
      { seq: 2, at: AT + 1, kind: 'event', body: { kind: 'trade', name: '삼성전자' } },
      { seq: 3, at: AT + 2, kind: 'effects', body: [] },
    ])
    expect(await verifyJournal(folder)).toEqual({
      ok: true,
      records: 3,
      lastHash: journal.lastHash,
      unfinishedBytes: 0,
    })
  })

  it('is plain lines of JSON, each with its hash at the end', async () => {
    const path = await written(await emptyFolder(), [{ a: 1 }, { b: '가' }])
    const [first, second] = await linesOf(path)
    expect(first).toMatch(
      /^\{"prev":"0{32}","seq":1,"at":\d+,"kind":"event","body":\{"a":1\},"hash":"[0-9a-f]{32}"\}$/,
    )
    expect(second).toMatch(/^\{"seq":2,"at":\d+,"kind":"event","body":\{"b":"가"\},"hash":"[0-9a-f]{32}"\}$/)
  })

  it('keeps any record through a round trip', async () => {
    const record = fc.record({
      at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      kind: fc.constantFrom<JournalKind>('open', 'event', 'effects', 'note'),
      body: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      commit: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
        const folder = await emptyFolder()
        const { journal } = await openJournal({ folder, day: DAY, at: AT })
        for (const { at, kind, body, commit } of records) {
          journal.append(at, kind, JSON.stringify(body))
          if (commit) await journal.commit()
        }
        await journal.close()
        const read = await all(folder)
        expect(read.map(({ seq, at, kind, body }) => ({ seq, at, kind, body }))).toEqual(
          records.map(({ at, kind, body }, index) => ({ seq: index + 1, at, kind, body })),
        )
        expect(await verifyJournal(folder)).toMatchObject({ ok: true, records: records.length })
      }),
      { numRuns: 40 },
    )
  })

  it('reads from a number on, across chunks and files', async () => {
    const folder = await emptyFolder()
    const bodies = Array.from({ length: 4000 }, (_, index) => ({
      index,
      text: '호가'.repeat(20 + (index % 7)),
    }))
    await written(folder, bodies)
    await written(folder, ['later'], { day: NEXT_DAY })
    expect((await all(folder)).length).toBe(4001)
    expect((await all(folder, 3999)).map((record) => record.seq)).toEqual([3999, 4000, 4001])
    expect((await all(folder, 4001)).map((record) => record.body)).toEqual(['later'])
    expect(await all(folder, 4002)).toEqual([])
  })

  it('does not open the day files before the wanted number', async () => {
    const folder = await emptyFolder()
    const disk = faultyDisk()
    await written(folder, ['a', 'b'])
    await written(folder, ['c'], { day: NEXT_DAY })
    const opened: string[] = []
    const spying = {
      ...disk,
      read: (path: string, from?: number) => {
        opened.push(path)
        return disk.read(path, from)
      },
    }
    for await (const record of readJournal(folder, { from: 3, disk: spying })) expect(record.body).toBe('c')
    expect(new Set(opened)).toEqual(new Set([join(folder, `${NEXT_DAY}.jsonl`)]))
  })

  it('refuses a body of two lines, and anything after closing', async () => {
    const { journal } = await openJournal({ folder: await emptyFolder(), day: DAY, at: AT })
    expect(() => journal.append(AT, 'note', '{\n}')).toThrow('one line')
    await journal.close()
    expect(() => journal.append(AT, 'note', '{}')).toThrow('closed')
  })
})

describe('days', () => {
  it('begins a file for each day, with the last hash of the file before', async () => {
    const folder = await emptyFolder()
    const friday = await written(folder, ['a', 'b'])
    const { journal, tail } = await openJournal({ folder, day: NEXT_DAY, at: AT })
    expect(tail).toMatchObject({ lastSeq: 2, file: `${DAY}.jsonl` })
    expect(journal.append(AT, 'event', '"c"')).toBe(3)
    await journal.close()
    const monday = join(folder, `${NEXT_DAY}.jsonl`)
    const lastOfFriday = JSON.parse((await linesOf(friday))[1] ?? '') as { hash: string }
    expect(JSON.parse((await linesOf(monday))[0] ?? '')).toMatchObject({
      prev: lastOfFriday.hash,
      seq: 3,
      body: 'c',
    })
    expect(await verifyJournal(folder)).toMatchObject({ ok: true, records: 3 })
    expect(await verifyJournal(monday)).toMatchObject({ ok: true, records: 1 })
  })

  it('continues a day that is opened again', async () => {
    const folder = await emptyFolder()
    await written(folder, ['a'])
    await written(folder, ['b'])
    expect((await all(folder)).map((record) => record.seq)).toEqual([1, 2])
    expect(await verifyJournal(folder)).toMatchObject({ ok: true, records: 2 })
  })

  it('skips a day on which nothing was written', async () => {
    const folder = await emptyFolder()
    await written(folder, ['a'])
    await written(folder, [], { day: NEXT_DAY })
    await written(folder, ['b'], { day: NEXT_DAY })
    expect(await verifyJournal(folder)).toMatchObject({ ok: true, records: 2 })
  })

  it('does not go back to an earlier day', async () => {
    const folder = await emptyFolder()
    await written(folder, ['a'], { day: NEXT_DAY })
    await expect(openJournal({ folder, day: DAY, at: AT })).rejects.toThrow('goes forward')
    await written(folder, ['b'], { day: NEXT_DAY })
    expect((await all(folder)).length).toBe(2)
  })

  it('gives the records of its day from any of them on, as a reader of the whole file does', async () => {
    const folder = await emptyFolder()
    await written(folder, ['a'])
    const none = await openJournal({ folder, day: NEXT_DAY, at: AT })
    expect(none.today).toBeUndefined()
    await none.journal.close()
    // More than the reader takes at a time, so that a later record is not looked for from the beginning.
    const bodies = Array.from({ length: 3_000 }, (_, index) => `${index} ${'가'.repeat(index % 100)}`)
    await written(folder, bodies, { day: NEXT_DAY })
    const read: number[] = []
    const disk = createDisk()
    const watched: Disk = {
      ...disk,
      read: (path, from = 0) => {
        read.push(from)
        return disk.read(path, from)
      },
    }
    const { journal, today } = await openJournal({ folder, day: NEXT_DAY, at: AT, disk: watched })
    expect(today?.firstSeq).toBe(2)
    for (const from of [1, 2, 3, 1_700, 2_999, 3_001, 3_002]) {
      const seen: unknown[] = []
      for await (const { seq, body } of today?.from(from) ?? []) seen.push([seq, body])
      expect(seen).toEqual(bodies.map((body, index) => [index + 2, body]).slice(Math.max(0, from - 2)))
    }
    await journal.close()
    const [opening, ...later] = read
    expect(opening).toBe(0)
    expect(later.slice(0, 3)).toEqual([0, 0, 0])
    for (const from of later.slice(4)) expect(from).toBeGreaterThan(300_000)
  })

  it('names a record that was damaged after the opening', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', 'b', 'c'])
    const { journal, today } = await openJournal({ folder, day: DAY, at: AT })
    await journal.close()
    await rewrite(path, (await readFile(path, 'utf8')).replace('"body":"c"', '"body":"C"'))
    const reading = async () => {
      for await (const record of today?.from(3) ?? []) expect(record.seq).toBeLessThan(3)
    }
    await expect(reading()).rejects.toMatchObject({ seq: 3, reason: 'hashMismatch' })
  })
})

describe('commit', () => {
  it('shares one sync between the commits of one moment', async () => {
    const disk = faultyDisk()
    const journal = await openOn(disk, await emptyFolder())
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        journal.append(AT, 'event', String(index))
        return journal.commit()
      }),
    )
    expect({ writes: disk.writes, syncs: disk.syncs }).toEqual({ writes: 1, syncs: 1 })
    await journal.close()
  })

  it('lets those that come during a sync share the next one, and not the running one', async () => {
    const folder = await emptyFolder()
    const disk = faultyDisk()
    const journal = await openOn(disk, folder)
    let open = () => {}
    disk.gate = new Promise((resolve) => {
      open = resolve
    })
    const done: string[] = []
    journal.append(AT, 'event', '"first"')
    const first = journal.commit().then(() => done.push('first'))
    await Promise.resolve()
    expect(disk.syncs).toBe(1)
    const rest = Array.from({ length: 50 }, (_, index) => {
      journal.append(AT, 'event', String(index))
      return journal.commit().then(() => done.push(String(index)))
    })
    expect(done).toEqual([])
    open()
    await first
    expect(done).toEqual(['first'])
    await Promise.all(rest)
    expect(disk.syncs).toBe(2)
    expect(done.length).toBe(51)
    expect((await all(folder)).length).toBe(51)
    await journal.close()
  })

  it('has written everything appended before it, when it resolves', async () => {
    const folder = await emptyFolder()
    const journal = await openOn(faultyDisk(), folder)
    for (let round = 1; round <= 20; round++) {
      journal.append(AT, 'event', '"x"')
      await journal.commit()
      expect((await all(folder)).length).toBe(round)
    }
    await journal.close()
  })

  it('asks nothing of the disk when nothing is new', async () => {
    const disk = faultyDisk()
    const journal = await openOn(disk, await emptyFolder())
    await journal.commit()
    journal.append(AT, 'event', '1')
    await journal.commit()
    await journal.commit()
    expect(disk.syncs).toBe(1)
    await journal.close()
    expect(disk.syncs).toBe(1)
  })

  it('hurries the disk for decisions, and for nothing else', async () => {
    const disk = faultyDisk()
    const journal = await openOn(disk, await emptyFolder())
    journal.append(AT, 'event', '1')
    await journal.commit()
    expect(disk.urgentSyncs).toBe(0)
    journal.append(AT, 'effects', '{}')
    journal.append(AT, 'event', '2')
    await journal.commit()
    expect(disk.urgentSyncs).toBe(1)
    journal.append(AT, 'event', '3')
    await journal.commit()
    expect([disk.syncs, disk.urgentSyncs]).toEqual([3, 1])
    await journal.close()
  })

  it('writes by itself, without a sync, when much is waiting', async () => {
    const folder = await emptyFolder()
    const disk = faultyDisk()
    const journal = await openOn(disk, folder)
    for (let index = 0; index < 3000; index++) journal.append(AT, 'event', JSON.stringify('x'.repeat(100)))
    expect(disk.writes).toBeGreaterThan(0)
    expect(disk.syncs).toBe(0)
    expect((await all(folder)).length).toBeGreaterThan(1000)
    await journal.close()
    expect((await all(folder)).length).toBe(3000)
  })

  it('keeps the order when a record is larger than what may wait', async () => {
    const folder = await emptyFolder()
    const journal = await openOn(faultyDisk(), folder)
    const bodies = ['before', '가'.repeat(200_000), 'x'.repeat(60_000), 'y'.repeat(1_000_000), 'after']
    for (const body of bodies) journal.append(AT, 'note', JSON.stringify(body))
    await journal.close()
    expect((await all(folder)).map((record) => record.body)).toEqual(bodies)
  })

  it('writes without a sync when flushed', async () => {
    const folder = await emptyFolder()
    const disk = faultyDisk()
    const journal = await openOn(disk, folder)
    journal.append(AT, 'event', '1')
    journal.flush()
    expect((await all(folder)).length).toBe(1)
    expect(disk.syncs).toBe(0)
    await journal.commit()
    expect(disk.syncs).toBe(1)
    await journal.close()
  })
})

describe('a failing disk', () => {
  it('rejects the commit whose sync failed and every one after, though the disk has recovered', async () => {
    const folder = await emptyFolder()
    const disk = faultyDisk()
    const journal = await openOn(disk, folder)
    journal.append(AT, 'event', '1')
    await journal.commit()
    disk.failSync = new Error('EIO: i/o error, fdatasync')
    journal.append(AT, 'event', '2')
    await expect(journal.commit()).rejects.toThrow('EIO')
    disk.failSync = undefined
    expect(journal.append(AT, 'event', '3')).toBe(3)
    await expect(journal.commit()).rejects.toThrow('The journal could not be written: 2026-11-20.jsonl')
    expect(journal.failure?.message).toContain('저널에 쓰지 못했습니다')
    expect(disk.syncs).toBe(2)
    await expect(journal.close()).rejects.toThrow('EIO')
    await written(folder, ['after the restart'])
    expect((await all(folder)).map((record) => record.body)).toEqual([1, 2, 'after the restart'])
  })

  it('rejects those that wait for the next sync when the running one fails', async () => {
    const disk = faultyDisk()
    const journal = await openOn(disk, await emptyFolder())
    let open = () => {}
    disk.gate = new Promise((resolve) => {
      open = resolve
    })
    disk.failSync = new Error('EIO')
    journal.append(AT, 'event', '1')
    const first = journal.commit()
    await Promise.resolve()
    journal.append(AT, 'event', '2')
    const second = journal.commit()
    open()
    const outcomes = await Promise.allSettled([first, second])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
    expect(disk.syncs).toBe(1)
    await expect(journal.close()).rejects.toThrow('EIO')
  })

  it('fails on a full disk and is whole again after a restart', async () => {
    const folder = await emptyFolder()
    const disk = faultyDisk()
    const journal = await openOn(disk, folder)
    journal.append(AT, 'event', '"confirmed"')
    await journal.commit()
    disk.failWrite = new Error('ENOSPC: no space left on device')
    journal.append(AT, 'event', '"lost"')
    await expect(journal.commit()).rejects.toThrow('ENOSPC')
    disk.failWrite = undefined
    await expect(journal.commit()).rejects.toThrow('ENOSPC')
    await expect(journal.close()).rejects.toThrow('ENOSPC')
    const { journal: again, tail } = await openJournal({ folder, day: DAY, at: AT })
    expect(tail).toMatchObject({ lastSeq: 1, torn: [{ seq: 2, reason: 'notARecord' }] })
    await again.close()
    expect((await all(folder)).map((record) => record.body)).toEqual(['confirmed'])
  })

  it('shows a write that failed between commits in the next commit', async () => {
    const disk = faultyDisk()
    const journal = await openOn(disk, await emptyFolder())
    disk.failWrite = new Error('ENOSPC')
    journal.append(AT, 'event', '1')
    journal.flush()
    await expect(journal.commit()).rejects.toThrow('ENOSPC')
    await expect(journal.close()).rejects.toThrow('ENOSPC')
  })

  it('keeps the file as it is when a record could not be written', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a'])
    const before = await readFile(path)
    const disk = faultyDisk()
    const journal = await openOn(disk, folder)
    disk.failSync = new Error('EIO')
    journal.append(AT, 'event', '"b"')
    await expect(journal.commit()).rejects.toThrow('EIO')
    await expect(journal.close()).rejects.toThrow('EIO')
    expect((await readFile(path)).subarray(0, before.length)).toEqual(before)
  })
})
