import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { wallClock } from '../system.ts'
import { inFolder } from '../testing/recording-io.ts'
import { startWebChild, type WebChild } from './web-child.ts'

let running: WebChild | undefined
afterEach(() => running?.stop())

async function until(holds: () => boolean, withinMs = 20_000): Promise<void> {
  const end = wallClock.now() + withinMs
  while (!holds() && wallClock.now() < end) await new Promise((go) => setTimeout(go, 20))
  expect(holds(), 'it came to be').toBe(true)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A child that says what a dashboard says, on the port it is told. */
const CHILD = `
process.send({ say: 'here' })
process.on('message', ({ say, demo }) => {
  if (say !== 'begin') return
  process.send({ say: 'listening', url: 'http://127.0.0.1:' + (process.argv[2] ?? '4321'), ...(demo && { link: '/enter/word' }) })
  if (process.argv[3] === 'used') process.send({ say: 'entered' })
})
process.on('disconnect', () => process.exit(0))
`

/** Runs a program as the dashboard's process and keeps what the trader is told of it. */
function start(program: string, more: { used?: boolean; demo?: boolean } = {}) {
  const told: string[] = []
  const urls: string[] = []
  running = startWebChild({
    wall: wallClock,
    words: (portBefore) => [program, String(portBefore ?? 4321), more.used ? 'used' : ''],
    demo: more.demo === true,
    onUrl: (url) => urls.push(url),
    onTrouble: ({ en }) => told.push(en),
  })
  return { child: running, told, urls }
}

const withProgram = (text: string, use: (program: string) => Promise<void>) =>
  inFolder(async (folder) => {
    const program = join(folder, 'child.cjs')
    await writeFile(program, text)
    await use(program)
  })

describe('the process of the dashboard', () => {
  it('says where it listens, with its one-time link', () =>
    withProgram(CHILD, async (program) => {
      const { child, urls } = start(program, { demo: true })
      await until(() => child.url() !== undefined)
      expect(child.url()).toBe('http://127.0.0.1:4321/enter/word')
      expect(urls).toEqual([child.url()])
    }))

  it('is not shown with a link that was used', () =>
    withProgram(CHILD, async (program) => {
      const { child } = start(program, { demo: true, used: true })
      await until(() => child.url() === 'http://127.0.0.1:4321')
    }))

  it('comes back when it is killed, at the same address and without being announced again', () =>
    withProgram(CHILD, async (program) => {
      const { child, told, urls } = start(program)
      await until(() => child.url() !== undefined)
      const pid = child.pid() ?? 0
      process.kill(pid, 'SIGKILL')
      await until(() => told.length > 0)
      expect(told[0]).toMatch(/SIGKILL.*trading goes on/)
      await until(() => child.url() !== undefined && child.pid() !== pid)
      expect(urls).toHaveLength(1)
    }))

  it('stays down after too many deaths, and the last thing it said is told', () =>
    withProgram("console.error('no port'); process.exit(1)", async (program) => {
      const { child, told } = start(program)
      await until(() => /stays down/.test(told.at(-1) ?? ''), 60_000)
      expect(told.at(-1)).toMatch(/1: no port/)
      expect(child.pid()).toBeUndefined()
    }))

  it('ends when it is told to, also when it does not want to', () =>
    withProgram(
      `${CHILD}process.removeAllListeners('disconnect'); setInterval(() => {}, 1000)`,
      async (program) => {
        const { child } = start(program)
        await until(() => child.url() !== undefined)
        const pid = child.pid() ?? 0
        await child.stop()
        expect(isAlive(pid)).toBe(false)
      },
    ))
})
