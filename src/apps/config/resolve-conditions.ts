import type { Sentence } from '../../model/sentence.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { Condition } from '../../ports/market-feed.ts'
import { nearest } from '../../std/nearest.ts'
import { err, ok, type Result } from '../../std/result.ts'

export interface Resolved {
  /** Rules whose condition the broker does not have are switched off. */
  readonly settings: TradingSettings
  /** One sentence for each of those. */
  readonly missing: readonly Sentence[]
}

/**
 * Replaces what the user wrote (a condition's name, or its number) by the broker's number. Two conditions of one name
 * must be told apart by number.
 */
export function resolveWhatIsThere(settings: TradingSettings, conditions: readonly Condition[]): Resolved {
  const missing: Sentence[] = []
  const resolve = <R extends TradingSettings['sells'][number]>(rule: R): R => {
    const byName = conditions.filter((condition) => condition.name === rule.condition)
    const found =
      byName.length === 1 ? byName[0] : conditions.find((condition) => condition.id === rule.condition)
    if (found) return { ...rule, condition: found.id, name: found.name }
    missing.push(byName.length > 1 ? ambiguous(rule.condition, byName) : unknown(rule.condition, conditions))
    return { ...rule, enabled: false }
  }
  const buys = settings.buys.map(resolve)
  const sells = settings.sells.map(resolve)
  return { settings: { ...settings, buys, sells }, missing }
}

/** The same, for a person at the keys: a condition that is not there is an error, one sentence for each. */
export function resolveConditions(
  settings: TradingSettings,
  conditions: readonly Condition[],
): Result<TradingSettings, readonly Sentence[]> {
  const { settings: resolved, missing } = resolveWhatIsThere(settings, conditions)
  return missing.length > 0 ? err(missing) : ok(resolved)
}

const ambiguous = (name: string, same: readonly Condition[]): Sentence => {
  const numbers = same.map((condition) => `"${condition.id}"`).join(', ')
  return {
    ko: `"${name}" 조건식이 여럿입니다: 번호로 쓰세요 (${numbers})`,
    en: `several conditions are named "${name}": use the number (${numbers})`,
  }
}

function unknown(name: string, conditions: readonly Condition[]): Sentence {
  if (conditions.length === 0)
    return {
      ko: `"${name}" 조건식이 없습니다: 영웅문4에서 조건검색식을 저장한 뒤 다시 시작하세요`,
      en: `no condition "${name}": save condition searches in the HTS first, then start again`,
    }
  const names = conditions.map((condition) => condition.name)
  const like = nearest(name, names)
  return like === undefined
    ? {
        ko: `"${name}" 조건식이 없습니다: ${names.join(', ')}`,
        en: `no condition "${name}"; there are ${names.join(', ')}`,
      }
    : {
        ko: `"${name}" 조건식이 없습니다: "${like}"인가요?`,
        en: `no condition "${name}": did you mean "${like}"?`,
      }
}
