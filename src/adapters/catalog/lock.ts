import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { lockedFile } from './duck.ts'
import { WORK } from './layout.ts'
import { messageOf, refuse } from './trouble.ts'

/** DuckDB's file lock belongs to the process, so inside one the second writer has to be seen here. */
const HELD = new Set<string>()

/**
 * One writer per catalog. The lock is the one that DuckDB holds on a database file: the system lets go of it when the process dies,
 * however it dies, so that nothing is ever left locked.
 */
export async function lockCatalog(folder: string): Promise<() => void> {
  await mkdir(join(folder, WORK), { recursive: true })
  const place = await realpath(folder)
  if (HELD.has(place)) return inUse(folder)
  HELD.add(place)
  try {
    const letGo = await lockedFile(join(place, WORK, 'lock.duckdb'))
    return () => {
      HELD.delete(place)
      letGo()
    }
  } catch (error) {
    HELD.delete(place)
    if (/lock/i.test(messageOf(error))) return inUse(folder)
    throw error
  }
}

const inUse = (folder: string): never =>
  refuse(
    'locked',
    `${folder} 에 다른 가져오기가 진행 중입니다: 끝난 뒤에 다시 실행하세요`,
    `another import is writing to ${folder}: run this again when it is done`,
  )
