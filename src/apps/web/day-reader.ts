import { stat } from 'node:fs/promises'
import { checkFile, type GoodLine, type Place } from '../../adapters/journal/chain.ts'
import type { Disk } from '../../adapters/journal/disk.ts'
import { partsOf } from '../../adapters/journal/line.ts'
import { damageSentence } from '../../adapters/journal/trouble.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { TraderEvent } from '../../trading/engine/events.ts'
import { effectsJson } from '../../trading/engine/recovery.ts'
import type { RecordMessage } from '../../web/contract/records.ts'
import { type Book, createBook } from '../../web/server/records/book.ts'
import { type Checkpoint, createCheckpoints } from './checkpoints.ts'

/** A record, as far as it has to be read to be fed. */
export interface ReadRecord {
  readonly seq: number
  readonly at: EpochMs
  readonly kind: string
  readonly bodyJson: string
}

/**
 * The records behind number `after` of a day file, from a place at or before it on, checked against the chain. A last line that is
 * not whole yet is left for the next time. `heard` is told where each piece begins, once all of it was given.
 */
export async function* recordsAfter(
  disk: Disk,
  path: string,
  { after, place }: { readonly after: number; readonly place: Place | undefined },
): AsyncGenerator<{
  readonly start: Place
  readonly records: readonly ReadRecord[]
  readonly damage?: Damaged
}> {
  for await (const { start, good, trouble } of checkFile(disk, path, place)) {
    const fresh = good.filter(({ seq }) => seq > after)
    yield {
      start,
      records: fresh.map(recordOf),
      ...(trouble?.finished && { damage: { seq: trouble.seq, ...damageSentence(trouble.reason) } }),
    }
  }
}

type Damaged = NonNullable<RecordMessage['damage']>

const recordOf = ({ line, seq }: GoodLine): ReadRecord => {
  const { at, kind, bodyJson } = partsOf(line) ?? { at: 0, kind: 'note', bodyJson: '' }
  return { seq, at, kind, bodyJson }
}

/**
 * Reads a day's record into its book: from where it stopped, whole lines only, a piece of 256 KiB at a time, so that whoever
 * shares the thread gets on between two pieces. It opens the file for reading alone and takes no lock.
 */
export class DayReader {
  readonly book: Book = createBook()
  readonly checkpoints = createCheckpoints()
  /** The newest instant that any record so far carries. */
  readTo: EpochMs | undefined
  private from: EpochMs | undefined
  private seq = 0
  private place: Place | undefined
  private bytes = 0
  private readBytes = 0
  private records = 0
  private damage: Damaged | undefined
  private differs: Damaged | undefined
  /** The engine would not go on; nothing behind is fed. */
  private isStuck = false
  private expected: { readonly seq: number; readonly body: string } | undefined
  private reading: Promise<void> | undefined

  constructor(
    private readonly disk: Disk,
    readonly path: string,
    private readonly day: string,
  ) {}

  get isReading(): boolean {
    return this.reading !== undefined
  }

  /** The last record that the engine took. */
  get lastSeq(): number {
    return this.isStuck ? this.seq - 1 : this.seq
  }

  /** Bytes that wait to be read, as of the last look. */
  get behind(): number {
    return this.bytes - this.readBytes
  }

  /** Reads what has come since. Rejects when the file cannot be read, or has become shorter. */
  readOn(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined
    })
    return this.reading
  }

  async look(): Promise<void> {
    const { size } = await stat(this.path)
    if (size < (this.place?.offset ?? 0))
      throw new Error(`${this.path} has become shorter than what was read of it`)
    this.bytes = size
  }

  state(): RecordMessage {
    const { day, bytes, readBytes, records, from, readTo, damage, differs } = this
    return {
      ...{ day, bytes, readBytes, records, isWhole: !this.isReading },
      ...(from !== undefined && { from }),
      ...(readTo !== undefined && { to: readTo }),
      ...(damage && { damage }),
      ...(differs && { differs }),
    }
  }

  private async read(): Promise<void> {
    await this.look()
    if (this.isStuck) return this.end()
    this.damage = undefined
    const from = { after: this.seq, place: this.place }
    for await (const { start, records, damage } of recordsAfter(this.disk, this.path, from)) {
      for (const record of records) if (!this.take(record)) return this.end()
      this.readBytes = Math.max(this.readBytes, start.offset)
      this.place = start
      this.damage = damage
      this.keep(start)
    }
    this.end()
  }

  /** All that can be read has been: what stands behind damage is none of it. */
  private end(): void {
    this.readBytes = this.bytes
  }

  private keep(place: Place): void {
    const { readTo, seq, book } = this
    if (readTo === undefined || !book.opened || !this.checkpoints.isDue(readTo)) return
    const state = JSON.stringify({ trader: book.trader.snapshot(), decisions: book.log.snapshot() })
    this.checkpoints.add({ at: readTo, seq, place, state: Buffer.from(state) } satisfies Checkpoint)
  }

  /** False when the engine cannot go on. */
  private take({ seq, at, kind, bodyJson }: ReadRecord): boolean {
    this.seq = seq
    this.records++
    this.from ??= at
    this.readTo = Math.max(this.readTo ?? at, at)
    if (kind === 'event') return this.feed(seq, bodyJson)
    if (kind !== 'effects') return true
    if (this.expected?.body !== bodyJson) this.differs ??= { seq, ...DIFFERS }
    this.expected = undefined
    this.book.decided(seq, at)
    return true
  }

  private feed(seq: number, bodyJson: string): boolean {
    if (this.expected) this.differs ??= { seq: this.expected.seq, ...DIFFERS }
    try {
      const decisions = this.book.event(seq, JSON.parse(bodyJson) as TraderEvent)
      this.expected = decisions === '' ? undefined : { seq, body: effectsJson(seq, decisions) }
      return true
    } catch (error) {
      this.isStuck = true
      const what = error instanceof Error ? error.message : String(error)
      this.differs = {
        seq,
        ko: `${STUCK.ko}: ${what}`,
        en: `${STUCK.en}: ${what}`,
      }
      return false
    }
  }
}

const DIFFERS = {
  ko: '지금의 엔진은 이 기록부터 그날과 다르게 판단합니다 (다른 버전의 기록). 이 뒤의 재현은 그날과 다를 수 있습니다',
  en: 'From this record on the engine of today decides otherwise than it did (a record of another version): what follows may differ from that day',
}
const STUCK = {
  ko: '지금의 엔진이 이 기록을 받아들이지 못해 여기서 멈췄습니다',
  en: 'The engine of today cannot take this record and stopped here',
}
