import { type Document, isMap, isPair, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import type { Path } from './finding.ts'

export interface Place {
  readonly line: number
  readonly column: number
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0]

function pairAt(node: unknown, key: string) {
  if (!isMap(node)) return undefined
  return node.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === key)
}

/**
 * Where a path of the file stands: the value, or with `key` the key itself. A part that is missing in the file is
 * reported at the deepest parent that is there.
 */
export function locate(document: Document, lines: LineCounter, path: Path, what: 'key' | 'value'): Place {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1
    if (typeof part === 'number') {
      if (!isSeq(node) || node.items[part] === undefined) break
      node = node.items[part]
      offset = startOf(node) ?? offset
      continue
    }
    const pair = pairAt(node, part)
    if (pair === undefined) break
    node = pair.value
    offset = (last && what === 'key' ? startOf(pair.key) : startOf(pair.value)) ?? startOf(pair.key) ?? offset
    // A block that opens on the next line is named by its key: that is where a person looks.
    if (isMap(node) && !node.flow) offset = startOf(pair.key) ?? offset
  }
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}
