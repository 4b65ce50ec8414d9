import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openJournal } from './journal.ts'
import { AT, DAY, emptyFolder } from './testing/journal-folder.ts'
import { JournalLocked } from './trouble.ts'

const HOST = hostname().replaceAll(/[^A-Za-z0-9_-]/g, '-')
const locksIn = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith('.lock'))
const open = async (folder: string) => (await openJournal({ folder, day: DAY, at: AT })).journal

function stranger(): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child as ChildProcess & { readonly pid: number }
}

describe('one writer', () => {
  it('refuses a second opening of the same folder', async () => {
    const folder = await emptyFolder()
    const journal = await open(folder)
    await expect(open(folder)).rejects.toBeInstanceOf(JournalLocked)
    await journal.close()
    await (await open(folder)).close()
    expect(await locksIn(folder)).toEqual([])
  })

  it('says in the lock who holds it since when', async () => {
    const folder = await emptyFolder()
    const journal = await open(folder)
    const [name = ''] = await locksIn(folder)
    expect(name.startsWith(`${HOST}.${process.pid}.`)).toBe(true)
    expect(JSON.parse(await readFile(join(folder, name), 'utf8'))).toEqual({
      pid: process.pid,
      since: '2026-11-20T00:00:00.000Z',
    })
    await journal.close()
  })

  it('refuses while another process lives and takes over when it is dead', async () => {
    const folder = await emptyFolder()
    const other = stranger()
    await writeFile(join(folder, `${HOST}.${other.pid}.0.lock`), '')
    await expect(open(folder)).rejects.toThrow(`pid ${other.pid}`)
    expect(await locksIn(folder)).toEqual([`${HOST}.${other.pid}.0.lock`])
    other.kill('SIGKILL')
    await once(other, 'exit')
    const journal = await open(folder)
    expect((await locksIn(folder)).length).toBe(1)
    await journal.close()
  })

  it.runIf(process.platform === 'linux')(
    'takes over from a dead process whose number was given to another',
    async () => {
      const folder = await emptyFolder()
      const other = stranger()
      await writeFile(join(folder, `${HOST}.${other.pid}.1.lock`), '')
      await writeFile(join(folder, `${HOST}.${process.pid}.1.lock`), '')
      const journal = await open(folder)
      expect((await locksIn(folder)).length).toBe(1)
      await journal.close()
    },
  )

  it('does not judge a process on another computer', async () => {
    const folder = await emptyFolder()
    await writeFile(join(folder, 'elsewhere.1.1.lock'), '')
    await expect(open(folder)).rejects.toThrow('elsewhere, pid 1')
  })

  it('lets at most one of many through that come at once', async () => {
    const folder = await emptyFolder()
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => open(folder)))
    const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(opened.length).toBe(1)
    for (const journal of opened) await journal.close()
  })

  it('gives the folder free when the journal is damaged', async () => {
    const folder = await emptyFolder()
    await writeFile(join(folder, `${DAY}.jsonl`), 'x\ny\n')
    await expect(open(folder)).rejects.toThrow('record 1')
    expect(await locksIn(folder)).toEqual([])
  })
})
