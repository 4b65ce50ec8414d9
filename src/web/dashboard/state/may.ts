import { useQuery } from '@tanstack/react-query'
import type { Role, Scope } from '../../contract/access.ts'
import { sessionQuery } from '../api/session.ts'

/** The server's `SCOPES_OF` without its schemas; a test holds the two together. */
export const RIGHTS: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ['read'],
  trader: ['read', 'trade'],
  owner: ['read', 'trade', 'admin'],
}

/** Whether whoever sits here may do that. For what is shown only: the server decides by itself. */
export function useMay(scope: Scope): boolean {
  const { data: session } = useQuery(sessionQuery)
  const role = session?.user?.role
  return role !== undefined && RIGHTS[role].includes(scope)
}
