import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DataSetName, ImportRecord } from '../../ports/catalog.ts'
import { writeDurably } from './durable.ts'
import { MANIFEST, setPath } from './layout.ts'
import { messageOf, refuse } from './trouble.ts'

/** Raised when the meaning of stored columns changes; an older program refuses a newer number. */
export const SCHEMA_VERSION = 1

const partSchema = z.strictObject({
  /** From the folder of the set. */
  file: z.string(),
  /** Which year, or which symbol and year. */
  key: z.string(),
  rows: z.number().int(),
  symbols: z.number().int(),
  fromDay: z.string(),
  toDay: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
})

const importSchema = z.strictObject({
  id: z.number().int(),
  source: z.string(),
  file: z.string(),
  sha256: z.string(),
  importedAt: z.number(),
  zone: z.string(),
  rows: z.number().int(),
  rejected: z.number().int(),
  flagged: z.record(z.string(), z.number()),
  /** What makes a second import of the same file the same import: its mapping and options. */
  options: z.string(),
})

const manifestSchema = z.strictObject({
  schema: z.number().int(),
  currency: z.enum(['KRW', 'USD']),
  /** A stored price is so many times the currency's own unit. */
  priceScale: z.number(),
  symbols: z.number().int(),
  parts: z.array(partSchema),
  imports: z.array(importSchema),
})

export type Part = z.infer<typeof partSchema>
export type StoredImport = z.infer<typeof importSchema> & ImportRecord
export type Manifest = Readonly<z.infer<typeof manifestSchema>>

/**
 * What a set consists of. The file is replaced in one rename, so that a reader sees the set before an import or after it
 * and nothing in between. `undefined`: there is no such set.
 */
export async function readManifest(folder: string, set: DataSetName): Promise<Manifest | undefined> {
  const path = join(folder, setPath(set), MANIFEST)
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (content === undefined) return undefined
  const parsed = manifestSchema.safeParse(json(content, path))
  if (!parsed.success)
    return damaged(
      path,
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    )
  if (parsed.data.schema > SCHEMA_VERSION)
    return refuse(
      'damaged',
      `${path} 은(는) 더 새로운 가람이 썼습니다 (형식 ${parsed.data.schema}, 이 프로그램은 ${SCHEMA_VERSION}): 가람을 올리세요`,
      `${path} was written by a newer Garam (format ${parsed.data.schema}, this one knows ${SCHEMA_VERSION}): update it`,
    )
  return parsed.data
}

function json(content: string, path: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    return damaged(path, messageOf(error))
  }
}

const damaged = (path: string, why: string): never =>
  refuse(
    'damaged',
    `${path} 이(가) 손상되었습니다 (${why}): 백업에서 되돌리거나 이 폴더를 지우고 다시 가져오세요`,
    `${path} is damaged (${why}): restore it from a backup, or delete its folder and import again`,
  )

export const writeManifest = (folder: string, set: DataSetName, manifest: Manifest): Promise<void> =>
  writeDurably(join(folder, setPath(set), MANIFEST), `${JSON.stringify(manifest, undefined, 1)}\n`)

export async function requireManifest(folder: string, set: DataSetName): Promise<Manifest> {
  return (
    (await readManifest(folder, set)) ??
    refuse(
      'notFound',
      `${folder} 에 ${setPath(set)} 데이터가 없습니다: 'garam data list'로 있는 것을 보세요`,
      `there is no ${setPath(set)} in ${folder}: 'garam data list' shows what there is`,
    )
  )
}

/** Full paths of the files of a set. */
export const partPaths = (folder: string, set: DataSetName, parts: readonly Part[]): readonly string[] =>
  parts.map(({ file }) => join(folder, setPath(set), file))
