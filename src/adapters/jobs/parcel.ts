import { createHash, type Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { err, ok, type Result } from '../../std/result.ts'

/** Names a parcel: byte columns that every job of some work needs. The same columns have the same name, whoever sends them. */
export interface ParcelLabel {
  /** Of the lengths and of all bytes. */
  readonly sha256: string
  /** Length of each column, in bytes. */
  readonly lengths: readonly number[]
}

/** 4 GiB: as bars some 89 million. */
export const PARCEL_BYTES_MAX = 2 ** 32
const COLUMNS_MAX = 64
/** A value of Redis holds so much of a column, before it is compressed. */
const SLICE_BYTES = 8 * 2 ** 20
/** What nobody keeps alive is gone after so long. */
const EXPIRY_S = 600
const FAST = { level: 1 }

const deflated = promisify<Uint8Array, typeof FAST, Buffer>(deflate)
const inflated = promisify<Uint8Array, { readonly maxOutputLength: number }, Buffer>(inflate)

/** The check at the border. */
export const PARCEL_LABEL = z
  .object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    lengths: z.array(z.int().min(0)).max(COLUMNS_MAX),
  })
  .refine(({ lengths }) => totalOf(lengths) <= PARCEL_BYTES_MAX)

export const totalOf = (lengths: readonly number[]): number => lengths.reduce((sum, each) => sum + each, 0)

export function labelOf(columns: readonly Uint8Array[]): ParcelLabel {
  const lengths = columns.map(({ byteLength }) => byteLength)
  const hash = hashOver(lengths)
  for (const column of columns) hash.update(column)
  return { sha256: hash.digest('hex'), lengths }
}

const hashOver = (lengths: readonly number[]): Hash => createHash('sha256').update(JSON.stringify(lengths))

/** Puts what is missing of the parcel into Redis, compressed and in slices. */
export async function sendParcel(
  redis: Redis,
  label: ParcelLabel,
  columns: readonly Uint8Array[],
): Promise<void> {
  for (const { key, column, from, to } of slicesOf(label)) {
    if ((await redis.expire(key, EXPIRY_S)) === 1) continue
    const packed = await deflated((columns[column] as Uint8Array).subarray(from, to), FAST)
    await redis.set(key, packed, 'EX', EXPIRY_S)
  }
}

/** The columns of a parcel, each on memory of its own. Errors: some of it is not there (yet), or it is not what its label says. */
export async function fetchParcel(
  redis: Redis,
  label: ParcelLabel,
): Promise<Result<readonly Uint8Array<ArrayBuffer>[], 'missing' | 'damaged'>> {
  const columns = label.lengths.map((length) => new Uint8Array(length))
  // Slice by slice, so that jobs of other work are not held up for seconds.
  const hash = hashOver(label.lengths)
  for (const { key, column, from, to } of slicesOf(label)) {
    const packed = await redis.getBuffer(key)
    if (!packed) return err('missing')
    const bytes = await inflated(packed, { maxOutputLength: to - from }).catch(() => undefined)
    if (bytes?.byteLength !== to - from) return err('damaged')
    columns[column]?.set(bytes, from)
    hash.update(bytes)
  }
  return hash.digest('hex') === label.sha256 ? ok(columns) : err('damaged')
}

interface Slice {
  readonly key: string
  readonly column: number
  /** Bytes of the column, `to` outside. */
  readonly from: number
  readonly to: number
}

const slicesOf = ({ sha256, lengths }: ParcelLabel): readonly Slice[] =>
  lengths.flatMap((length, column) =>
    Array.from({ length: Math.ceil(length / SLICE_BYTES) }, (_, slice) => ({
      key: `garam:parcel:${sha256}:${column}:${slice}`,
      column,
      from: slice * SLICE_BYTES,
      to: Math.min(length, (slice + 1) * SLICE_BYTES),
    })),
  )
