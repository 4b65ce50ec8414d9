import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript'

/** A copy of the program in plain JavaScript, in a folder of its own: quick to start, and may be changed. */
export interface CompiledCopy {
  readonly worker: string
  /** Where a file of the repository stands in it. */
  place(path: string): string
  /** Compiles other text in the place of one file; the path is that of the repository. */
  put(path: string, text: string): Promise<void>
  remove(): Promise<void>
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export async function makeCompiledCopy(parts = ['src', 'tests/simulation']): Promise<CompiledCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-copy-'))
  const place = (path: string) => join(folder, path.replace(/\.ts$/, '.js'))
  const put = async (path: string, text: string) => {
    await mkdir(dirname(place(path)), { recursive: true })
    await writeFile(place(path), compiled(text))
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  // Where the program looks for its own processes when it is not run from source.
  await symlink(join(folder, 'src'), join(folder, 'dist'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  for (const part of parts)
    for (const name of await readdir(join(ROOT, part), { recursive: true })) {
      const path = join(part, name)
      if (/(?<!\.test)\.ts$/.test(name)) await put(path, await readFile(join(ROOT, path), 'utf8'))
    }
  return {
    worker: place('tests/simulation/seed-worker.ts'),
    place,
    put,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

const compiled = (text: string): string =>
  transpileModule(text, {
    compilerOptions: {
      target: ScriptTarget.ES2023,
      module: ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  }).outputText
