import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { build } from 'vite'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const chromiumPath = (): string | undefined => PLACES.find((place) => existsSync(place))

/** Why tests in a browser are left out; undefined when there is one. */
export const noBrowser = (): string | undefined =>
  chromiumPath() === undefined ? 'no Chromium on this machine' : undefined

export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new Error('there is no Chromium: see noBrowser')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** The dashboard built into a folder of its own, as it is shipped. */
export async function buildPages(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-web-'))
  await buildPagesInto(folder)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

export async function buildPagesInto(folder: string): Promise<void> {
  // A test run calls itself a test, and would get the libraries' development builds.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await build({
      configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    })
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
}
