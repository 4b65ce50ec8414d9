import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { parse } from 'yaml'
import { z } from 'zod'
import { ZONES } from '../../adapters/catalog/calendar/zone.ts'
import type { ImportJob } from '../../adapters/catalog/import/job.ts'
import { isBarLike, marketOf } from '../../adapters/catalog/kinds.ts'
import type { EpochMs } from '../../std/clock.ts'
import { refuse } from '../io.ts'

const mapSchema = z.record(z.string(), z.string())

/** What can stand in a preset, under the names of the options. */
const presetSchema = z.strictObject({
  kind: z.enum(['bars', 'trades', 'quotes', 'index', 'fx', 'actions', 'instruments']).optional(),
  interval: z.string().optional(),
  columns: mapSchema.optional(),
  symbol: z.string().optional(),
  zone: z.string().optional(),
  adjusted: z.enum(['none', 'splits', 'all']).optional(),
  market: z.enum(['KRX', 'US', 'FX']).optional(),
  currency: z.enum(['KRW', 'USD']).optional(),
  only: mapSchema.optional(),
  source: z.string().optional(),
  series: z.string().optional(),
  encoding: z.enum(['utf-8', 'cp949', 'euc-kr']).optional(),
  delimiter: z.string().min(1).max(1).optional(),
  bad: z.enum(['refuse', 'reject', 'flag']).optional(),
  replace: z.boolean().optional(),
})

type Declared = z.infer<typeof presetSchema>

export interface ImportOptions extends Declared {
  readonly preset?: string
  readonly catalog: string
  readonly json?: true
}

/** `open_at=일자,close=종가` → a map. A name of the file may hold `=` after the first one, and no comma. */
export function pairs(written: string): Record<string, string> {
  const map: Record<string, string> = {}
  for (const pair of written.split(',')) {
    const at = pair.indexOf('=')
    const [ours, theirs] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    if (at <= 0 || theirs === '')
      throw new InvalidArgumentError('이름=이름,이름=이름 처럼 씁니다 / written name=name,name=name')
    map[ours] = theirs
  }
  return map
}

/** What is to be imported: the preset, and over it what was said on the command line. Nothing is guessed about prices. */
export async function jobOf(file: string, options: ImportOptions, at: EpochMs): Promise<ImportJob> {
  const { catalog: _, json: __, preset, ...said } = options
  const declared: Declared = { ...(preset === undefined ? {} : await readPreset(preset)), ...said }
  const kind = declared.kind ?? 'bars'
  const market = declared.market ?? (kind === 'fx' ? 'FX' : undefined)
  if (market === undefined)
    return refuse('--market 이 필요합니다: KRX 또는 US', '--market is needed: KRX or US')
  const basis = declared.adjusted ?? (kind === 'bars' ? needed(kind) : 'none')
  const { interval, series, symbol, delimiter } = declared
  if (isBarLike(kind) && interval === undefined)
    return refuse('--interval 이 필요합니다: 1d, 5m 처럼', '--interval is needed, like 1d or 5m')
  return {
    set: {
      kind,
      market: marketOf(kind, market),
      basis,
      ...(interval !== undefined && isBarLike(kind) ? { interval } : {}),
      ...(series === undefined ? {} : { series }),
    },
    currency: declared.currency ?? (market === 'US' ? 'USD' : 'KRW'),
    file,
    columns: declared.columns ?? {},
    zone: declared.zone ?? ZONES[market],
    ...(symbol === undefined ? {} : { symbol }),
    ...(delimiter === undefined ? {} : { delimiter }),
    only: declared.only ?? {},
    encoding: declared.encoding === undefined || declared.encoding === 'utf-8' ? 'utf-8' : 'cp949',
    source: declared.source ?? basename(file),
    onBad: declared.bad ?? 'refuse',
    replace: declared.replace ?? false,
    at,
  }
}

/** Adjusted prices that pass for raw ones are the costliest mistake here, so the person has to say. */
const needed = (kind: string): never =>
  refuse(
    `${kind} 에는 --adjusted 가 필요합니다: none (원래 가격), splits (수정주가), all (배당까지)`,
    `${kind} need --adjusted: none (as traded), splits (split-adjusted), all (dividends too)`,
  )

async function readPreset(path: string): Promise<Declared> {
  const content = await readFile(path, 'utf8').catch(() =>
    refuse(`프리셋 ${path} 을(를) 읽을 수 없습니다`, `cannot read the preset ${path}`),
  )
  const parsed = presetSchema.safeParse(yaml(content, path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') || issue?.message
  return refuse(
    `프리셋 ${path} 의 '${where}' 이(가) 잘못되었습니다. 쓸 수 있는 것: ${Object.keys(presetSchema.shape).join(', ')}`,
    `'${where}' in the preset ${path} is wrong (${issue?.message}); there are: ${Object.keys(presetSchema.shape).join(', ')}`,
  )
}

function yaml(content: string, path: string): unknown {
  try {
    return parse(content)
  } catch (error) {
    const [first] = String(error).split('\n')
    return refuse(
      `프리셋 ${path} 이(가) YAML이 아닙니다: ${first}`,
      `the preset ${path} is no YAML: ${first}`,
    )
  }
}
