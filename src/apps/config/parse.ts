import { type Document, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml'
import type { z } from 'zod'
import type { TradingSettings } from '../../model/settings.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { contradictions } from './contradictions.ts'
import { type Finding, type Path, pathText } from './finding.ts'
import { issueSentence } from './issue-sentence.ts'
import { unknownKeySentence } from './known-keys.ts'
import { locate } from './locate.ts'
import { type ConfigFile, configSchema } from './schema.ts'
import { tradingSettings } from './settings.ts'

/** Where orders go. `live` is no member: no path of this version can reach a live order. */
export interface BrokerConfig {
  readonly name: 'kiwoom'
  readonly environment: 'simulated' | 'paper'
  /** Only for `simulated`; the others are pinned by the adapter. */
  readonly hosts?: { readonly rest: string; readonly socket: string }
  /** References such as `env:NAME`, never the key itself. */
  readonly appKey: string
  readonly secretKey: string
}

/** How the dashboard is opened. */
export interface WebConfig {
  readonly enabled: boolean
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Paths of PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** A proxy in front of it does https and says who asks. */
  readonly behindProxy: boolean
  /** Addresses and ranges; empty: everybody. */
  readonly allow: readonly string[]
  readonly publicUrl?: string
}

export interface Config {
  readonly broker: BrokerConfig
  readonly settings: TradingSettings
  readonly journalFolder: string
  readonly topology: 'single' | 'split'
  /** Start a dead-man's switch beside a split system. */
  readonly deadman: boolean
  readonly web: WebConfig
}

interface Source {
  readonly document: Document
  readonly lines: LineCounter
}

/** The text of `garam.yaml` → a config, or everything that is wrong with it, in the order of the file. */
export function parseConfig(text: string): Result<Config, readonly Finding[]> {
  const file = parseConfigFile(text)
  return file.ok ? ok(toConfig(file.value)) : file
}

/** The same in the file's own words, with every default filled in. */
export function parseConfigFile(text: string): Result<ConfigFile, readonly Finding[]> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  if (document.errors.length > 0) return err(document.errors.map((error) => syntaxFinding(error, lines)))
  const odd = oddKeys(document, lines)
  if (odd.length > 0) return err(odd)
  const source: Source = { document, lines }
  const content = plainContent(document)
  if (!content.ok) return content
  const parsed = configSchema.safeParse(content.value ?? {})
  const findings = parsed.success
    ? contradictions(parsed.data).map(({ path, ko, en }) => finding(source, path, 'value', { ko, en }))
    : parsed.error.issues.flatMap((issue) => issueFindings(source, issue))
  if (!parsed.success || findings.length > 0) return err(inOrder(findings))
  return ok(parsed.data)
}

/** No setting has a list or a map for its name, and to spell a deep one out takes the library seconds. */
function oddKeys(document: Document, lines: LineCounter): readonly Finding[] {
  const findings: Finding[] = []
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key)) return undefined
      const { line, col } = lines.linePos((isNode(key) && key.range?.[0]) || 0)
      const ko = '키는 이름 하나여야 합니다: 목록, 묶음, 별칭은 키가 될 수 없습니다'
      findings.push({
        line,
        column: col,
        path: '',
        ko,
        en: 'a key is one plain name: no list, map or alias',
      })
      return visit.SKIP
    },
  })
  return findings
}

/** What the file says, as plain data. An alias to nothing, to itself, or to far too much is no content. */
function plainContent(document: Document): Result<unknown, readonly Finding[]> {
  try {
    return ok(document.toJS())
  } catch (error) {
    const en = `an alias (*name) cannot be followed, write the value out: ${String(error)}`
    return err([{ line: 1, column: 1, path: '', ko: '별칭(*이름)을 풀 수 없습니다: 값을 그대로 쓰세요', en }])
  }
}

const toConfig = (file: ConfigFile): Config => ({
  broker: {
    name: file.broker.name,
    environment: file.broker.environment,
    ...(file.broker.hosts !== undefined && { hosts: file.broker.hosts }),
    appKey: file.broker.appkey,
    secretKey: file.broker.secretkey,
  },
  settings: tradingSettings(file),
  journalFolder: file.journal.folder,
  topology: file.topology,
  deadman: file.deadman,
  web: {
    enabled: file.web.enabled,
    host: file.web.host,
    port: file.web.port,
    ...(file.web.tls !== undefined && { tls: file.web.tls }),
    behindProxy: file.web.behind_proxy,
    allow: file.web.allow,
    ...(file.web.public_url !== undefined && { publicUrl: file.web.public_url }),
  },
})

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => a.line - b.line || a.column - b.column)

function finding(
  source: Source,
  path: Path,
  what: 'key' | 'value',
  said: { ko: string; en: string },
): Finding {
  return { ...locate(source.document, source.lines, path, what), path: pathText(path), ...said }
}

function issueFindings(source: Source, issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => finding(source, [...path, key], 'key', unknownKeySentence(key, path)))
  const value: unknown = source.document.getIn(path)
  return [finding(source, path, 'value', issueSentence(issue, value, spelling(source.document, path)))]
}

/** The characters that stood in the file: `005930` is the number 5930 by the time anyone looks at the value. */
function spelling(document: Document, path: Path): string {
  const node: unknown = document.getIn(path, true)
  if (typeof node !== 'object' || node === null || !('value' in node)) return ''
  const raw = 'source' in node && typeof node.source === 'string' ? node.source : undefined
  return raw ?? String(node.value)
}

function syntaxFinding(error: YAMLError, lines: LineCounter): Finding {
  const { line, col } = lines.linePos(error.pos[0])
  const duplicate = error.code === 'DUPLICATE_KEY'
  return {
    line,
    column: col,
    path: '',
    ko: duplicate
      ? '같은 키가 두 번 있습니다: 하나를 지우세요'
      : 'YAML 문법이 맞지 않습니다: 들여쓰기와 따옴표를 보세요',
    en: duplicate ? 'the same key stands twice: remove one' : error.message,
  }
}
