import { join } from 'node:path'
import type { Disk } from '../../../src/adapters/journal/disk.ts'
import { openJournal } from '../../../src/adapters/journal/journal.ts'
import { readJournal, verifyJournal } from '../../../src/adapters/journal/read.ts'
import { createSnapshotStore } from '../../../src/adapters/journal/snapshots.ts'
import { JournalBroken } from '../../../src/adapters/journal/trouble.ts'
import { type TradingDay, tradingDay } from '../../../src/model/time.ts'
import type { Random } from '../../../src/std/random.ts'
import { createMemoryDisk } from '../memory-disk.ts'
import { bytesOf, jsonSample, mutate, type Sample } from '../mutate.ts'
import { type Judge, type Judgement, type Target, wrong } from '../target.ts'

const FOLDER = '/journal'
const OLDER = tradingDay('2026-11-19')
const NEWER = tradingDay('2026-11-20')
const NEXT = tradingDay('2026-11-23')
const fileOf = (day: TradingDay) => `${day}.jsonl`
const pathOf = (day: TradingDay) => join(FOLDER, fileOf(day))
const AT = 1_795_100_000_000
const LINE_FEED = 10

/** Shapes of the real record: prices, Korean text, quotes inside texts, an empty body. */
const BODIES: readonly string[] = [
  '{"kind":"opened","day":"2026-11-20","venue":"KRX"}',
  '{"kind":"quote","at":1795100000123,"instrument":"005930","bid":71400,"ask":71500}',
  '{"kind":"operator","text":"사람이 \\"멈춤\\"을 눌렀습니다 {[,:]} \\\\"}',
  '{"of":2,"effects":[{"do":"place","order":{"id":"20261120-000001","quantity":10}}]}',
  '{}',
  '{"kind":"fill","orderId":"20261120-000001","price":71500,"quantity":10,"note":"😀"}',
]

interface Written {
  readonly older: Buffer
  readonly newer: Buffer
  /** Records in the older file, and in both. */
  readonly before: number
  readonly all: number
}

const written: Written = await write()

async function write(): Promise<Written> {
  const disk = createMemoryDisk()
  for (const day of [OLDER, NEWER]) {
    const { journal } = await openJournal({ folder: FOLDER, day, at: AT, disk })
    for (const body of BODIES) journal.append(AT, 'event', body)
    await journal.close()
  }
  return {
    older: disk.bytes(pathOf(OLDER)),
    newer: disk.bytes(pathOf(NEWER)),
    before: BODIES.length,
    all: 2 * BODIES.length,
  }
}

/** The first letter says which of the two files the rest stands in. */
const inOlder = (text: string): boolean => text.startsWith('A')
const CORPUS: readonly Sample[] = [jsonSample(written.older.toString()), jsonSample(written.newer.toString())]

function mutateFile(random: Random, corpus: readonly Sample[]): string {
  const index = random.next() < 0.25 ? 0 : 1
  const sample = corpus[index]
  return `${index === 0 ? 'A' : 'B'}${sample ? mutate(random, [sample]) : ''}`
}

/** What a reader with the untouched file beside it can say of the changed one. */
interface Truth {
  /** Whole records at the beginning that are as they were written. */
  readonly good: number
  readonly rest: Buffer
}

function truthOf(original: Buffer, found: Buffer): Truth {
  let good = 0
  let from = 0
  for (;;) {
    const to = original.indexOf(LINE_FEED, from) + 1
    if (to === 0 || !found.subarray(from, to).equals(original.subarray(from, to))) break
    good++
    from = to
  }
  return { good, rest: found.subarray(from) }
}

function openFileJudge(): Judge {
  return async (input) => {
    const found = Buffer.from(bytesOf(input.slice(1)))
    const older = inOlder(input)
    const truth = truthOf(older ? written.older : written.newer, found)
    const files: readonly (readonly [string, Buffer])[] = [
      [pathOf(OLDER), older ? found : written.older],
      [pathOf(NEWER), older ? written.newer : found],
    ]
    const fault =
      (await verifyFault(createMemoryDisk(files), older, truth)) ??
      (await readFault(createMemoryDisk(files), older, truth)) ??
      (await recoverFault(createMemoryDisk(files), older, truth))
    if (fault !== undefined) return wrong(fault)
    return truth.rest.length === 0 ? 'accepted' : 'refused'
  }
}

/** The record at which the chain is cut, counted over both files; `undefined` when all that is there is whole. */
function cutAt(older: boolean, { good, rest }: Truth): number | undefined {
  if (!older) return rest.includes(LINE_FEED) ? written.before + good + 1 : undefined
  const isWhole = good === written.before && rest.length === 0
  // A file that is gone from the beginning may have been put away; what is left follows from its own word.
  const isGone = good === 0 && rest.length === 0
  return isWhole || isGone ? undefined : good + 1
}

