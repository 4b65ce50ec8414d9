import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'

/** What stands behind `env:NAME`. `variable` reads the environment of the process. */
export function resolveSecret(
  reference: string,
  variable: (name: string) => string | undefined,
): Result<string, Sentence> {
  if (reference.startsWith('secret:'))
    return err({
      ko: `${reference}: 봉인된 비밀 저장소는 아직 없습니다. 지금은 env:이름 을 쓰세요`,
      en: `${reference}: sealed secrets are not available yet. Use env:NAME for now`,
    })
  const name = reference.replace(/^env:/, '')
  const value = variable(name)
  if (value === undefined || value === '')
    return err({
      ko: `환경 변수 ${name} 이(가) 비어 있습니다: export ${name}=… 한 뒤 다시 실행하세요`,
      en: `the environment variable ${name} is empty: export ${name}=… and start again`,
    })
  return ok(value)
}
