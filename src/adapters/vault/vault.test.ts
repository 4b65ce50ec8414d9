import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openVault, type Vault } from './vault.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garam-vault-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = () => join(folder, 'deep', 'secrets.json')
const PHRASE = '열두 글자가 넘는 암호문'
const open = (passphrase?: string) =>
  openVault({ file: file(), passphrase, secretBytes: (count) => randomBytes(count) })

async function opened(passphrase?: string): Promise<Vault> {
  const vault = await open(passphrase)
  if (!vault.ok) throw new Error(vault.error.en)
  return vault.value
}

describe.each([
  ['a key file', undefined],
  ['a passphrase', PHRASE],
])('a vault with %s', (_, passphrase) => {
  it('gives back what was put in, and holds no value in the open', async () => {
    const vault = await opened(passphrase)
    await vault.set('kiwoom.appkey', 'PLANTED-1 한글')
    await vault.set('kiwoom.secretkey', 'PLANTED-2')
    await vault.set('kiwoom.appkey', 'PLANTED-3')
    await vault.remove('kiwoom.secretkey')
    const again = await opened(passphrase)
    expect(again.names()).toEqual(['kiwoom.appkey'])
    expect(again.get('kiwoom.appkey')).toEqual({ ok: true, value: 'PLANTED-3' })
    expect(again.get('kiwoom.secretkey').ok).toBe(false)
    expect(await readFile(file(), 'utf8')).not.toMatch(/PLANTED|한글/)
    expect((await stat(file())).mode & 0o777).toBe(0o600)
  })

  it('does not open a value under another name, or one of which a bit was changed', async () => {
    const vault = await opened(passphrase)
    await vault.set('real', 'value-of-real')
    await vault.set('paper', 'value-of-paper')
    const text = JSON.parse(await readFile(file(), 'utf8'))
    const [nonce, tag, data] = text.secrets.real.split('.')
    const changed = Buffer.from(data, 'base64url')
    changed[0] = (changed[0] ?? 0) ^ 1
    text.secrets = { paper: text.secrets.real, real: [nonce, tag, changed.toString('base64url')].join('.') }
    await writeFile(file(), JSON.stringify(text))
    const again = await opened(passphrase)
    for (const name of ['real', 'paper']) {
      const value = again.get(name)
      expect(value.ok ? '' : value.error.en).toMatch(/changed or damaged.*garam secret set/)
    }
  })
})

describe('a vault', () => {
  it('says which key it wants: no passphrase, the wrong one, a lost or a strange key file', async () => {
    const refused = async (passphrase?: string) => {
      const vault = await open(passphrase)
      return vault.ok ? '' : vault.error.en
    }
    await (await opened(PHRASE)).set('a', 'b')
    expect(await refused()).toMatch(/GARAM_PASSPHRASE and start again/)
    expect(await refused('another long passphrase')).toMatch(/not the passphrase/)
    await rm(join(folder, 'deep'), { recursive: true })
    await (await opened()).set('a', 'b')
    const key = join(folder, 'deep', 'secrets.key')
    expect((await stat(key)).mode & 0o777).toBe(0o600)
    await writeFile(key, randomBytes(32))
    expect(await refused()).toMatch(/is not the key/)
    await rm(key)
    expect(await refused()).toMatch(/missing or damaged/)
    // It must not be made anew: that would look as if the secrets were gone.
    await expect(stat(key)).rejects.toThrow(/ENOENT/)
  })

  it.each(['', '{', '{"version":1}', '[]'])(
    'that is damaged (%j) says so and is left alone',
    async (text) => {
      await (await opened()).set('a', 'b')
      await writeFile(file(), text)
      const vault = await open()
      expect(vault.ok ? '' : vault.error.en).toMatch(/is damaged/)
      expect(await readFile(file(), 'utf8')).toBe(text)
    },
  )

  it('takes no short passphrase and no odd name', async () => {
    const short = await open('short')
    expect(short.ok ? '' : short.error.en).toMatch(/12 characters/)
    const vault = await opened()
    for (const name of ['', '__proto__', '-x', 'a b', 'a/b', 'x'.repeat(65)])
      expect((await vault.set(name, 'v')).ok).toBe(false)
    expect(vault.names()).toEqual([])
  })

  it('names what there is when something is not there', async () => {
    const vault = await opened()
    await vault.set('kiwoom.appkey', 'x')
    const found = vault.get('kiwoom.apikey')
    expect(found.ok ? '' : found.error.ko).toMatch(/있는 것: kiwoom\.appkey/)
  })
})
