import type { Sentence } from '../../model/sentence.ts'
import { nearest } from '../../std/nearest.ts'
import { type Path, pathText } from './finding.ts'
import { configJsonSchema } from './schema.ts'

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
}

let schema: SchemaNode | undefined
/** Made when the first wrong key asks for it: it takes a millisecond, and a good file needs none. */
const root = (): SchemaNode => {
  schema ??= configJsonSchema() as SchemaNode
  return schema
}

const keysAt = (path: Path): readonly string[] => {
  let node: SchemaNode | undefined = root()
  for (const part of path) node = typeof part === 'number' ? node?.items : node?.properties?.[part]
  return Object.keys(node?.properties ?? {})
}

/** Every place of the schema where a key of that name is allowed. */
function placesOf(key: string, node: SchemaNode = root(), at: Path = []): string[] {
  const found: string[] = []
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const path = [...at, name]
    if (name === key) found.push(pathText(path))
    found.push(...placesOf(key, child, path))
    if (child.items) found.push(...placesOf(key, child.items, path))
  }
  return found
}

/** What to say of a key that is not known there: the right place of the same word, else the nearest word here. */
export function unknownKeySentence(key: string, parent: Path): Sentence {
  const elsewhere = placesOf(key)[0]
  if (elsewhere !== undefined)
    return { ko: `"${key}"의 자리는 ${elsewhere} 입니다`, en: `"${key}" belongs to ${elsewhere}` }
  const keys = keysAt(parent)
  const like = nearest(key, keys)
  if (like !== undefined)
    return { ko: `모르는 키 "${key}": "${like}"인가요?`, en: `unknown key "${key}": did you mean "${like}"?` }
  return {
    ko: `모르는 키 "${key}": 여기에는 ${keys.join(', ')} 만 올 수 있습니다`,
    en: `unknown key "${key}": known here are ${keys.join(', ')}`,
  }
}
