import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { wallClock } from '../system.ts'
import { inFolder } from '../testing/recording-io.ts'
import { watchFile } from './watch.ts'

it('hands over the new text once, also when the editor replaces the file, and nothing after the end', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'garam.yaml')
    await writeFile(file, 'one')
    const texts: string[] = []
    const cancel = watchFile(file, wallClock, (text) => texts.push(text))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await writeFile(file, 'tw')
    await writeFile(file, 'two')
    await vi.waitFor(() => expect(texts).toEqual(['two']), 5000)
    await writeFile(join(folder, 'draft'), 'three')
    await rename(join(folder, 'draft'), file)
    await vi.waitFor(() => expect(texts).toEqual(['two', 'three']), 5000)
    await writeFile(file, 'three')
    cancel()
    await writeFile(file, 'four')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(texts).toEqual(['two', 'three'])
  }))
