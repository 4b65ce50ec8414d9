import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openJournal } from './journal.ts'
import { readJournal, verifyJournal } from './read.ts'
import {
  AT,
  DAY,
  emptyFolder,
  extend,
  linesOf,
  NEXT_DAY,
  rewrite,
  written,
} from './testing/journal-folder.ts'
import { JournalBroken } from './trouble.ts'

const reopened = async (folder: string, day = DAY) => {
  const { journal, tail } = await openJournal({ folder, day, at: AT })
  await journal.close()
  return tail
}

const bodiesOf = async (place: string) => {
  const bodies: unknown[] = []
  for await (const record of readJournal(place)) bodies.push(record.body)
  return bodies
}

describe('a torn end', () => {
  it('is cut off at whichever byte of the last record the crash came', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', 'b', { name: '가람' }])
    const whole = await readFile(path)
    const kept = whole.lastIndexOf(10, -2) + 1
    for (let size = kept + 1; size < whole.length; size++) {
      await rewrite(path, whole.subarray(0, size))
      expect(await bodiesOf(folder)).toEqual(['a', 'b'])
      expect(await verifyJournal(folder)).toMatchObject({
        ok: true,
        records: 2,
        unfinishedBytes: size - kept,
      })
      const { lastSeq, torn } = await reopened(folder)
      expect(lastSeq).toBe(2)
      expect(torn).toMatchObject([{ file: `${DAY}.jsonl`, seq: 3, reason: 'notARecord', bytes: size - kept }])
      expect(await readFile(path)).toEqual(whole.subarray(0, kept))
      expect(await readFile(join(folder, torn[0]?.keptAs ?? ''))).toEqual(whole.subarray(kept, size))
    }
    const copies = (await readdir(folder)).filter((name) => name.endsWith('.torn'))
    expect(copies.length).toBe(whole.length - kept - 1)
    await written(folder, ['c'])
    expect(await bodiesOf(folder)).toEqual(['a', 'b', 'c'])
    expect(await verifyJournal(folder)).toMatchObject({ ok: true, records: 3, unfinishedBytes: 0 })
  })

  it('is cut off when any one byte of the last record is wrong', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', { name: '가람' }])
    const whole = await readFile(path)
    const kept = whole.lastIndexOf(10, -2) + 1
    for (let index = kept; index < whole.length; index++) {
      const bytes = Buffer.from(whole)
      bytes[index] = (bytes[index] ?? 0) ^ 0x01
      await rewrite(path, bytes)
      const { lastSeq, torn } = await reopened(folder)
      expect({ index, lastSeq, torn: torn.length }).toEqual({ index, lastSeq: 1, torn: 1 })
      expect(await readFile(path)).toEqual(whole.subarray(0, kept))
    }
  })

  it('may be the very first record, or zeros that a loss of power left', async () => {
    const folder = await emptyFolder()
    const friday = await written(folder, ['a'])
    const monday = join(folder, `${NEXT_DAY}.jsonl`)
    await rewrite(monday, '{"prev":"00')
    expect(await reopened(folder, NEXT_DAY)).toMatchObject({
      lastSeq: 1,
      file: `${DAY}.jsonl`,
      torn: [{ bytes: 11 }],
    })
    await extend(monday, Buffer.alloc(5000))
    expect(await reopened(folder, NEXT_DAY)).toMatchObject({ lastSeq: 1, torn: [{ bytes: 5000 }] })
    await written(folder, ['b'], { day: NEXT_DAY })
    expect(await verifyJournal(folder)).toMatchObject({ ok: true, records: 2 })
    expect((await linesOf(friday)).length).toBe(1)
  })

  it('is reported as damage by a reader when the last line is whole but altered', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', 'b'])
    await rewrite(path, (await readFile(path, 'utf8')).replace('"body":"b"', '"body":"c"'))
    expect(await verifyJournal(folder)).toEqual({
      ok: false,
      file: `${DAY}.jsonl`,
      seq: 2,
      reason: 'hashMismatch',
    })
  })
})

