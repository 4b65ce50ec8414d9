import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Only whoever runs Garam may read what is kept here. */
export const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700

export const makePrivateFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
}

/** `undefined` when there is no such file. One that others could read is closed to them. */
export async function readPrivate(path: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(path)
    await chmod(path, PRIVATE_FILE)
    return bytes
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A reader sees all of it or what was there before, also after a loss of power. */
export async function writePrivate(path: string, bytes: string | Uint8Array): Promise<void> {
  const draft = `${path}.tmp`
  const handle = await open(draft, 'w', PRIVATE_FILE)
  try {
    await handle.chmod(PRIVATE_FILE)
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** Windows opens no folders; there the file system orders its own metadata. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  if (!handle) return
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
