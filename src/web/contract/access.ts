import { z } from 'zod'

/** Who may do what. A role has every scope of the roles below it. */
export const ROLES = ['viewer', 'trader', 'owner'] as const
export type Role = (typeof ROLES)[number]
export const roleSchema = z.enum(ROLES)

/** What a route asks for. `read` looks, `trade` orders and steers, `admin` changes limits, users, keys and settings. */
export const SCOPES = ['read', 'trade', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
export const scopeSchema = z.enum(SCOPES)

export const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ['read'],
  trader: ['read', 'trade'],
  owner: ['read', 'trade', 'admin'],
}
