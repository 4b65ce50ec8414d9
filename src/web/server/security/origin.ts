/** What a browser says about where a request comes from. All of it can be forged by a program, none of it by a page. */
export interface Asked {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  /** `Sec-Fetch-Site`, `-Mode`, `-Dest`. */
  readonly site: string | undefined
  readonly mode: string | undefined
  readonly dest: string | undefined
  readonly upgrade: boolean
  /** It carries a cookie of ours, and so was sent by a browser. */
  readonly byCookie: boolean
}

const ALWAYS = ['localhost', '127.0.0.1', '[::1]']

/** Without port, lower case; `undefined` for what is no host. */
export function hostName(host: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host ?? '')
  return match?.[1]?.toLowerCase()
}

/** A page of somebody else whose name was made to point here (DNS rebinding) still sends its own name. */
export function isExpectedHost(host: string | undefined, names: readonly string[]): boolean {
  const name = hostName(host)
  return name !== undefined && (ALWAYS.includes(name) || names.some((each) => each.toLowerCase() === name))
}

export const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

/**
 * A request of somebody else's page. `same-site` is no comfort: another program's page on localhost is same-site, and gets our
 * cookie. A link that is followed to one of our pages is fine: it only reads, and nothing can frame it.
 */
export function isForeign(asked: Asked, scheme: 'http' | 'https'): boolean {
  const { origin, host, site, method, upgrade } = asked
  // Under our referrer policy a browser may call its own page `null`; then its word on the site decides.
  const isOwn = origin?.toLowerCase() === `${scheme}://${host?.toLowerCase()}`
  if (origin !== undefined && !isOwn && !(origin === 'null' && site === 'same-origin')) return true
  if (upgrade && asked.byCookie && origin === undefined) return true
  if (site === undefined || site === 'same-origin') return false
  if (upgrade || !isReading(method)) return true
  if (site === 'none') return false
  return !(asked.mode === 'navigate' && asked.dest === 'document')
}

/** Leads out of where it begins, whichever way it is spelled. No page of ours has such an address. */
export function isOddPath(url: string): boolean {
  try {
    const path = decodeURIComponent(url.split('?')[0] ?? '')
    return path.includes('\\') || path.includes('\0') || path.split('/').includes('..')
  } catch {
    return true
  }
}
