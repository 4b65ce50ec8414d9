import { auditPageSchema, auditQuerySchema } from '../../../contract/session.ts'
import type { Server } from '../../routes.ts'
import type { Parts } from '../parts.ts'

/** Who did what; for owners. */
export function auditRoutes(server: Server, { audit }: Parts): void {
  server.get(
    '/audit',
    {
      config: { access: 'admin' },
      schema: { querystring: auditQuerySchema, response: { 200: auditPageSchema } },
    },
    async (request) => {
      const { entries, next } = await audit.page(request.query.before, request.query.limit)
      return { entries: [...entries], ...(next !== undefined && { next }) }
    },
  )
}
