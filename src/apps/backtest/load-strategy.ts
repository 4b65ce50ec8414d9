import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Sentence } from '../../model/sentence.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { faceUrl } from '../self.ts'

/**
 * The strategy of a file, in a thread of its own; undefined when it exports none. `garam/strategy` and its sisters are ours,
 * wherever the file lies, and a TypeScript file is a module, whatever its folder says. Rejects with what the file throws.
 */
export async function loadStrategy(file: string): Promise<Strategy | undefined> {
  const names = ['strategy', 'indicators', 'analytics', 'model', 'matching']
  const ours = Object.fromEntries(names.map((name) => [`garam/${name}`, faceUrl(name)]))
  const hook = `const ours = ${JSON.stringify(ours)}
export async function resolve(name, context, next) {
  if (name in ours) return { url: ours[name], format: 'module', shortCircuit: true }
  const found = await next(name, context)
  return /^file:.*\\.ts($|\\?)/.test(found.url) ? { ...found, format: 'module' } : found
}`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
  const loaded: { readonly default?: unknown } = await import(pathToFileURL(file).href)
  return isStrategy(loaded.default) ? loaded.default : undefined
}

function isStrategy(value: unknown): value is Strategy {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, parameters, start } = value as Partial<Record<keyof Strategy, unknown>>
  const isDescribed = [title, parameters].every((each) => typeof each === 'object' && each !== null)
  return typeof id === 'string' && typeof start === 'function' && isDescribed
}

export const noStrategyIn = (file: string): Sentence => ({
  ko: `${file} 은(는) export default defineStrategy({ … }) 로 전략을 내보내야 합니다`,
  en: `${file} has to export a strategy: export default defineStrategy({ … })`,
})

export function troubleWith(file: string, error: unknown): Sentence {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { ko: `전략 파일 ${file}: ${said}`, en: `strategy file ${file}: ${said}` }
}
