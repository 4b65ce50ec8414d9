import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Source {
  /** From the repository's folder, with forward slashes: `src/model/money.ts`. */
  readonly path: string
  readonly text: string
}

/** Every TypeScript file under the given folders. */
export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[mc]?tsx?$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .sort()
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  )
}

/** Tests and what only tests use. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|\/testing\//.test(path) || path.startsWith('tests/')
