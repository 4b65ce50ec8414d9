import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
} from 'yaml'
import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Path } from './finding.ts'

/** `value: null` takes the key out. */
export interface YamlEdit {
  readonly path: Path
  readonly value: unknown
}

const UNREADABLE: Sentence = {
  ko: '설정 파일의 YAML 문법이 맞지 않아 값만 바꿀 수 없습니다: 원문 편집기에서 고치세요',
  en: 'the file is no valid YAML, so single values cannot be changed: mend it in the text editor',
}
const NOT_AS_ASKED: Sentence = {
  ko: '이 값은 파일의 모양(별칭 등) 때문에 따로 바꿀 수 없습니다: 원문 편집기에서 고치세요',
  en: 'the way the file is written (an alias, say) does not let this value change alone: use the text editor',
}

/**
 * The text of a file with some of its values changed. Comments, order and everything that is not touched stay letter by letter:
 * a value is replaced in its place, and where keys or items come and go, only their top-level block is written anew.
 * Errors: a text that is no YAML, and one whose other values would change along with these.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): Result<string, Sentence> {
  const first = parseDocument(text, { logLevel: 'error' })
  if (first.errors.length > 0) return err(UNREADABLE)
  let written = text
  for (const edit of edits) written = withEdit(written, edit)
  const wanted = edits.reduce<unknown>(
    (values, { path, value }) => withValue(values, path, value),
    first.toJS() ?? {},
  )
  const read = parseDocument(written, { logLevel: 'error' })
  const isAsAsked = read.errors.length === 0 && same(read.toJS() ?? {}, wanted)
  return isAsAsked ? ok(written) : err(NOT_AS_ASKED)
}

function withEdit(text: string, { path, value }: YamlEdit): string {
  const document = parseDocument(text, { logLevel: 'error' })
  const node = document.getIn(path, true)
  if (isInPlace(node) && isPlainValue(value)) {
    const [from, to] = node.range as [number, number, number]
    const written = scalarText(value, node)
    return text.slice(0, from) + written + inItsColumn(text.slice(to), written.length - (to - from))
  }
  const block = blockOf(text, document, String(path[0]))
  change(document, path, value)
  return block === undefined ? appended(text, document, String(path[0])) : rewritten(text, document, block)
}

const isPlainValue = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

const isInPlace = (node: unknown): node is Scalar =>
  isScalar(node) &&
  node.range !== undefined &&
  node.range !== null &&
  node.anchor === undefined &&
  node.range[1] > node.range[0] &&
  node.type !== Scalar.BLOCK_LITERAL &&
  node.type !== Scalar.BLOCK_FOLDED

/** A comment behind a value that became longer stays under those above it, where there is room. */
function inItsColumn(rest: string, longer: number): string {
  const spaces = /^ +(?=#)/.exec(rest)?.[0].length
  if (spaces === undefined) return rest
  return ' '.repeat(Math.max(1, spaces - longer)) + rest.slice(spaces)
}

/** Words that are read as themselves, without quotes, in any place. */
const BARE = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][A-Za-z0-9_+-]*$/i

function scalarText(value: string | number | boolean, before: Scalar): string {
  if (typeof value !== 'string') return String(value)
  return before.type === Scalar.PLAIN && BARE.test(value) ? value : JSON.stringify(value)
}

interface Block {
  readonly key: string
  readonly from: number
  readonly to: number
}

