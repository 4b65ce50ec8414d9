import { stat } from 'node:fs/promises'
import { sha256Of } from '../durable.ts'
import { KINDS } from '../kinds.ts'
import { partPaths } from '../manifest.ts'
import { type Check, type Example, foundAmong, foundBy, NOTHING } from './finding.ts'

/** Every file of the set is there and holds what was written. */
export const damaged: Check = {
  id: 'damaged',
  concerns: () => true,
  run: async ({ folder, set, manifest }) => {
    const examples: Example[] = []
    for (const [at, path] of partPaths(folder, set, manifest.parts).entries()) {
      const part = manifest.parts[at]
      if (part === undefined) continue
      const found = await stat(path).catch(() => undefined)
      const is = found === undefined ? 'gone' : await sha256Of(path)
      if (is !== part.sha256)
        examples.push({
          symbol: part.key,
          day: part.fromDay,
          row: 0,
          source: part.file,
          detail: `sha256 ${is}`,
        })
    }
    return foundAmong(examples)
  },
}

/** What imports left out, from their own records. */
export const rejected: Check = {
  id: 'rejected',
  concerns: () => true,
  run: async ({ manifest }) => {
    const left = manifest.imports.filter(({ rejected }) => rejected > 0)
    if (left.length === 0) return NOTHING
    return {
      count: left.reduce((sum, { rejected }) => sum + rejected, 0),
      symbols: 0,
      examples: left.slice(0, 5).map(({ id, file, rejected }) => ({
        symbol: '',
        day: '',
        row: 0,
        source: file,
        detail: `import ${id}: ${rejected}`,
      })),
    }
  },
}

/** Cannot be unless another program wrote into the catalog. */
export const duplicates: Check = {
  id: 'duplicates',
  concerns: ({ set }) => KINDS[set.kind].key !== undefined,
  run: (subject) => {
    const { time, key = [] } = KINDS[subject.set.kind]
    const names = ['symbol', time.column, ...key].map((name) => `"${name}"`).join(', ')
    return foundBy(
      subject,
      `SELECT symbol, min(day) AS day, max(row) AS row, max("import") AS "import", concat(count(*), ' rows') AS detail
       FROM b GROUP BY ${names} HAVING count(*) > 1`,
    )
  },
}
