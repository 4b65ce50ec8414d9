import { posix } from 'node:path'
import ts from 'typescript'
import { IMPORT_TABLE, IMPORTED_BY_NOBODY, type Row, TEST_PACKAGES } from './import-table.ts'
import { isTest, type Source } from './sources.ts'

/** The specifiers of every import, re-export and dynamic import in a file. */
export const importsOf = (text: string): readonly string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName)

/** What is wrong with the imports of a file of `src/`; `exists` knows every path of the repository. */
export function wrongImports(source: Source, exists: (path: string) => boolean): readonly string[] {
  const row = rowOf(folderOf(source.path))
  if (!row) return [`${source.path} stands in a folder that has no row in the import table`]
  return importsOf(source.text).flatMap((specifier) => {
    const trouble = /^\.{0,2}\//.test(specifier)
      ? wrongFile(source.path, specifier, row, exists)
      : wrongPackage(source.path, specifier, row)
    return trouble === undefined ? [] : [`${source.path} imports '${specifier}': ${trouble}`]
  })
}

function wrongFile(
  from: string,
  specifier: string,
  row: Row,
  exists: (path: string) => boolean,
): string | undefined {
  if (specifier.startsWith('/')) return 'an import is relative'
  if (specifier.endsWith('.css') && from.startsWith('src/web/dashboard/')) return undefined
  if (!/\.tsx?$/.test(specifier)) return 'an import ends in .ts'
  const to = posix.join(posix.dirname(from), specifier)
  if (!exists(to)) return 'there is no such file'
  if (!to.startsWith('src/')) return 'src knows nothing outside of src'
  if (isTest(to) && !isTest(from)) return 'a program does not need what tests use'
  const inside = to.lastIndexOf('/internal/')
  if (inside >= 0 && !from.startsWith(to.slice(0, inside + 1))) return 'internal/ belongs to its parent alone'
  return wrongFolder(folderOf(from), folderOf(to), row)
}

function wrongFolder(from: string, to: string, row: Row): string | undefined {
  if (from === to) return undefined
  if (IMPORTED_BY_NOBODY.includes(to)) return `nobody imports ${to}`
  return row.may.some((pattern) => fits(to, pattern)) ? undefined : `${from} may not know ${to}`
}

function wrongPackage(from: string, specifier: string, row: Row): string | undefined {
  const name = packageOf(specifier)
  const allowed = isTest(from) ? [...row.packages, ...TEST_PACKAGES] : row.packages
  return allowed.some((pattern) => fits(name, pattern)) ? undefined : `${folderOf(from)} may not use ${name}`
}

/** `node:fs/promises` → `node:fs`, `@a/b/c` → `@a/b`, `pure-rand/x` → `pure-rand`. */
const packageOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

const fits = (name: string, pattern: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern

/** Of these, each folder inside is one of its own. */
const STREETS = ['trading', 'adapters', 'simulators', 'lab', 'web']

/** `src/trading/risk/rules/x.ts` → `trading/risk`, `src/model/money.ts` → `model`. */
function folderOf(path: string): string {
  const [, first = '', second = '', ...rest] = path.split('/')
  return STREETS.includes(first) && rest.length > 0 ? `${first}/${second}` : first
}

const rowOf = (folder: string) => IMPORT_TABLE.find((row) => fits(folder, row.folder))