describe('damage in the middle', () => {
  it('is named by its record, whichever byte was flipped, and nothing is changed', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', { name: '가' }, 'c'])
    const whole = await readFile(path)
    const lineEnds = [
      0,
      ...[...whole.entries()].filter(([, byte]) => byte === 10).map(([index]) => index + 1),
    ]
    for (let index = 0; index < (lineEnds[2] ?? 0); index++) {
      const bytes = Buffer.from(whole)
      bytes[index] = (bytes[index] ?? 0) ^ 0x80
      await rewrite(path, bytes)
      const seq = index < (lineEnds[1] ?? 0) ? 1 : 2
      await expect(openJournal({ folder, day: DAY, at: AT })).rejects.toMatchObject({
        file: `${DAY}.jsonl`,
        seq,
      })
      expect(await verifyJournal(folder)).toMatchObject({ ok: false, file: `${DAY}.jsonl`, seq })
      expect(await readFile(path)).toEqual(bytes)
    }
    await rewrite(path, whole)
    expect(await reopened(folder)).toMatchObject({ lastSeq: 3, torn: [] })
  })

  const edits: readonly [string, (lines: string[]) => string[], number, string][] = [
    ['an altered body', (l) => l.map((line) => line.replace('"body":"b"', '"body":"B"')), 2, 'hashMismatch'],
    ['a removed record', (l) => l.filter((_, index) => index !== 1), 2, 'sequenceGap'],
    ['a doubled record', (l) => [l[0] ?? '', l[1] ?? '', l[1] ?? '', ...l.slice(2)], 3, 'sequenceGap'],
    [
      'two records that changed places',
      (l) => [l[0] ?? '', l[2] ?? '', l[1] ?? '', l[3] ?? ''],
      2,
      'sequenceGap',
    ],
    ['a blank line', (l) => [l[0] ?? '', '', ...l.slice(1)], 2, 'notARecord'],
    ['a removed beginning', (l) => l.slice(1), 2, 'notARecord'],
    [
      'another predecessor',
      (l) => [(l[0] ?? '').replace('"prev":"0', '"prev":"1'), ...l.slice(1)],
      1,
      'wrongPredecessor',
    ],
  ]
  it.each(edits)('is found: %s', async (_, edit, seq, reason) => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', 'b', 'c', 'd'])
    await rewrite(
      path,
      edit(await linesOf(path))
        .map((line) => `${line}\n`)
        .join(''),
    )
    expect(await verifyJournal(folder)).toEqual({ ok: false, file: `${DAY}.jsonl`, seq, reason })
    await expect(openJournal({ folder, day: DAY, at: AT })).rejects.toBeInstanceOf(JournalBroken)
  })

  it('gives a reader everything before it, then the error', async () => {
    const folder = await emptyFolder()
    const path = await written(folder, ['a', 'b', 'c'])
    await rewrite(path, (await readFile(path, 'utf8')).replace('"body":"b"', '"body":"B"'))
    const seen: unknown[] = []
    const reading = async () => {
      for await (const record of readJournal(folder)) seen.push(record.body)
    }
    await expect(reading()).rejects.toThrow('record 2: its hash does not match')
    expect(seen).toEqual(['a'])
  })

  it('is found between files: a day that is missing, or ends too early', async () => {
    const folder = await emptyFolder()
    const friday = await written(folder, ['a', 'b'])
    await written(folder, ['c'], { day: NEXT_DAY })
    const lines = await linesOf(friday)
    await rewrite(friday, `${lines[0]}\n`)
    expect(await verifyJournal(folder)).toEqual({
      ok: false,
      file: `${NEXT_DAY}.jsonl`,
      seq: 2,
      reason: 'wrongPredecessor',
    })
    await rewrite(friday, `${lines[0]}\n${lines[1]?.slice(0, 20)}`)
    expect(await verifyJournal(folder)).toMatchObject({
      ok: false,
      file: `${DAY}.jsonl`,
      seq: 2,
      reason: 'notARecord',
    })
  })

  it('in the file before the newest is no torn end, though it stands last', async () => {
    const folder = await emptyFolder()
    const friday = await written(folder, ['a', 'b'])
    await written(folder, [], { day: NEXT_DAY })
    const whole = await readFile(friday, 'utf8')
    await rewrite(friday, whole.replace('"body":"b"', '"body":"B"'))
    await expect(openJournal({ folder, day: NEXT_DAY, at: AT })).rejects.toMatchObject({
      file: `${DAY}.jsonl`,
      seq: 2,
    })
  })

  it('is a body that is not JSON', async () => {
    const folder = await emptyFolder()
    const { journal } = await openJournal({ folder, day: DAY, at: AT })
    journal.append(AT, 'event', '{oops}')
    await journal.close()
    expect(await verifyJournal(folder)).toEqual({
      ok: false,
      file: `${DAY}.jsonl`,
      seq: 1,
      reason: 'notJson',
    })
  })
})
