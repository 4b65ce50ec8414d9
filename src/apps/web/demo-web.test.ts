import { execFile, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { selfArguments } from '../self.ts'
import { wallClock } from '../system.ts'
import { inFolder } from '../testing/recording-io.ts'
import { linkToDesk } from './link-to-desk.ts'

async function until(holds: () => boolean | Promise<boolean>, withinMs = 120_000): Promise<void> {
  const end = wallClock.now() + withinMs
  while (!(await holds()) && wallClock.now() < end) await new Promise((go) => setTimeout(go, 100))
  expect(await holds(), 'it came to be').toBe(true)
}

/** The dashboard's process of that demo, if it lives. */
async function webOf(parent: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args='])
  const found = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, ppid, ...words]) => Number(ppid) === parent && words.includes('web'))
  return found && Number(found[0])
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (reply) => reply.status < 500,
    () => false,
  )

describe('a demo with its dashboard', { timeout: 400_000 }, () => {
  it('says where it is, trades on when it is killed, has it back at the same place, and takes it along when it ends', () =>
    inFolder(async (folder) => {
      const words = [
        'demo',
        '--headless',
        '--port',
        '0',
        '--speed',
        '20',
        '--seed',
        '11',
        '--journal',
        folder,
      ]
      const demo = spawn(process.execPath, [...selfArguments(), ...words], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const ended = new Promise<number | null>((resolve) => demo.once('exit', resolve))
      let said = ''
      demo.stderr.on('data', (part) => {
        said += part
      })
      const line = linkToDesk({ journalFolder: folder, wall: wallClock })
      try {
        const pid = demo.pid ?? 0
        const told = /open the dashboard: (http:\/\/127\.0\.0\.1:\d+)\/enter\/[\w-]{43}\n/
        await until(() => told.test(said))
        const url = told.exec(said)?.[1] ?? ''
        await until(() => answers(url))
        await until(() => line.line() === 'up')

        const before = line.shown()?.view.counts.events ?? 0
        const web = await webOf(pid)
        process.kill(web ?? 0, 'SIGKILL')
        await until(() => /the dashboard ended \(SIGKILL\)/.test(said))
        await until(() => (line.shown()?.view.counts.events ?? 0) > before)
        await until(() => answers(url))
        expect(await webOf(pid)).not.toBe(web)

        const file = join(folder, 'garam.yaml')
        const text = await readFile(file, 'utf8')
        await writeFile(file, text.replace('max_positions: 15', 'max_positions: 9'))
        await until(() => line.shown()?.settings.limits.maxPositions === 9)

        demo.kill('SIGINT')
        expect(await ended).toBe(0)
        expect(await answers(url)).toBe(false)
      } finally {
        demo.kill('SIGKILL')
        line.close()
      }
    }))
})
