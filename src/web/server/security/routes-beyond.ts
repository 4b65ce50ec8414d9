import type { Scope } from '../../contract/access.ts'
import type { Server } from '../routes.ts'
import type { GuardedRoute } from './guard.ts'

/** What a token with these scopes, of a user who has them, must be refused: all else of the running server that is not open. */
export function routesBeyond(server: Server, scopes: readonly Scope[]): readonly GuardedRoute[] {
  return server.guardedRoutes.filter(
    ({ access, bySession, secondFactor }) =>
      access !== 'open' && (!scopes.includes(access) || bySession || secondFactor),
  )
}

export interface LetIn {
  readonly route: GuardedRoute
  readonly status: number
}

/**
 * Sends each route a request with these headers and gives those that were not refused with 401 or 403. `between` lets time pass, as
 * being refused for asking too often would prove nothing.
 */
export async function letIn(
  server: Server,
  routes: readonly GuardedRoute[],
  { headers, between }: { readonly headers: Readonly<Record<string, string>>; readonly between: () => void },
): Promise<readonly LetIn[]> {
  const through: LetIn[] = []
  for (const route of routes) {
    between()
    const url = route.url.replaceAll(/:[A-Za-z]+|\*/g, 'x')
    const { statusCode } = await server.inject({
      method: injectable(route.method),
      url,
      headers,
      payload: {},
    })
    if (statusCode !== 401 && statusCode !== 403) through.push({ route, status: statusCode })
  }
  return through
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

const injectable = (method: string): (typeof METHODS)[number] =>
  METHODS.find((each) => each === method) ?? 'GET'
