import { openVault, type Vault } from '../../adapters/vault/vault.ts'
import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { secretBytes } from '../system.ts'

/** What seals the vault and, by name, where it is: both are read from the environment. */
export const PASSPHRASE_VARIABLE = 'GARAM_PASSPHRASE'
const VAULT_VARIABLE = 'GARAM_SECRETS'
const VAULT_FILE = '.garam/secrets.json'

type Variable = (name: string) => string | undefined

/** Where keys are looked up. */
export interface SecretSources {
  readonly variable: Variable
  readonly secret: (name: string) => Result<string, Sentence>
}

export const vaultOf = (variable: Variable): Promise<Result<Vault, Sentence>> =>
  openVault({
    file: variable(VAULT_VARIABLE) || VAULT_FILE,
    passphrase: variable(PASSPHRASE_VARIABLE) || undefined,
    secretBytes,
  })

/** The vault is only opened when one of the references names a secret of it. */
export async function secretSources(
  references: readonly string[],
  variable: Variable,
): Promise<SecretSources> {
  if (!references.some((reference) => reference.startsWith('secret:')))
    return { variable, secret: (name) => err(notOpened(name)) }
  const vault = await vaultOf(variable)
  return { variable, secret: (name) => (vault.ok ? vault.value.get(name) : vault) }
}

const notOpened = (name: string): Sentence => ({
  ko: `비밀 ${name} 이(가) 없습니다`,
  en: `there is no secret ${name}`,
})

/** What stands behind `secret:name` or `env:NAME`. */
export function resolveSecret(
  reference: string,
  { variable, secret }: SecretSources,
): Result<string, Sentence> {
  if (reference.startsWith('secret:')) return secret(reference.slice('secret:'.length))
  const name = reference.replace(/^env:/, '')
  const value = variable(name)
  if (value === undefined || value === '')
    return err({
      ko: `환경 변수 ${name} 이(가) 비어 있습니다: export ${name}=… 한 뒤 다시 실행하세요`,
      en: `the environment variable ${name} is empty: export ${name}=… and start again`,
    })
  return ok(value)
}
