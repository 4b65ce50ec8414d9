import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inFolder } from '../testing/recording-io.ts'
import { resolveSecret, secretSources, vaultOf } from './secrets.ts'

const PASSPHRASE = 'a passphrase for the test'

describe('secrets', () => {
  const variable = (name: string) => ({ KEY: 'abc', EMPTY: '' })[name]

  it('reads env:NAME', async () => {
    expect(resolveSecret('env:KEY', await secretSources(['env:KEY'], variable))).toEqual({
      ok: true,
      value: 'abc',
    })
  })

  it('reads secret:name from the vault, which the environment names and opens', () =>
    inFolder(async (folder) => {
      const here = (name: string) =>
        ({ GARAM_SECRETS: join(folder, 'secrets.json'), GARAM_PASSPHRASE: PASSPHRASE })[name]
      const vault = await vaultOf(here)
      if (vault.ok) await vault.value.set('kiwoom.appkey', 'xyz')
      const references = ['secret:kiwoom.appkey', 'secret:kiwoom.secretkey']
      const sources = await secretSources(references, here)
      expect(resolveSecret('secret:kiwoom.appkey', sources)).toEqual({ ok: true, value: 'xyz' })
      const missing = resolveSecret('secret:kiwoom.secretkey', sources)
      expect(missing.ok ? '' : missing.error.en).toMatch(/garam secret set kiwoom\.secretkey/)
      const locked = await secretSources(references, (name) =>
        name === 'GARAM_PASSPHRASE' ? undefined : here(name),
      )
      const refused = resolveSecret('secret:kiwoom.appkey', locked)
      expect(refused.ok ? '' : refused.error.en).toMatch(/GARAM_PASSPHRASE/)
    }))

  it.each([
    ['env:EMPTY', /export EMPTY/],
    ['env:NONE', /export NONE/],
  ])('answers %s with what to do', async (reference, words) => {
    const resolved = resolveSecret(reference, await secretSources([reference], variable))
    expect(resolved.ok ? '' : resolved.error.en).toMatch(words)
  })
})
