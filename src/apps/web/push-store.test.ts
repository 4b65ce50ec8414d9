import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPushStore } from './push-store.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garam-push-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const kept = {
  vapid: { publicKey: 'public', privateKey: 'private' },
  devices: [
    {
      id: 'a',
      user: 'kim',
      endpoint: 'https://push.example/1',
      keys: { p256dh: 'p', auth: 'a' },
      name: 'phone',
      language: 'ko',
      everyFill: true,
      addedAt: 5,
    },
  ],
} as const

describe('the store of notifications', () => {
  it('has nothing at first', async () => {
    expect(await createPushStore(folder).read()).toBeUndefined()
  })

  it('gives back what was kept, from a folder that was not there', async () => {
    await createPushStore(join(folder, 'web')).write(kept)
    expect(await createPushStore(join(folder, 'web')).read()).toEqual(kept)
  })

  it('keeps its private key from other users of the machine', async () => {
    await createPushStore(folder).write(kept)
    const { mode } = await stat(join(folder, 'push.json'))
    expect(mode & 0o077).toBe(0)
    expect(await readdir(folder)).toEqual(['push.json'])
  })

  it('does not begin anew over a file that it cannot read', async () => {
    await writeFile(join(folder, 'push.json'), '{"vapid":')
    await expect(createPushStore(folder).read()).rejects.toThrow()
  })
})
