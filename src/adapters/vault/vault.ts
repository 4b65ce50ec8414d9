import { scrypt } from 'node:crypto'
import { z } from 'zod'
import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { SEAL_KEY_BYTES, SEAL_NONCE_BYTES, seal, unseal } from '../../std/sealed.ts'
import { readPrivate, writePrivate } from './durable.ts'

const SECRET_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/
const PASSPHRASE_MIN = 12

/** OWASP's first choice for scrypt: 128 MiB, a few hundred milliseconds. */
const COST = { n: 2 ** 17, r: 8, p: 1 }
const SALT_BYTES = 16
/** Tells a wrong key from a damaged secret. */
const PROOF = 'garam vault'

const vaultFile = z.strictObject({
  version: z.literal(1),
  key: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('passphrase'),
      salt: z.string(),
      n: z.literal(COST.n),
      r: z.literal(COST.r),
      p: z.literal(COST.p),
    }),
    z.strictObject({ kind: z.literal('file') }),
  ]),
  proof: z.string(),
  secrets: z.record(z.string().regex(SECRET_NAME), z.string()),
})
type VaultFile = z.infer<typeof vaultFile>

/** Secrets by name, in memory as they stand in the file: sealed. */
export interface Vault {
  names(): readonly string[]
  get(name: string): Result<string, Sentence>
  /** Resolves when it is on the disk. */
  set(name: string, value: string): Promise<Result<void, Sentence>>
  remove(name: string): Promise<Result<void, Sentence>>
}

export interface VaultOptions {
  /** `….json`; the key file, if there is one, stands beside it as `….key`. */
  readonly file: string
  /** Seals a new vault, and opens one that was sealed so. Without it a new vault gets a key file. */
  readonly passphrase: string | undefined
  readonly secretBytes: (count: number) => Uint8Array
}

/** Opens the vault; one that is not there yet is empty, and made with its first secret. The error says what to do. */
export async function openVault(options: VaultOptions): Promise<Result<Vault, Sentence>> {
  const bytes = await readPrivate(options.file)
  if (!bytes) return newVault(options)
  const read = vaultFile.safeParse(parsedJson(bytes))
  if (!read.success) return err(damaged(options.file))
  const key = await keyOf(options, read.data.key)
  if (!key.ok) return key
  if (unseal({ key: key.value, name: PROOF }, read.data.proof) !== PROOF)
    return err(wrongKey(options, read.data))
  return ok(createVault(options, key.value, read.data))
}

function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

const keyPath = (file: string): string => `${file.replace(/\.json$/, '')}.key`

/** Nothing is written before there is a secret to keep. */
async function newVault(options: VaultOptions): Promise<Result<Vault, Sentence>> {
  const { passphrase, secretBytes } = options
  const begun = await (passphrase === undefined ? withKeyFile(options) : withPassphrase(options, passphrase))
  if (!begun.ok) return begun
  const { key, kind, keep } = begun.value
  const proof = seal({ key, name: PROOF }, PROOF, secretBytes(SEAL_NONCE_BYTES))
  const vault = createVault(options, key, { version: 1, key: kind, proof, secrets: {} })
  return ok({
    ...vault,
    set: async (name, value) => {
      await keep()
      return vault.set(name, value)
    },
  })
}

interface Begun {
  readonly key: Uint8Array
  readonly kind: VaultFile['key']
  readonly keep: () => Promise<void>
}

async function withPassphrase(options: VaultOptions, passphrase: string): Promise<Result<Begun, Sentence>> {
  if ([...passphrase].length < PASSPHRASE_MIN) return err(SHORT)
  const salt = options.secretBytes(SALT_BYTES)
  const kind = { kind: 'passphrase', salt: Buffer.from(salt).toString('base64url'), ...COST } as const
  return ok({ key: await derived(passphrase, salt), kind, keep: async () => undefined })
}

/** The key that is there already, else a new one. */
async function withKeyFile({ file, secretBytes }: VaultOptions): Promise<Result<Begun, Sentence>> {
  const path = keyPath(file)
  const there = await readPrivate(path)
  if (there && there.length !== SEAL_KEY_BYTES) return err(noKeyFile(file))
  const key = there ?? secretBytes(SEAL_KEY_BYTES)
  return ok({ key, kind: { kind: 'file' }, keep: async () => (there ? undefined : writePrivate(path, key)) })
}

async function keyOf(options: VaultOptions, key: VaultFile['key']): Promise<Result<Uint8Array, Sentence>> {
  if (key.kind === 'file') {
    const bytes = await readPrivate(keyPath(options.file))
    return bytes?.length === SEAL_KEY_BYTES ? ok(bytes) : err(noKeyFile(options.file))
  }
  if (options.passphrase === undefined) return err(noPassphrase(options.file))
  return ok(await derived(options.passphrase, Buffer.from(key.salt, 'base64url')))
}

