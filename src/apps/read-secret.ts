import type { Readable } from 'node:stream'
import { type Io, refuse } from './io.ts'

/** Where a secret is typed or piped in. */
export type SecretInput = Readable & {
  readonly isTTY?: boolean
  setRawMode?(on: boolean): unknown
}

const LENGTH_MAX = 16_384

/** One secret: a pipe's whole content without the line end behind it, or one line that is typed and not shown. */
export async function readSecret(input: SecretInput, io: Io): Promise<string> {
  const text = input.isTTY ? await typed(input, io) : await piped(input)
  return text.replace(/\r?\n$/, '')
}

async function piped(input: Readable): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of input) {
    const bytes = Buffer.from(part)
    length += bytes.length
    if (length > LENGTH_MAX) refuse('값이 너무 깁니다 (16 kB까지)', 'the value is too long, 16 kB at most')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function typed(input: SecretInput, io: Io): Promise<string> {
  io.err('값을 붙여 넣고 Enter (화면에 보이지 않습니다) · paste the value and press Enter (it is not shown)')
  input.setRawMode?.(true)
  try {
    return await oneLine(input)
  } finally {
    input.setRawMode?.(false)
    input.pause()
  }
}

const INTERRUPT = '\u0003'
const END = '\u0004'
const BACKSPACES = ['\u007f', '\b']

function oneLine(input: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let letters: string[] = []
    const hear = (part: Buffer | string) => {
      for (const letter of String(part)) {
        if (letter === '\r' || letter === '\n' || letter === END) return end(() => resolve(letters.join('')))
        if (letter === INTERRUPT) return end(() => reject(new Error('interrupted')))
        letters = BACKSPACES.includes(letter) ? letters.slice(0, -1) : [...letters, letter]
      }
    }
    const end = (settle: () => void) => {
      input.off('data', hear)
      settle()
    }
    input.on('data', hear)
  })
}
