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

/**
 * What has to be the same on two machines so that both come to the same result to the bit: our version, and the engine that runs
 * us, whose mathematics may change from one version to the next.
 */
export function release(): string {
  const [major, minor] = process.versions.v8.split('.')
  return `garam ${version()}, V8 ${major}.${minor}`
}

/** Where the built dashboard lies: `npm run build` makes it, from source too. */
export const dashboardFolder = (): string => packageFile('dist/dashboard')

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

/** The program of a thread, and the library that lets it read TypeScript where Node does not. */
export const threadProgram = (
  part:
    | 'backtest/strategy-worker'
    | 'sweep/trial-worker'
    | 'strategies/player-worker'
    | 'web/history-worker'
    | 'web/records-worker',
): { readonly program: string; readonly loader: string | undefined } => ({
  program: pathToFileURL(packageFile(fromSource ? `src/apps/${part}.ts` : `dist/apps/${part}.js`)).href,
  loader: readsTypeScript() && !fromSource ? undefined : typeScriptLoader(),
})

/** Where `garam/strategy` and its sisters lie for a strategy file, wherever that is. */
export const faceUrl = (name: string): string =>
  pathToFileURL(fromSource ? packageFile(`src/face/${name}.ts`) : packageFile(`dist/face/${name}.js`)).href

/** Node reads TypeScript by itself from 22.18 on. */
export const readsTypeScript = (): boolean =>
  'typescript' in process.features && process.features.typescript !== false

/** tsx, where it is installed. */
function typeScriptLoader(): string | undefined {
  try {
    // Both forms lie side by side; the thread imports.
    return pathToFileURL(
      createRequire(import.meta.url)
        .resolve('tsx/esm/api')
        .replace(/\.cjs$/, '.mjs'),
    ).href
  } catch {
    return undefined
  }
}

function sourceArguments(program: string): readonly string[] {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--import', loader, packageFile(program)]
}
