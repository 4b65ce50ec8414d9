import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Files appear whole or not at all: written beside their place under a name that nobody reads, forced to the disk, then
 * renamed. A kill at any moment leaves at most a `.tmp` file, which the next writer removes.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(`${path}.tmp`, 'w')
  try {
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
  await publish(`${path}.tmp`, path)
}

/** Gives a finished file its name, once its bytes are on the disk. */
export async function publish(temporary: string, path: string): Promise<void> {
  await force(temporary)
  await rename(temporary, path)
  await forceFolder(dirname(path))
}

async function force(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is safe from a loss of power once its folder is; systems that cannot open a folder keep it safe themselves. */
async function forceFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

export const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true })

/** SHA-256 of a file, hexadecimal: what `sha256sum` prints. `onRead` is told how many bytes were read. */
export async function sha256Of(
  path: string,
  { signal, onRead }: { readonly signal?: AbortSignal; readonly onRead?: (bytes: number) => void } = {},
): Promise<string> {
  const hash = createHash('sha256')
  const stream = createReadStream(path, { highWaterMark: 1 << 20 })
  for await (const chunk of stream) {
    // Leaving the loop closes the file.
    if (signal?.aborted) return ''
    hash.update(chunk as Buffer)
    onRead?.(stream.bytesRead)
  }
  return hash.digest('hex')
}
