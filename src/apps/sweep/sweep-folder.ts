import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import { refuse } from '../io.ts'

/** Everything that the trials of a sweep follow from, as plain data; of the bars their hash. */
export type SweepRequest = Readonly<Record<string, unknown>>

const NOTE = z.object({ request: z.record(z.string(), z.unknown()), sha256: z.string() })

/**
 * Begins a folder with its request, or goes on in one that has the same. Refuses a folder of another request and says in what
 * they differ.
 */
export async function claimFolder(folder: string, request: SweepRequest): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'sweep.json')
  if (existsSync(path)) return checkSame(path, folder, request)
  if (existsSync(join(folder, 'trials.jsonl')))
    refuse(
      `${folder} 에는 무엇의 것인지 모르는 trials.jsonl 이 있습니다: -o 로 다른 폴더를 쓰거나 그 파일을 지우세요`,
      `${folder} holds a trials.jsonl of unknown origin: take another folder with -o, or delete it`,
    )
  const begun = `${path}.begun`
  await writeFile(begun, `${JSON.stringify({ request, sha256: requestHash(request) }, undefined, 2)}\n`)
  await rename(begun, path)
}

async function checkSame(path: string, folder: string, request: SweepRequest): Promise<void> {
  const noted = NOTE.safeParse(parsed(await readFile(path, 'utf8')))
  if (!noted.success)
    return refuse(
      `${path} 을(를) 읽을 수 없습니다: -o 로 다른 폴더를 쓰거나 그 폴더를 지우세요`,
      `${path} cannot be read: take another folder with -o, or delete that folder`,
    )
  if (noted.data.sha256 === requestHash(request)) return
  const before = noted.data.request
  const keys = [...new Set([...Object.keys(before), ...Object.keys(request)])]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(request[key]))
  refuse(
    `${folder} 에는 다른 탐색이 있습니다 (다른 것: ${changed.join(', ')}). -o 로 다른 폴더를 쓰거나, 그 탐색이 필요 없으면 폴더를 지우세요`,
    `${folder} holds another sweep (it differs in ${changed.join(', ')}); take another folder with -o, or delete that one if it is not needed`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const requestHash = (request: SweepRequest): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex')

/** Names the very numbers that are played, whatever catalog they came from. */
export function barsHash(bars: BarTable): string {
  const hash = createHash('sha256')
  const { openAt, closeAt, starts, index, open, high, low, close, volume } = bars
  for (const column of [openAt, closeAt, starts, index, open, high, low, close, volume])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
  return hash.digest('hex')
}
