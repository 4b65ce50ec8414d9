import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** True in a checkout that runs the TypeScript files (tests), false in the built package. */
const fromSource = import.meta.url.endsWith('.ts')

/** `src/apps` and `dist/apps` lie equally deep, so one path serves both. */
const packageFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export function version(): string {
  const parsed: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  const found =
    typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined
  return typeof found === 'string' ? found : '0.0.0'
}

/** The arguments after `node` that start another `garam`, the same way this one was started. */
export const selfArguments = (): readonly string[] =>
  fromSource ? sourceArguments('src/apps/garam.ts') : [packageFile('bin/garam.js')]

/** The arguments after `node` that start one process of a split system. */
export const partArguments = (role: string): readonly string[] => [
  ...(fromSource
    ? sourceArguments('src/apps/processes/main.ts')
    : [packageFile('dist/apps/processes/main.js')]),
  role,
]

function sourceArguments(program: string): readonly string[] {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--import', loader, packageFile(program)]
}
