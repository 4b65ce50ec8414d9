import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/**
 * An authenticator in a few lines: one ES256 key for each site, as WebAuthn Level 2 writes it down (§6.1 authenticator data, §6.5.1
 * attested credential data, §8.7 attestation `none`) and RFC 8152 the key.
 */
export interface Authenticator {
  create(options: Creation, at: Page): Made
  get(options: { readonly challenge: string }, at: Page): Shown
}

export interface Page {
  readonly origin: string
  /** The holder showed a finger or a PIN. */
  readonly verified?: boolean
}

interface Creation {
  readonly challenge: string
  readonly rp: { readonly id?: string }
  readonly user: { readonly id: string }
}

interface Made {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly clientExtensionResults: Record<string, unknown>
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string }
}

interface Shown {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly clientExtensionResults: Record<string, unknown>
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    readonly userHandle: string
  }
}

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>

/** RFC 8949, as much as is needed: integers, texts, bytes and maps. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each)])])
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count])
  if (count < 256) return Buffer.from([(major << 5) | 24, count])
  return Buffer.from([(major << 5) | 25, count >> 8, count & 255])
}

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

const PRESENT = 1
const VERIFIED = 4
const ATTESTED = 64

export function createAuthenticator(): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  const shownId = { id: id.toString('base64url'), rawId: id.toString('base64url') }
  let counter = 0
  let handle = ''
  let party = ''

  const clientData = (type: string, challenge: string, { origin }: Page): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  const data = (flags: number, attested: Uint8Array = Buffer.alloc(0)): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    return Buffer.concat([sha256(party), Buffer.from([flags]), count, attested])
  }
  const flagsOf = (page: Page): number => PRESENT | (page.verified === false ? 0 : VERIFIED)

  return {
    create: ({ challenge, rp, user }, page) => {
      party = rp.id ?? ''
      handle = user.id
      const key = new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)])
      const attestation = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data(flagsOf(page) | ATTESTED, attested)],
      ])
      return {
        ...shownId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, page).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
        },
      }
    },
    get: ({ challenge }, page) => {
      const client = clientData('webauthn.get', challenge, page)
      const authenticatorData = data(flagsOf(page))
      const signature = createSign('sha256')
        .update(Buffer.concat([authenticatorData, sha256(client)]))
        .sign(privateKey)
      return {
        ...shownId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: handle,
        },
      }
    },
  }
}
