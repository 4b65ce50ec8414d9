import type { TradingDay } from '../../model/time.ts'
import type { DataSetName, DataSetSummary } from '../../ports/catalog.ts'
import { setsIn } from './layout.ts'
import { type Manifest, readManifest } from './manifest.ts'

/** What there is, from the manifests alone. */
export async function listSets(folder: string): Promise<readonly DataSetSummary[]> {
  const found: DataSetSummary[] = []
  for (const name of await setsIn(folder)) {
    const manifest = await readManifest(folder, name)
    if (manifest) found.push(summaryOf(name, manifest))
  }
  return found
}

function summaryOf(name: DataSetName, { currency, symbols, parts, imports }: Manifest): DataSetSummary {
  const total = (of: (part: Manifest['parts'][number]) => number) =>
    parts.reduce((sum, part) => sum + of(part), 0)
  const from = parts.map(({ fromDay }) => fromDay).sort()[0]
  const to = parts
    .map(({ toDay }) => toDay)
    .sort()
    .at(-1)
  return {
    name,
    currency,
    rows: total(({ rows }) => rows),
    symbols,
    ...(from === undefined ? {} : { from: from as TradingDay }),
    ...(to === undefined ? {} : { to: to as TradingDay }),
    bytes: total(({ bytes }) => bytes),
    files: parts.length,
    imports,
  }
}