async function verifyFault(disk: Disk, older: boolean, truth: Truth): Promise<string | undefined> {
  const verdict = await verifyJournal(FOLDER, { disk })
  const cut = cutAt(older, truth)
  if (verdict.ok !== (cut === undefined))
    return `verify says ${JSON.stringify(verdict)}, the cut is at ${cut}`
  if (verdict.ok) {
    const unfinished = older ? 0 : truth.rest.length
    const records = older ? written.all - written.before + truth.good : written.before + truth.good
    if (verdict.records !== records || verdict.unfinishedBytes !== unfinished)
      return `verify says ${JSON.stringify(verdict)}, there are ${records} records and ${unfinished} bytes`
    return undefined
  }
  // A file's first line has to say itself which record it is.
  const isNamed = verdict.seq === cut || (older && truth.good === 0)
  return isNamed ? undefined : `verify names record ${verdict.seq}, damaged is ${cut}`
}

async function readFault(disk: Disk, older: boolean, truth: Truth): Promise<string | undefined> {
  const given: unknown[] = []
  let broken: JournalBroken | undefined
  try {
    for await (const record of readJournal(FOLDER, { disk })) given.push(record.body)
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error
    broken = error
  }
  const cut = cutAt(older, truth)
  const good = older ? truth.good : written.before + truth.good
  const expected = cut === undefined && older ? written.all - written.before + truth.good : good
  if (given.length !== expected) return `${given.length} records are read, ${expected} are good`
  for (const [index, body] of given.entries()) {
    const original = BODIES[index % BODIES.length] ?? ''
    if (JSON.stringify(body) !== JSON.stringify(JSON.parse(original)))
      return `record ${index + 1} is read as ${JSON.stringify(body)}`
  }
  return (broken === undefined) === (cut === undefined) ? undefined : `reading ends with ${String(broken)}`
}

/** Opening for writing cuts a torn end and keeps it, or refuses; then the journal goes on and is whole. */
async function recoverFault(
  disk: Disk & { bytes(path: string): Buffer },
  older: boolean,
  { good, rest }: Truth,
): Promise<string | undefined> {
  const lineFeed = rest.indexOf(LINE_FEED)
  const isOneRecord = lineFeed < 0 || lineFeed === rest.length - 1
  try {
    const { journal, tail } = await openJournal({ folder: FOLDER, day: NEXT, at: AT, disk })
    journal.append(AT, 'event', '{}')
    await journal.close()
    // The older file was whole when the newer was begun; opening looks at the newest alone.
    if (older) return tail.lastSeq === written.all ? undefined : `the tail is at ${tail.lastSeq}`
    if (tail.lastSeq !== written.before + good)
      return `the tail is at ${tail.lastSeq}, good are ${written.before + good}`
    if (rest.length === 0) return tail.torn.length === 0 ? undefined : 'something whole was called torn'
    const [torn] = tail.torn
    if (!isOneRecord || !torn) return `more than a torn record was cut off: ${JSON.stringify(tail.torn)}`
    if (!disk.bytes(join(FOLDER, torn.keptAs)).equals(rest)) return 'what was cut off is not kept as it was'
    const verdict = await verifyJournal(FOLDER, { disk })
    return verdict.ok ? undefined : `after the recovery: ${JSON.stringify(verdict)}`
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error
    if (older || rest.length === 0)
      return `refused, though nothing is wrong with the newest file: ${error.message}`
    const isNamed = error.seq === written.before + good + 1 || good === 0
    return isNamed ? undefined : `names record ${error.seq}, damaged is ${written.before + good + 1}`
  }
}

const SNAPSHOT = {
  folder: '/snapshots',
  seq: 12,
  state: '{"version":2,"trader":{"cash":50000000,"name":"가람"}}',
}
const SNAPSHOT_PATH = join(SNAPSHOT.folder, `snapshot-${NEWER}-${SNAPSHOT.seq}.json`)
const savedSnapshot: string = await saveSnapshot()

async function saveSnapshot(): Promise<string> {
  const disk = createMemoryDisk()
  await createSnapshotStore(SNAPSHOT.folder, { day: NEWER, disk }).save(SNAPSHOT.seq, SNAPSHOT.state)
  return disk.bytes(SNAPSHOT_PATH).toString()
}

/** A snapshot is what was saved, or it is none. */
const openSnapshotJudge = (): Judge => async (input) => {
  const bytes = Buffer.from(bytesOf(input))
  const disk = createMemoryDisk([[SNAPSHOT_PATH, bytes]])
  const loaded = await createSnapshotStore(SNAPSHOT.folder, { day: NEWER, disk }).load(1_000)
  if (!loaded)
    return bytes.equals(Buffer.from(savedSnapshot)) ? wrong('a whole snapshot is refused') : 'refused'
  const isSame = loaded.seq === SNAPSHOT.seq && loaded.stateJson === SNAPSHOT.state
  return isSame ? 'accepted' : (wrong(`taken: ${loaded.stateJson}`) satisfies Judgement)
}

export const JOURNAL_TARGETS: readonly Target[] = [
  { name: 'journal', corpus: () => CORPUS, open: openFileJudge, mutate: mutateFile },
  { name: 'snapshot', corpus: () => [jsonSample(savedSnapshot)], open: openSnapshotJudge },
]
