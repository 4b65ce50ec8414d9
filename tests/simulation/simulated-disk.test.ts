import { describe, expect, it } from 'vitest'
import type { Disk } from '../../src/adapters/journal/disk.ts'
import { createRandom } from '../../src/std/random.ts'
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts'
import { createWorldClock, settled } from './world-clock.ts'

const text = async (disk: Disk, path: string): Promise<string> => {
  let all = ''
  for await (const chunk of disk.read(path)) all += Buffer.from(chunk).toString()
  return all
}

/** A disk with one file of a process, of which `synced` is durable and `written` is not. */
async function stage(seed: number, synced: string, written: string) {
  const clock = createWorldClock(0)
  const disk: SimulatedDisk = createSimulatedDisk(createRandom(seed))
  const mount = disk.mount(clock)
  const done = async <T>(work: Promise<T>): Promise<T> => {
    let ended = false
    const mark = () => {
      ended = true
    }
    work.then(mark, mark)
    for (await settled(); !ended && clock.runNext(clock.now() + 100_000); ) await settled()
    return work
  }
  const file = await done(mount.disk.openAppend('a/b'))
  file.write(Buffer.from(synced))
  await done(file.datasync())
  file.write(Buffer.from(written))
  return { clock, disk, mount, file, done }
}

describe('a simulated disk', () => {
  it('keeps what was written when the process dies', async () => {
    const { disk, mount } = await stage(1, 'one\n', 'two\n')
    mount.kill(false)
    expect(await text(disk.afterwards, 'a/b')).toBe('one\ntwo\n')
  })

  it('keeps what was synced and a part of the rest when the power goes', async () => {
    const kept = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      const { disk, mount } = await stage(seed, 'one\n', 'two\n')
      mount.kill(true)
      kept.add(await text(disk.afterwards, 'a/b'))
    }
    expect([...kept].sort()).toEqual(['one\n', 'one\nt', 'one\ntw', 'one\ntwo', 'one\ntwo\n'])
  })

  it('takes nothing more from a dead process and answers it nothing', async () => {
    const { clock, disk, mount, file } = await stage(1, 'one\n', '')
    let answered = false
    void file.datasync().finally(() => {
      answered = true
    })
    mount.kill(false)
    file.write(Buffer.from('ghost\n'))
    while (clock.runNext(10_000)) await settled()
    expect(answered).toBe(false)
    expect(await text(disk.afterwards, 'a/b')).toBe('one\n')
  })

  it('tells what became durable, when it did', async () => {
    const { disk, done, file } = await stage(1, 'one\n', 'two\n')
    const told: string[] = []
    disk.onDurable = (_path, durable) => told.push(durable)
    const syncing = file.datasync()
    file.write(Buffer.from('three\n'))
    await done(syncing)
    expect(told).toEqual(['two\n'])
  })

  it('fails one sync, tears a record when full, refuses when read-only', async () => {
    const { disk, done, file } = await stage(1, 'one\n', 'two\n')
    disk.trouble.failNextSync = true
    await expect(done(file.datasync())).rejects.toThrow('EIO')
    disk.trouble.full = true
    expect(() => file.write(Buffer.from('three\n'))).toThrow('ENOSPC')
    disk.trouble.full = false
    disk.trouble.readOnly = true
    expect(() => file.write(Buffer.from('four\n'))).toThrow('EROFS')
    const left = await text(disk.afterwards, 'a/b')
    expect('one\ntwo\nthree\n'.startsWith(left)).toBe(true)
    expect(left).not.toContain('three\n')
  })

  it('is locked by one process until that dies', async () => {
    const { clock, disk, mount, done } = await stage(1, 'one\n', '')
    await done(mount.disk.lock('a', ''))
    const other = disk.mount(clock)
    await expect(done(other.disk.lock('a', ''))).rejects.toThrow('another process')
    mount.kill(true)
    expect(await done(other.disk.lock('a', ''))).toBeTypeOf('function')
  })
})
