/** Plain JSON without `null` and, for what changes by itself, without lists: what a patch can carry from one end to the other. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined }
type JsonObject = { readonly [key: string]: Json | undefined }
type Patch = { [key: string]: Json | Patch | null }

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What turns `before` into `after`, as a JSON merge patch (RFC 7396): a member that is gone is `null`, a list is replaced
 * as a whole. `undefined` when nothing differs.
 */
export function patchOf(before: JsonObject, after: JsonObject): Patch | undefined {
  let patch: Patch | undefined
  const set = (key: string, value: Json | Patch | null) => {
    patch ??= {}
    patch[key] = value
  }
  for (const key of Object.keys(after)) {
    const was = before[key]
    const is = after[key]
    if (is === undefined || was === is) continue
    if (isObject(was) && isObject(is)) {
      const inner = patchOf(was, is)
      if (inner) set(key, inner)
    } else if (!isObject(is) && JSON.stringify(was) === JSON.stringify(is)) continue
    else set(key, is)
  }
  for (const key of Object.keys(before))
    if (before[key] !== undefined && after[key] === undefined) set(key, null)
  return patch
}

/** The state after a patch. What the patch does not touch is the very same object, so screens see at a glance what stayed. */
export function applyPatch<T>(state: T, patch: unknown): T {
  if (!isObject(patch)) return patch as T
  const base: JsonObject = isObject(state) ? state : {}
  const next: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(patch as Record<string, unknown>)) {
    if (value === null) delete next[key]
    else next[key] = applyPatch(Object.hasOwn(base, key) ? base[key] : undefined, value)
  }
  return next as T
}
