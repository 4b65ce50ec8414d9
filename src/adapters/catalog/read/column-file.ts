import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { endianness } from 'node:os'
import { dirname, join } from 'node:path'
import { type Duck, doublesOf, numberIn, quoted, text, textIn } from '../duck.ts'
import { writeDurably } from '../durable.ts'
import { COLUMNS } from '../layout.ts'
import type { Part } from '../manifest.ts'

/** The columns of a stored bar that are read in bulk, in the order of the file. */
export const BAR_COLUMNS = [
  'open_at',
  'close_at',
  'open',
  'high',
  'low',
  'close',
  'last',
  'volume',
  'value',
  'flags',
] as const

export type BarColumn = (typeof BAR_COLUMNS)[number]

/** One Parquet file of a set as plain columns of doubles, with the stretch of each instrument. */
export interface ColumnFile {
  readonly rows: number
  /** In order; rows of `symbols[i]` are `starts[i]` to `starts[i + 1]`. */
  readonly symbols: readonly string[]
  readonly starts: readonly number[]
  /** Fills `into` with rows `from` to `from + into.length` of a column; `NaN` when the column is empty throughout. */
  read(column: BarColumn, from: number, into: Float64Array): Promise<void>
  /** Every column at once, read into `room` when it is large enough. A column that is empty throughout is absent. */
  readAll(room: Float64Array): Promise<Readonly<Partial<Record<BarColumn, Float64Array>>>>
  /** Lets go of the file; the next read opens it again, so that thousands can be at hand. */
  close(): Promise<void>
}

const MAGIC = 'GARAMCOL1'
const HEAD_BYTES = 16
const EIGHT = 8

interface Header {
  readonly rows: number
  readonly columns: readonly BarColumn[]
  readonly symbols: readonly string[]
  readonly starts: readonly number[]
}

/**
 * Opens the columns of a Parquet file, making them first when nobody has read it before. They are derived and may be deleted; they
 * carry the Parquet file's hash as their name, so they can never be those of another content.
 *
 * Bytes that lie on the disk as they lie in memory are read 3 to 4 times as fast as DuckDB hands them over in chunks of
 * 2,048 rows (docs/data-catalog.md).
 */
export async function openColumns(
  duck: Duck,
  folder: string,
  part: Part,
  parquet: string,
): Promise<ColumnFile> {
  const path = columnsPath(folder, part)
  const known = await openExisting(path, part)
  if (known) return known
  await make(duck, path, part, parquet)
  const made = await openExisting(path, part)
  if (!made) throw new Error(`${path} was just written and cannot be read`)
  return made
}

export const columnsPath = (folder: string, part: Part): string =>
  join(folder, COLUMNS, `${part.sha256.slice(0, 32)}.columns`)

async function openExisting(path: string, part: Part): Promise<ColumnFile | undefined> {
  let handle: FileHandle | undefined = await open(path, 'r').catch(() => undefined)
  if (handle === undefined) return undefined
  const header = await readHeader(handle, part)
  const close = async () => {
    const held = handle
    handle = undefined
    await held?.close()
  }
  if (header === undefined) {
    await close()
    return undefined
  }
  const { rows, columns, symbols, starts, at } = header
  const opened = async (): Promise<FileHandle> => {
    handle ??= await open(path, 'r')
    return handle
  }
  return {
    rows,
    symbols,
    starts,
    read: async (column, from, into) => {
      const place = columns.indexOf(column)
      if (place < 0) into.fill(Number.NaN)
      else await fill(await opened(), at + (place * rows + from) * EIGHT, into)
    },
    readAll: async (room) => {
      const size = rows * columns.length
      const data = room.length >= size ? room.subarray(0, size) : new Float64Array(size)
      await fill(await opened(), at, data)
      return Object.fromEntries(
        columns.map((name, place) => [name, data.subarray(place * rows, (place + 1) * rows)]),
      )
    },
    close,
  }
}

/** `undefined` when it is no such file, is not whole, or was written on a machine with another order of bytes. */
async function readHeader(
  handle: FileHandle,
  part: Part,
): Promise<(Header & { readonly at: number }) | undefined> {
  const head = Buffer.alloc(HEAD_BYTES)
  await handle.read(head, 0, HEAD_BYTES, 0)
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined
  const length = head.readUInt32LE(12)
  const bytes = Buffer.alloc(length)
  await handle.read(bytes, 0, length, HEAD_BYTES)
  const { endian, ...header } = JSON.parse(bytes.toString('utf8')) as Header & { readonly endian: string }
  const at = HEAD_BYTES + length
  const { size } = await handle.stat()
  const isWhole = header.rows === part.rows && size === at + header.rows * header.columns.length * EIGHT
  return isWhole && endian === endianness() ? { ...header, at } : undefined
}

async function fill(handle: FileHandle, at: number, into: Float64Array): Promise<void> {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, at + done)
    if (bytesRead === 0) throw new Error('a column file ended early although its size was right')
    done += bytesRead
  }
}

async function make(duck: Duck, path: string, part: Part, parquet: string): Promise<void> {
  const from = `read_parquet(${text(parquet)})`
  const runs = await duck.rows(`SELECT symbol, count(*) AS rows FROM ${from} GROUP BY symbol ORDER BY symbol`)
  const [filled] = await duck.rows(
    `SELECT ${BAR_COLUMNS.map((name) => `count(${quoted(name)}) AS ${quoted(name)}`).join(', ')} FROM ${from}`,
  )
  const columns = BAR_COLUMNS.filter((name) => numberIn(filled, name) > 0)
  const data = new Float64Array(columns.length * part.rows)
  await load(duck, columns, from, data, part.rows)
  const starts = [0]
  for (const row of runs) starts.push((starts.at(-1) ?? 0) + numberIn(row, 'rows'))
  const header = { rows: part.rows, columns, symbols: runs.map((row) => textIn(row, 'symbol')), starts }
  await mkdir(dirname(path), { recursive: true })
  await writeDurably(path, Buffer.concat([headOf(header), new Uint8Array(data.buffer)]))
}

/** Rows come in the order of the file, which is that of symbol and time. */
async function load(
  duck: Duck,
  columns: readonly BarColumn[],
  from: string,
  data: Float64Array,
  rows: number,
): Promise<void> {
  const list = columns.map((name) => `coalesce(CAST(${quoted(name)} AS DOUBLE), CAST('NaN' AS DOUBLE))`)
  let at = 0
  for await (const chunk of duck.chunks(`SELECT ${list.join(', ')} FROM ${from}`)) {
    for (let column = 0; column < columns.length; column++) {
      const vector = doublesOf(chunk, column)
      const place = column * rows + at
      for (let row = 0; row < vector.itemCount; row++) data[place + row] = vector.getItem(row) ?? Number.NaN
    }
    at += chunk.rowCount
  }
}

/** Padded with blanks, so that the doubles begin at a multiple of their size. */
function headOf(header: Header): Buffer {
  const json = JSON.stringify({ ...header, endian: endianness() })
  const bytes = Buffer.from(json, 'utf8')
  const padded = Buffer.concat([bytes, Buffer.alloc((EIGHT - (bytes.length % EIGHT)) % EIGHT, ' ')])
  const head = Buffer.alloc(HEAD_BYTES)
  head.write(MAGIC, 'latin1')
  head.writeUInt32LE(padded.length, 12)
  return Buffer.concat([head, padded])
}
