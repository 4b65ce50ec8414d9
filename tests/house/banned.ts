import ts from 'typescript'
import type { Source } from './sources.ts'

/** The only file that may reach for time and chance; everyone else is handed a `Clock` or a `Random`. */
export const SYSTEM = 'src/apps/system.ts'

/** Members of globals, by what they bring in. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now', 'timeOrigin'],
  process: ['hrtime', 'uptime'],
  AbortSignal: ['timeout'],
  crypto: ['randomUUID', 'getRandomValues'],
  Atomics: ['wait', 'waitAsync'],
}

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate']

/** Modules that give the same under another name. */
const MODULES = ['timers', 'timers/promises', 'perf_hooks', 'process']

const RANDOM_IMPORTS = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'webcrypto']

/** Where a program that is not a test takes time, chance or settings from the machine, one sentence each. */
export function bannedGlobals({ path, text }: Source): readonly string[] {
  if (path === SYSTEM) return []
  return inEachNode(path, text, (node) => {
    const used = usedGlobal(node)
    if (used !== undefined && mayUse(path, used)) return undefined
    return used === undefined ? undefined : `${used} stands in ${SYSTEM} only`
  })
}

/**
 * The apps read the environment; a request on the real wire is given up in the machine's own time; a screen is drawn in the
 * time of whoever looks at it.
 */
function mayUse(path: string, used: string): boolean {
  if (path.startsWith('src/web/dashboard/')) return used !== 'Math.random'
  if (used === 'process.env') return path.startsWith('src/apps/')
  return used === 'AbortSignal.timeout' && /^src\/(apps|adapters\/network)\//.test(path)
}

function usedGlobal(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return bannedMember(node.expression, node.name.text)
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return bannedMember(node.expression, node.argumentExpression.text)
  if (ts.isNewExpression(node) && isGlobal(node.expression, 'Date') && (node.arguments ?? []).length === 0)
    return 'new Date()'
  if (ts.isCallExpression(node) && isGlobal(node.expression, 'Date')) return 'Date()'
  if (ts.isVariableDeclaration(node) && node.initializer && ts.isObjectBindingPattern(node.name))
    return bannedPart(node.initializer, node.name)
  if (ts.isImportDeclaration(node)) return bannedImport(node)
  if (ts.isIdentifier(node) && TIMERS.includes(node.text) && isValue(node)) return node.text
  return undefined
}

/** `Date.now`, `globalThis.Date.now`, `globalThis.setTimeout`. */
function bannedMember(object: ts.Expression, member: string): string | undefined {
  if (isGlobal(object, 'globalThis') || isGlobal(object, 'global'))
    return TIMERS.includes(member) ? member : undefined
  if (isGlobal(object, 'process') && member === 'env') return 'process.env'
  for (const [name, members] of Object.entries(MEMBERS))
    if (isGlobal(object, name) && members.includes(member)) return `${name}.${member}`
  return undefined
}

/** `const { now } = Date` */
function bannedPart(from: ts.Expression, pattern: ts.ObjectBindingPattern): string | undefined {
  for (const { propertyName, name } of pattern.elements) {
    const part = propertyName ?? name
    const banned = ts.isIdentifier(part) ? bannedMember(from, part.text) : undefined
    if (banned) return banned
  }
  return undefined
}

function bannedImport(node: ts.ImportDeclaration): string | undefined {
  if (!ts.isStringLiteral(node.moduleSpecifier)) return undefined
  const module = node.moduleSpecifier.text.replace(/^node:/, '')
  if (MODULES.includes(module)) return `the module ${module}`
  const names = node.importClause?.namedBindings
  if (module !== 'crypto' || !names || !ts.isNamedImports(names)) return undefined
  const chance = names.elements.find((element) =>
    RANDOM_IMPORTS.includes((element.propertyName ?? element.name).text),
  )
  return chance && `crypto's ${(chance.propertyName ?? chance.name).text}`
}

/** The global of that name, plainly or as a member of `globalThis`. */
const isGlobal = (node: ts.Expression, name: string): boolean =>
  ts.isIdentifier(node)
    ? node.text === name
    : ts.isPropertyAccessExpression(node) &&
      node.name.text === name &&
      isGlobal(node.expression, 'globalThis')

/** An identifier that is read, neither a member's name, nor a declaration, nor part of a type. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isTypeQueryNode(parent) || ts.isTypeReferenceNode(parent)) return false
  return ts.getNameOfDeclaration(parent as ts.Declaration) !== node && !ts.isImportSpecifier(parent)
}

/** Ways around the compiler and the house style, in any file, tests included. */
export function escapeHatches({ path, text }: Source): readonly string[] {
  const hatches = ['@ts-ignore', '@ts-expect-error', '@ts-nocheck', 'biome-ignore', 'eslint-disable']
  return [
    ...hatches.filter((hatch) => text.includes(hatch)).map((hatch) => `${path}: ${hatch}`),
    ...inEachNode(path, text, (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
      if (ts.isEnumDeclaration(node)) return 'an enum; a union of strings does it'
      if (ts.isExportAssignment(node) || isDefault(node)) return 'a default export; a name says what it is'
      if (ts.isExportDeclaration(node) && !node.exportClause) return 'export *; names say what is given'
      return undefined
    }),
  ]
}

const isDefault = (node: ts.Node): boolean =>
  (ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)) ||
  (ts.isExportSpecifier(node) && node.name.text === 'default')

/** A file that only hands on what others define. Only the library face is made for that. */
export function isBarrel({ path, text }: Source): boolean {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext)
  return statements.length > 0 && statements.every((it) => ts.isExportDeclaration(it) && it.moduleSpecifier)
}

function inEachNode(
  path: string,
  text: string,
  trouble: (node: ts.Node) => string | undefined,
): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = trouble(node)
    if (what !== undefined) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      found.push(`${path}:${line + 1}: ${what}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