/** Where a top-level key stands, from its line to the last line of its value. `undefined`: it is not there by itself. */
function blockOf(text: string, document: Document, key: string): Block | undefined {
  if (!isMap(document.contents) || document.contents.flow === true) return undefined
  const starts = document.contents.items.map((pair) => ({
    key: isScalar(pair.key) ? String(pair.key.value) : '',
    from: (pair.key as Node | null)?.range?.[0] ?? 0,
  }))
  const index = starts.findIndex((each) => each.key === key)
  const start = starts[index]
  if (start === undefined) return undefined
  const segment = text.slice(start.from, starts[index + 1]?.from ?? text.length)
  const lines = segment.split(/(?<=\n)/)
  // What is said above the next key belongs to that key.
  while (lines.length > 1 && /^(\s*|#.*)$/.test((lines.at(-1) ?? '').trimEnd())) lines.pop()
  return { key, from: start.from, to: start.from + lines.join('').length }
}

function rewritten(text: string, document: Document, { key, from, to }: Block): string {
  const pair = pairOf(document, key)
  return text.slice(0, from) + (pair ? textOf(document, pair) : '') + text.slice(to)
}

function appended(text: string, document: Document, key: string): string {
  const pair = pairOf(document, key)
  if (!pair) return text
  if (isMap(document.contents) && document.contents.flow === true) return document.toString(LAYOUT)
  const gap = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  return text + gap + textOf(document, pair)
}

const LAYOUT = { lineWidth: 0 } as const

function pairOf(document: Document, key: string): Pair | undefined {
  if (!isMap(document.contents)) return undefined
  return document.contents.items.find((each) => isPair(each) && keyText(each.key) === key)
}

function textOf(document: Document, pair: Pair): string {
  if (isScalar(pair.key)) {
    pair.key.commentBefore = null
    pair.key.spaceBefore = false
  }
  const alone = new Document(new YAMLMap(document.schema))
  if (isMap(alone.contents)) alone.contents.items = [pair] as typeof alone.contents.items
  // An alias is written as it stands only in the document that has its anchor.
  visit(alone, { Alias: (_, alias) => createNode(document, alias.resolve(document)?.toJS(document)) })
  return alone.toString(LAYOUT)
}

function change(document: Document, path: Path, value: unknown): void {
  if (value === null || value === undefined) {
    document.deleteIn(path)
    return
  }
  const before = document.getIn(path, true)
  const list = document.getIn(path.slice(0, -1), true)
  if (isSeq(list) && typeof value === 'object') list.flow = false
  document.setIn(path, reconciled(document, before, value))
}

/** The node with the value of `value`: what is there already is kept, with its comments. */
function reconciled(document: Document, node: unknown, value: unknown): unknown {
  if (isSeq(node) && Array.isArray(value)) {
    const left = [...node.items]
    const isFlow = node.flow === true && value.every((each) => typeof each !== 'object' || each === null)
    node.flow = isFlow
    node.items = value.map((each) => {
      const index = left.findIndex((item) => identity(plain(document, item)) === identity(each))
      const [item] = index < 0 ? [] : left.splice(index, 1)
      return item === undefined ? createNode(document, each) : reconciled(document, item, each)
    })
    return node
  }
  if (isMap(node) && isRecord(value)) {
    for (const { key } of [...node.items]) if (!(String(keyText(key)) in value)) node.delete(key)
    for (const [key, each] of Object.entries(value))
      node.set(key, reconciled(document, node.get(key, true), each))
    return node
  }
  if (isScalar(node) && isPlainValue(value) && node.anchor === undefined) {
    node.value = value
    return node
  }
  return createNode(document, value)
}

const keyText = (key: unknown): unknown => (isScalar(key) ? key.value : key)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const plain = (document: Document, node: unknown): unknown =>
  isAlias(node) || isCollection(node) || isScalar(node) ? (node as Node).toJS(document) : node

/** A rule is known by its name, whatever else of it changes. */
function identity(value: unknown): string {
  if (!isRecord(value)) return JSON.stringify(value ?? null)
  return JSON.stringify(value.condition ?? value.name ?? value)
}

/** As the template writes it: text in quotes unless it is a bare word, small things on one line. */
function createNode(document: Document, value: unknown): Node {
  const node = document.createNode(value) as Node
  visit(node, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && !BARE.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
    Seq: (_, list) => {
      list.flow = list.items.every(isScalar)
    },
    Map: (_, map) => {
      map.flow = map.items.length <= 3 && map.items.every((pair) => isScalar(pair.value))
    },
    Pair: (_, { key }) => (isScalar(key) ? undefined : visit.SKIP),
  })
  return node
}

function withValue(values: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return value ?? undefined
  if (typeof part === 'number') {
    const list: readonly unknown[] = Array.isArray(values) ? values : []
    const next = withValue(list[part], rest, value)
    if (next === undefined) return list.filter((_, index) => index !== part)
    return part < list.length ? list.with(part, next) : [...list, next]
  }
  const { [part]: before, ...others } = isRecord(values) ? values : {}
  const next = withValue(before, rest, value)
  return next === undefined ? others : { ...others, [part]: next }
}

/** Equal whatever the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]))
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every((key) => same(a[key], b[key]))
  }
  return a === b
}
