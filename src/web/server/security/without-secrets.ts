/** Members whose value never goes into a record, however they got here. */
const SECRET_NAME = /pass(word|phrase)|secret|token|cookie|authorization|csrf|recovery|^code$|app_?key$/i
const DEPTH_MAX = 6
const LENGTH_MAX = 4_000

/** The value as it may be written down: a second belt, as nothing secret should be handed over in the first place. */
export function withoutSecrets(value: unknown): unknown {
  if (value === undefined) return undefined
  const cleaned = clean(value, 0)
  return JSON.stringify(cleaned).length > LENGTH_MAX ? '[too long]' : cleaned
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH_MAX) return '[too deep]'
  if (Array.isArray(value)) return value.map((each) => clean(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) && inner !== undefined ? '[hidden]' : clean(inner, depth + 1),
    ]),
  )
}
