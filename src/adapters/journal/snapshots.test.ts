import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDisk } from './disk.ts'
import { createSnapshotStore } from './snapshots.ts'
import { DAY, emptyFolder, NEXT_DAY } from './testing/journal-folder.ts'

const nameOf = (seq: number, day = DAY) => `snapshot-${day}-${seq}.json`

describe('snapshots', () => {
  it('gives the newest at or before a number', async () => {
    const store = createSnapshotStore(await emptyFolder(), { day: DAY })
    expect(await store.load(1000)).toBeUndefined()
    await store.save(9, '{"cash":1}')
    await store.save(100, '{"cash":2,"name":"가람"}')
    expect(await store.load(8)).toBeUndefined()
    expect(await store.load(99)).toEqual({ seq: 9, stateJson: '{"cash":1}' })
    expect(await store.load(100)).toEqual({ seq: 100, stateJson: '{"cash":2,"name":"가람"}' })
  })

  it('keeps the newest three, over the days', async () => {
    const folder = await emptyFolder()
    const store = createSnapshotStore(folder, { day: DAY })
    for (const seq of [5, 10, 15]) await store.save(seq, `{"seq":${seq}}`)
    await createSnapshotStore(folder, { day: NEXT_DAY }).save(20, '{"seq":20}')
    expect((await readdir(folder)).sort()).toEqual([nameOf(10), nameOf(15), nameOf(20, NEXT_DAY)])
    expect(await store.load(17)).toEqual({ seq: 15, stateJson: '{"seq":15}' })
  })

  it('is plain JSON with its checksum', async () => {
    const folder = await emptyFolder()
    await createSnapshotStore(folder, { day: DAY }).save(7, '{"cash":1}')
    const text = await readFile(join(folder, nameOf(7)), 'utf8')
    expect(JSON.parse(text)).toEqual({
      day: DAY,
      seq: 7,
      state: { cash: 1 },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('passes over one that is cut short or altered at any byte', async () => {
    const folder = await emptyFolder()
    const store = createSnapshotStore(folder, { day: DAY })
    await store.save(1, '"older"')
    await store.save(2, '{"name":"가"}')
    const path = join(folder, nameOf(2))
    const whole = await readFile(path)
    for (let index = 0; index < whole.length; index++) {
      const flipped = Buffer.from(whole)
      flipped[index] = (flipped[index] ?? 0) ^ 0x10
      for (const bytes of [flipped, whole.subarray(0, index)]) {
        await writeFile(path, bytes)
        expect(await store.load(2)).toEqual({ seq: 1, stateJson: '"older"' })
      }
    }
  })

  it('passes over one that stands under another number', async () => {
    const folder = await emptyFolder()
    const store = createSnapshotStore(folder, { day: DAY })
    await store.save(1, '"one"')
    await writeFile(join(folder, nameOf(2)), await readFile(join(folder, nameOf(1))))
    expect(await store.load(9)).toEqual({ seq: 1, stateJson: '"one"' })
  })

  it('leaves the older one when the new one cannot be finished', async () => {
    const folder = await emptyFolder()
    const real = createDisk()
    await createSnapshotStore(folder, { day: DAY }).save(1, '"one"')
    const full = {
      ...real,
      keep: (path: string) => writeFile(`${path}.tmp`, '{').then(() => Promise.reject(new Error('ENOSPC'))),
    }
    await expect(createSnapshotStore(folder, { day: DAY, disk: full }).save(2, '"two"')).rejects.toThrow(
      'ENOSPC',
    )
    expect(await createSnapshotStore(folder, { day: DAY }).load(9)).toEqual({ seq: 1, stateJson: '"one"' })
  })

  it('drops those of records that the journal lost, and unfinished drafts, with the next saving', async () => {
    const folder = await emptyFolder()
    const store = createSnapshotStore(folder, { day: DAY })
    await store.save(2, '"kept"')
    await store.save(9, '"of records that a loss of power took"')
    await writeFile(join(folder, `${nameOf(6)}.tmp`), '{')
    await store.save(4, '"new history"')
    expect((await readdir(folder)).sort()).toEqual([nameOf(2), nameOf(4)])
    expect(await store.load(9)).toEqual({ seq: 4, stateJson: '"new history"' })
  })

  it('gives back any state', async () => {
    const store = createSnapshotStore(await emptyFolder(), { day: DAY })
    let seq = 0
    await fc.assert(
      fc.asyncProperty(fc.json(), async (stateJson) => {
        seq += 1
        await store.save(seq, stateJson)
        expect(await store.load(seq)).toEqual({ seq, stateJson })
      }),
      { numRuns: 30 },
    )
  })
})
