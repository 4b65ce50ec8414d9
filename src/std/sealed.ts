import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * AES-256-GCM. What comes out is `nonce.tag.data` in base64url. `name` is tied to it: a value that was moved to another name does
 * not open. A nonce must never come twice under one key, so it is 12 random bytes and a key seals far fewer than 2³² values.
 */
const CIPHER = 'aes-256-gcm'
export const SEAL_KEY_BYTES = 32
export const SEAL_NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Sealing {
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly name: string
}

export function seal({ key, name }: Sealing, text: string, nonce: Uint8Array): string {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(name, 'utf8'))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), data].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

/** `undefined` when the key or the name is another one, or a bit was changed. */
export function unseal({ key, name }: Sealing, sealed: string): string | undefined {
  const [nonce, tag, data] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (nonce?.length !== SEAL_NONCE_BYTES || tag?.length !== TAG_BYTES || !data) return undefined
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(name, 'utf8'))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