const derived = (passphrase: string, salt: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const { n, r, p } = COST
    scrypt(
      passphrase.normalize('NFKC'),
      salt,
      SEAL_KEY_BYTES,
      { N: n, r, p, maxmem: 256 * n * r },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })

function createVault({ file, secretBytes }: VaultOptions, key: Uint8Array, first: VaultFile): Vault {
  let held = first
  const sealing = (name: string) => ({ key, name: `secret:${name}` })
  const save = async (secrets: VaultFile['secrets']): Promise<void> => {
    const next = { ...held, secrets }
    await writePrivate(file, `${JSON.stringify(next, null, 1)}\n`)
    held = next
  }
  return {
    names: () => Object.keys(held.secrets).sort(),
    get: (name) => {
      const sealed = Object.hasOwn(held.secrets, name) ? held.secrets[name] : undefined
      if (sealed === undefined) return err(unknown(name, Object.keys(held.secrets)))
      const value = unseal(sealing(name), sealed)
      return value === undefined ? err(damagedSecret(file, name)) : ok(value)
    },
    set: async (name, value) => {
      if (!SECRET_NAME.test(name)) return err(BAD_NAME)
      await save({ ...held.secrets, [name]: seal(sealing(name), value, secretBytes(SEAL_NONCE_BYTES)) })
      return ok(undefined)
    },
    remove: async (name) => {
      if (!Object.hasOwn(held.secrets, name)) return err(unknown(name, Object.keys(held.secrets)))
      await save(Object.fromEntries(Object.entries(held.secrets).filter(([each]) => each !== name)))
      return ok(undefined)
    },
  }
}

const damaged = (file: string): Sentence => ({
  ko: `${file} 이(가) 손상되었습니다. 백업에서 되돌리거나, 옮겨 두고 garam secret set 으로 다시 넣으세요`,
  en: `${file} is damaged. Restore it from a backup, or move it away and put the secrets in again with garam secret set`,
})

const damagedSecret = (file: string, name: string): Sentence => ({
  ko: `${file} 의 비밀 ${name} 이(가) 바뀌었거나 손상되어 열리지 않습니다: garam secret set ${name} 으로 다시 넣으세요`,
  en: `the secret ${name} in ${file} was changed or damaged and does not open: put it in again with garam secret set ${name}`,
})

const noPassphrase = (file: string): Sentence => ({
  ko: `${file} 은(는) 암호문으로 봉인되어 있습니다: GARAM_PASSPHRASE 환경 변수에 넣고 다시 실행하세요`,
  en: `${file} is sealed with a passphrase: put it into the variable GARAM_PASSPHRASE and start again`,
})

const noKeyFile = (file: string): Sentence => ({
  ko: `키 파일 ${keyPath(file)} 이(가) 없거나 손상되었습니다. 백업에서 되돌리세요. 키 없이는 아무도 비밀을 열 수 없습니다`,
  en: `the key file ${keyPath(file)} is missing or damaged. Restore it from a backup; nobody can open the secrets without it`,
})

const wrongKey = ({ file }: VaultOptions, { key }: VaultFile): Sentence =>
  key.kind === 'passphrase'
    ? {
        ko: `GARAM_PASSPHRASE 가 ${file} 의 암호문이 아닙니다`,
        en: `GARAM_PASSPHRASE is not the passphrase of ${file}`,
      }
    : {
        ko: `${keyPath(file)} 은(는) ${file} 의 키가 아닙니다`,
        en: `${keyPath(file)} is not the key of ${file}`,
      }

const SHORT: Sentence = {
  ko: `GARAM_PASSPHRASE 는 ${PASSPHRASE_MIN}자 이상이어야 합니다`,
  en: `GARAM_PASSPHRASE needs at least ${PASSPHRASE_MIN} characters`,
}

const BAD_NAME: Sentence = {
  ko: '이름은 글자로 시작하고 글자, 숫자, 점, -, _ 로 씁니다: kiwoom.appkey 처럼',
  en: 'a name begins with a letter and has letters, digits, dots, - and _, such as kiwoom.appkey',
}

const unknown = (name: string, names: readonly string[]): Sentence => ({
  ko: `비밀 ${name} 이(가) 없습니다${names.length > 0 ? ` (있는 것: ${names.join(', ')})` : ''}: garam secret set ${name} 으로 넣으세요`,
  en: `there is no secret ${name}${names.length > 0 ? ` (there are: ${names.join(', ')})` : ''}: put it in with garam secret set ${name}`,
})
