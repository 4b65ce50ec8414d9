import { Option } from 'commander'
import { openCatalog } from '../../adapters/catalog/catalog.ts'
import { type Duck, openDuck } from '../../adapters/catalog/duck.ts'
import { parseSetPath, requireFolder, setPath, setsIn } from '../../adapters/catalog/layout.ts'
import { CatalogTrouble, messageOf } from '../../adapters/catalog/trouble.ts'
import type { Catalog, DataSetName } from '../../ports/catalog.ts'
import { Refusal, refuse } from '../io.ts'
import { onInterrupt, wallClock } from '../system.ts'

/** What the commands of `garam data` share. */

/** Where the catalog is, from where Garam was started. */
export const DEFAULT_CATALOG = '.garam/catalog'

export const catalogOption = (): Option =>
  new Option('--catalog <folder>', '카탈로그 폴더 · folder of the catalog').default(DEFAULT_CATALOG)

const NO_ROOM = /No space left|ENOSPC/i
const NO_RIGHT = /EACCES|EROFS|EPERM|Permission denied/i

/** Runs `work`; what the catalog expects to go wrong becomes a refusal, and Ctrl-C cancels. */
export async function withCatalog<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = onInterrupt(() => controller.abort())
  try {
    return await work(controller.signal)
  } catch (error) {
    throw expected(error)
  } finally {
    stop()
  }
}

function expected(error: unknown): unknown {
  if (error instanceof CatalogTrouble) return new Refusal(error.message)
  const message = messageOf(error)
  if (NO_ROOM.test(message))
    return new Refusal(
      `디스크가 가득 찼습니다: 자리를 비우고 같은 명령을 다시 실행하면 이어서 합니다\nthe disk is full: make room and run the same command, it goes on from there`,
    )
  if (NO_RIGHT.test(message))
    return new Refusal(
      `파일이나 폴더에 쓸 권한이 없습니다: ${message}\nno permission for a file or folder: ${message}`,
    )
  return error
}

/** For commands that only read. */
export const withDuck = <T>(folder: string, work: (duck: Duck) => Promise<T>): Promise<T> =>
  withCatalog(async (signal) => {
    requireFolder(folder)
    const duck = await openDuck({ signal })
    try {
      return await work(duck)
    } finally {
      duck.close()
    }
  })

/** Runs `work` on an open catalog. Refuses a folder that is none. */
export async function inCatalog<T>(folder: string, work: (catalog: Catalog) => Promise<T>): Promise<T> {
  requireFolder(folder)
  const catalog = await openCatalog(folder, wallClock)
  try {
    return await work(catalog)
  } finally {
    catalog.close()
  }
}

/** The set that was named; the answer to a wrong name lists what there is. */
export async function namedSet(folder: string, written: string): Promise<DataSetName> {
  const set = parseSetPath(written)
  if (set) return set
  const known = (await setsIn(folder)).map(setPath).join(', ')
  return refuse(
    `'${written}' 은(는) 데이터 이름이 아닙니다. 있는 것: ${known || '없음'}`,
    `'${written}' names no data set; there are: ${known || 'none'}`,
  )
}
