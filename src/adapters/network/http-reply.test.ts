import { fc, it as prop } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { createReplyReader, ReplyBroken } from './http-reply.ts'

const LARGEST = 1_000
const KEEP_MS = 4_000
const OK = 'HTTP/1.1 200 OK\r\n'

/** Reads the pieces one after another; what the reader gives, and how long its line may rest. */
const read = (pieces: readonly (Buffer | string)[], ends = false) => {
  const reader = createReplyReader(LARGEST, KEEP_MS)
  for (const piece of pieces) {
    const reply = reader.push(Buffer.from(piece))
    if (reply) return { ...reply, keepMs: reader.keepMs }
  }
  return ends ? { ...reader.end(), keepMs: reader.keepMs } : undefined
}

describe('a reply', () => {
  it.each([
    ['a length', `${OK}Content-Length: 6\r\n\r\n정상`, '정상'],
    ['chunks', `${OK}transfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n4;x=1\r\n":1}\r\n0\r\n\r\n`, '{"a":1}'],
    ['trailers', `${OK}Transfer-Encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\nx: y\r\n\r\n`, '{}'],
    ['no body', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    [
      'an early hint before it',
      `HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${OK}content-length: 2\r\n\r\n{}`,
      '{}',
    ],
    ['an empty reason', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\n{}', '{}'],
  ])('is read with %s, whole or byte by byte', (_, text, body) => {
    expect(read([text])).toMatchObject({ body, keepMs: KEEP_MS })
    const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]))
    expect(read(bytes)).toMatchObject({ body, keepMs: KEEP_MS })
  })

  it('has lower-case header names, and joins those said twice', () =>
    expect(read([`${OK}Next-Key:  abc \r\nX: 1\r\nx: 2\r\ncontent-length: 0\r\n\r\n`])).toMatchObject({
      status: 200,
      headers: { 'next-key': 'abc', x: '1, 2' },
    }))

  it('without a length ends with its line, which is not kept', () => {
    expect(read([`${OK}\r\n{"a"`, ':1}'])).toBeUndefined()
    expect(read([`${OK}\r\n{"a"`, ':1}'], true)).toMatchObject({ body: '{"a":1}', keepMs: 0 })
  })

  it.each([
    ['HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', 0],
    ['HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n', 0],
    ['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nmore', 0],
    ['HTTP/1.1 200 OK\r\nkeep-alive: timeout=3\r\ncontent-length: 0\r\n\r\n', 2_000],
    ['HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 0\r\n\r\n', 0],
    ['HTTP/1.1 200 OK\r\nkeep-alive: timeout=72\r\ncontent-length: 0\r\n\r\n', KEEP_MS],
  ])('says how long its line may rest: %j', (text, keepMs) => expect(read([text])?.keepMs).toBe(keepMs))

  it.each([
    ['no HTTP at all', 'hello there, this is not HTTP\r\n\r\n'],
    ['another version', 'HTTP/2 200 OK\r\n\r\n'],
    ['a change of protocol', 'HTTP/1.1 101 Switching\r\n\r\n'],
    ['two ways to end', `${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n`],
    ['an unknown coding', `${OK}transfer-encoding: gzip, chunked\r\n\r\n`],
    ['two lengths', `${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
    ['a negative length', `${OK}content-length: -2\r\n\r\n`],
    ['a folded header', `${OK}x: a\r\n b\r\n\r\n`],
    ['a space before the colon', `${OK}x : a\r\n\r\n`],
    ['too long a body', `${OK}content-length: 1001\r\n\r\n`],
    ['too long a chunk', `${OK}transfer-encoding: chunked\r\n\r\n3e9\r\n`],
    ['too many bytes without a length', `${OK}\r\n${'x'.repeat(1_001)}`],
    ['a chunk of no size', `${OK}transfer-encoding: chunked\r\n\r\nxyz\r\n`],
    ['a chunk without its end', `${OK}transfer-encoding: chunked\r\n\r\n2\r\n{}}}0\r\n\r\n`],
    ['a head without an end', 'x'.repeat(70_000)],
  ])('is not believed with %s', (_, text) => expect(() => read([text])).toThrow(ReplyBroken))

  it('is not believed when its line ends in the middle', () => {
    expect(() => read([`${OK}content-length: 5\r\n\r\n{}`], true)).toThrow(ReplyBroken)
    expect(() => read([OK], true)).toThrow(ReplyBroken)
  })

  prop.prop([fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(300), { maxLength: 6 }), fc.boolean()])(
    'is the same however the wire cuts it',
    (bytes, cuts, chunked) => {
      const body = Buffer.from(bytes)
      const framed = chunked
        ? Buffer.concat([
            Buffer.from(`${OK}transfer-encoding: chunked\r\n\r\n`),
            ...(body.length > 0
              ? [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]
              : []),
            Buffer.from('0\r\n\r\n'),
          ])
        : Buffer.concat([Buffer.from(`${OK}content-length: ${body.length}\r\n\r\n`), body])
      const at = [...cuts.filter((cut) => cut < framed.length), 0, framed.length].toSorted((a, b) => a - b)
      const pieces = at.slice(1).map((to, i) => framed.subarray(at[i], to))
      expect(read(pieces)).toMatchObject({ body: body.toString('utf8') })
    },
  )
})
