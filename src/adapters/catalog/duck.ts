import { availableParallelism } from 'node:os'
import type { DuckDBConnection, DuckDBDataChunk, DuckDBDoubleVector } from '@duckdb/node-api'
import { CatalogTrouble } from './trouble.ts'

export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

/** One DuckDB of our own, in memory, spilling to `temp` when it has to. */
export interface Duck {
  run(sql: string): Promise<void>
  /** Small results. Whole numbers arrive as numbers; cast days to text in the query. */
  rows(sql: string): Promise<readonly Row[]>
  /** Big results, chunk by chunk. */
  chunks(sql: string): AsyncIterable<DuckDBDataChunk>
  close(): void
}

export interface DuckOptions {
  /** Where a sort that is larger than the memory goes. */
  readonly temp?: string
  readonly signal?: AbortSignal
  /** What a query may hold in memory before it spills. */
  readonly memory?: string
}

const MEMORY = '1GB'
/** More threads than this only make the pieces of a sort smaller. */
const THREADS_MAX = 8

/** Loaded when it is needed: it is large, and most commands do without. */
const library = () => import('@duckdb/node-api')

export async function openDuck({ temp, signal, memory = MEMORY }: DuckOptions = {}): Promise<Duck> {
  const { DuckDBInstance } = await library()
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.min(THREADS_MAX, availableParallelism())),
    memory_limit: memory,
    // Extensions are downloaded at run time; everything here does with the built-in ones.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(temp === undefined ? {} : { temp_directory: temp }),
  })
  const connection = await instance.connect()
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  return {
    run: async (sql) => void (await guarded(signal, () => connection.run(sql))),
    rows: (sql) => guarded(signal, () => rowsOf(connection, sql)),
    chunks: (sql) => chunksOf(connection, sql),
    close: () => {
      signal?.removeEventListener('abort', interrupt)
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Holds DuckDB's own lock on a database file; gives the function that lets go of it. */
export async function lockedFile(path: string): Promise<() => void> {
  const { DuckDBInstance } = await library()
  const held = await DuckDBInstance.create(path)
  return () => held.closeSync()
}

/** A query that fails because it was interrupted is a cancel, whatever DuckDB calls it. */
async function guarded<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal?.aborted) throw cancelled()
  try {
    return await work()
  } catch (error) {
    throw signal?.aborted ? cancelled() : error
  }
}

export const cancelled = () =>
  new CatalogTrouble(
    'cancelled',
    '취소했습니다. 같은 명령을 다시 실행하면 읽던 곳부터 이어서 합니다',
    'cancelled; the same command goes on from where it stopped',
  )

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  const result = await connection.runAndReadAll(sql)
  return result
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)])))
}

function plain(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value
  return typeof value === 'bigint' ? Number(value) : String(value)
}

async function* chunksOf(connection: DuckDBConnection, sql: string): AsyncIterable<DuckDBDataChunk> {
  const result = await connection.stream(sql)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk
  }
}

/** A column that was cast to DOUBLE in the query. */
export function doublesOf(chunk: DuckDBDataChunk, column: number): DuckDBDoubleVector {
  const vector = chunk.getColumnVector(column)
  if (vector.type.toString() !== 'DOUBLE') throw new Error('a column was cast to DOUBLE and is none')
  return vector as DuckDBDoubleVector
}

/** A text literal. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** A column or table name. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const textList = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`

export const numberIn = (row: Row | undefined, key: string): number => Number(row?.[key] ?? 0)

export const textIn = (row: Row | undefined, key: string): string => String(row?.[key] ?? '')
