import type { RealFrame } from './frame.ts'

const DATA_FIRST = [Buffer.from('{"data":['), Buffer.from('],"trnm":"REAL"}')] as const
const DATA_LAST = [Buffer.from('{"trnm":"REAL","data":['), Buffer.from(']}')] as const
const COMMA = 0x2c

/** FIN and the opcode of a text message. */
const TEXT = 0x81
const SHORT = 126
const LONG = 0x1_0000

/**
 * These frames as a server puts them on the wire: one unmasked text message each, all in one piece of memory.
 * Source: RFC 6455 §5.2.
 */
export function frameBytes(frames: readonly RealFrame[]): Buffer {
  const sizes = frames.map(payloadSize)
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + headSize(size) + size, 0))
  let at = 0
  frames.forEach((frame, index) => {
    at = putHead(bytes, at, sizes[index] as number)
    at = putPayload(bytes, at, frame)
  })
  return bytes
}

const headSize = (size: number): number => (size < SHORT ? 2 : size < LONG ? 4 : 10)

function payloadSize({ events, dataFirst }: RealFrame): number {
  const [before, behind] = dataFirst ? DATA_FIRST : DATA_LAST
  let size = before.length + behind.length + events.length - 1
  for (const event of events) size += event.bytes.length
  return size
}

function putHead(bytes: Buffer, at: number, size: number): number {
  bytes[at] = TEXT
  if (size < SHORT) bytes[at + 1] = size
  else if (size < LONG) {
    bytes[at + 1] = 126
    bytes.writeUInt16BE(size, at + 2)
  } else {
    bytes[at + 1] = 127
    bytes.writeBigUInt64BE(BigInt(size), at + 2)
  }
  return at + headSize(size)
}

function putPayload(bytes: Buffer, from: number, { events, dataFirst }: RealFrame): number {
  const [before, behind] = dataFirst ? DATA_FIRST : DATA_LAST
  let at = put(bytes, from, before)
  for (let index = 0; index < events.length; index++) {
    if (index > 0) bytes[at++] = COMMA
    at = put(bytes, at, (events[index] as (typeof events)[number]).bytes)
  }
  return put(bytes, at, behind)
}

function put(bytes: Buffer, at: number, part: Buffer): number {
  bytes.set(part, at)
  return at + part.length
}
