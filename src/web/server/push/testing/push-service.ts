import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushPayload } from '../../../contract/push.ts'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Encrypted: what a push service sees. */
  readonly body: Buffer
}

export interface PushService {
  readonly url: string
  readonly received: readonly Received[]
  /** What it answers from now on. */
  answer(status: number): void
  close(): Promise<void>
}

/** A push service on this machine that keeps what it is given; like the real ones, it cannot read it. */
export async function startPushService(): Promise<PushService> {
  const received: Received[] = []
  let status = 201
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface TestBrowser {
  readonly keys: { readonly p256dh: string; readonly auth: string }
  read(body: Buffer): PushPayload
}

/** A browser's half of the encryption (RFC 8188, RFC 8291), written from the standard and not with the library we send with. */
export function createTestBrowser(): TestBrowser {
  const pair = createECDH('prime256v1')
  const ours = pair.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: ours.toString('base64url'), auth: auth.toString('base64url') },
    read: (body) => JSON.parse(decrypt(body, pair, ours, auth)) as PushPayload,
  }
}

function decrypt(body: Buffer, pair: ECDH, ours: Buffer, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const theirs = body.subarray(21, 21 + body.readUInt8(20))
  const sealed = body.subarray(21 + theirs.length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ours, theirs])
  const secret = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, info, 32))
  const part = (name: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${name}\0`), length))
  const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
  cipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  // The last record ends with 0x02 and padding of zeros.
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
}
