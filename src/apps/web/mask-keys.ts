import { isScalar, parseDocument, visit } from 'yaml'

const NAMES = ['appkey', 'secretkey']
const IS_REFERENCE = /^(env|secret):/
const WRITTEN = /\b(appkey|secretkey)(["']?[ \t]*:[ \t]*)(["']?)(?!["']?(?:env|secret):)([^"',}\s#]+)/g
const MASK = '(hidden)'

/** A file's text without the keys that somebody wrote into it in place of a reference: no screen is ever sent one. */
export function maskKeys(text: string): string {
  const masked = keysIn(text).reduce((hidden, key) => hidden.replaceAll(key, MASK), text)
  return masked.replace(
    WRITTEN,
    (_, name: string, colon: string, quote: string) => `${name}${colon}${quote}${MASK}`,
  )
}

/** However YAML lets a text be written: on lines of its own, by an alias … */
function keysIn(text: string): readonly string[] {
  const keys: string[] = []
  const document = parseDocument(text, { logLevel: 'error' })
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !NAMES.includes(String(key.value)) || typeof value !== 'object' || value === null)
        return
      const node = 'resolve' in value && typeof value.resolve === 'function' ? value.resolve(document) : value
      const written = isScalar(node) ? String(node.value ?? '').trim() : ''
      if (written !== '' && written !== MASK && !IS_REFERENCE.test(written)) keys.push(...written.split('\n'))
    },
  })
  return keys.filter((key) => key.trim() !== '')
}
