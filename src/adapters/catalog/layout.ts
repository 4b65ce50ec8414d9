import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdjustmentBasis, CatalogMarket, DataKind, DataSetName } from '../../ports/catalog.ts'
import { isBarLike, KINDS } from './kinds.ts'
import { refuse } from './trouble.ts'

/**
 * A catalog is a folder of Parquet files that any tool can read:
 *
 *   bars/1d/KRX/none/dataset.json         what the set is, its files, its imports
 *   bars/1d/KRX/none/2024-3.parquet       a year of everyone, written by import 3
 *   bars/1m/KRX/none/005930/2024-4.parquet
 *   instruments/KRX/none/all-1.parquet
 *   rejects/                              rows that were not taken, with a summary beside them
 *   .columns/, .work/                     derived and unfinished: may be deleted while nothing runs
 */
export const MANIFEST = 'dataset.json'
export const WORK = '.work'
export const COLUMNS = '.columns'
export const REJECTS = 'rejects'

const MAIN_SERIES = 'main'

const MARKETS: readonly CatalogMarket[] = ['KRX', 'US', 'FX']
const BASES: readonly AdjustmentBasis[] = ['none', 'splits', 'all']

/** `bars/1d/KRX/none`, `bars/1d/KRX/splits~yahoo`: the folder of a set, and its name on the command line. */
export function setPath({ kind, interval, market, basis, series }: DataSetName): string {
  const last = series === undefined || series === MAIN_SERIES ? basis : `${basis}~${series}`
  return [kind, ...(isBarLike(kind) ? [interval ?? '1d'] : []), market, last].join('/')
}

/** The reverse of `setPath`; `undefined` for a path that names no set. */
export function parseSetPath(path: string): DataSetName | undefined {
  const parts = path.split('/')
  const kind = parts.shift() as DataKind | undefined
  if (kind === undefined || !(kind in KINDS)) return undefined
  const interval = isBarLike(kind) ? parts.shift() : undefined
  const [market, last, ...rest] = parts
  const [basis, series] = (last ?? '').split('~')
  if (rest.length > 0 || !isMarket(market) || !isBasis(basis)) return undefined
  if (isBarLike(kind) && interval === undefined) return undefined
  return {
    kind,
    market,
    basis,
    ...(interval === undefined ? {} : { interval }),
    ...(series === undefined ? {} : { series }),
  }
}

const isMarket = (text: string | undefined): text is CatalogMarket => MARKETS.some((one) => one === text)
const isBasis = (text: string | undefined): text is AdjustmentBasis => BASES.some((one) => one === text)

/** The sets of a catalog in the order of their paths. */
export async function setsIn(folder: string): Promise<readonly DataSetName[]> {
  const found: DataSetName[] = []
  for (const kind of Object.keys(KINDS)) {
    const names = await readdir(join(folder, kind), { recursive: true }).catch(() => [])
    for (const name of names) {
      const path = `${kind}/${name.replaceAll('\\', '/')}`
      if (!path.endsWith(`/${MANIFEST}`)) continue
      const set = parseSetPath(path.slice(0, -MANIFEST.length - 1))
      if (set) found.push(set)
    }
  }
  return found.sort((a, b) => (setPath(a) < setPath(b) ? -1 : 1))
}

const SERIES = /^[a-z0-9][a-z0-9-]{0,40}$/

export function checkSeries(series: string | undefined): void {
  if (series !== undefined && !SERIES.test(series))
    refuse(
      'options',
      `--series 이름은 영문 소문자, 숫자, 하이픈으로 씁니다: '${series}'`,
      `--series is written in lower-case letters, digits and hyphens, not '${series}'`,
    )
}

/** A symbol as the name of a folder; `/` and everything odd is written `%2F`. */
export const fileNameOf = (symbol: string): string =>
  symbol.replaceAll(/[^A-Za-z0-9.-]/g, (letter) => encodeURIComponent(letter).replaceAll('*', '%2A'))

export function requireFolder(folder: string): void {
  if (!existsSync(folder))
    refuse(
      'notFound',
      `${folder} 에 데이터 카탈로그가 없습니다: 먼저 'garam data import'로 가져오세요`,
      `there is no data catalog at ${folder}: bring something in with 'garam data import' first`,
    )
}
