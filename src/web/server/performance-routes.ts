import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  dayDetailSchema,
  dayListSchema,
  type PerformanceSource,
  performanceSchema,
  spanQuerySchema,
  statementQuerySchema,
} from '../contract/performance.ts'
import { analysed, dayResults, spanOf, within } from './account-days.ts'
import { REPORT_POLICY } from './backtest-routes.ts'
import type { History, HistoryDays } from './performance.ts'
import type { Routes } from './routes.ts'
import { daysCsv, type Statement, statementHtml, tradesOfDaysCsv } from './statement.ts'
import { notFound, unavailable } from './trouble.ts'

const TAGS = ['performance']

/** What the account came to: by day, in figures, and as files to keep. */
export const performanceRoutes =
  ({ history }: { readonly history: History }): Routes =>
  (server) => {
    server.get(
      '/performance/days',
      {
        config: { access: 'read' },
        schema: {
          tags: TAGS,
          summary: 'The recorded days of an account with their results',
          querystring: spanQuerySchema,
          response: { 200: dayListSchema },
        },
      },
      async ({ query }) => {
        const { source, found } = await readSource(history, query.source)
        return {
          source,
          sources: [...history.sources],
          days: [...within(dayResults(found), query)],
          pending: found.pending,
          damaged: [...found.damaged],
        }
      },
    )
    server.get(
      '/performance',
      {
        config: { access: 'read' },
        schema: {
          tags: TAGS,
          summary: 'Statistics of the days and trades of an account',
          querystring: spanQuerySchema,
          response: { 200: performanceSchema },
        },
      },
      async ({ query }) => {
        const { source, found } = await readSource(history, query.source)
        const results = within(dayResults(found), query)
        return {
          source,
          ...(query.from !== undefined && { from: query.from }),
          ...(query.to !== undefined && { to: query.to }),
          ...analysed(within(found.days, query), results),
        }
      },
    )
    server.get(
      '/performance/days/:day',
      {
        config: { access: 'read' },
        schema: {
          tags: TAGS,
          summary: 'One recorded day with its round trips',
          params: z.object({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
          querystring: spanQuerySchema.pick({ source: true }),
          response: { 200: dayDetailSchema },
        },
      },
      async ({ params, query }) => {
        const { found } = await readSource(history, query.source)
        const result = dayResults(found).find(({ day }) => day === params.day)
        const trips = found.days.find(({ day }) => day === params.day)?.trips
        if (!result || !trips) throw notFound(NO_DAY)
        return { result, trips: [...trips] }
      },
    )
    const statementOf = async (query: z.infer<typeof statementQuerySchema>): Promise<Statement> => {
      const { source, found } = await readSource(history, query.source)
      // A paper that lacks days would be believed.
      if (found.pending > 0) throw unavailable(stillReading(found.pending))
      const span = spanOf(query.span, query.on ?? found.days.at(-1)?.day ?? '')
      return { source, results: within(dayResults(found), span), recorded: within(found.days, span) }
    }
    server.get(
      '/performance/statement.csv',
      {
        config: { access: 'read' },
        schema: {
          tags: TAGS,
          summary: 'Days or round trips of a day, a week, a month or all of it, as CSV',
          querystring: statementQuerySchema,
        },
      },
      async ({ query }, reply) => {
        const statement = await statementOf(query)
        const text = query.what === 'days' ? daysCsv(statement) : tradesOfDaysCsv(statement)
        return attached(reply, statement, `${query.what}.csv`).type('text/csv; charset=utf-8').send(text)
      },
    )
    server.get(
      '/performance/statement.html',
      {
        config: { access: 'read' },
        schema: {
          tags: TAGS,
          summary: 'The same as one HTML page that needs nothing else, to keep or to print',
          querystring: statementQuerySchema.omit({ what: true }),
        },
      },
      async ({ query }, reply) => {
        const statement = await statementOf({ ...query, what: 'trades' })
        return attached(reply, statement, 'statement.html')
          .header('content-security-policy', REPORT_POLICY)
          .type('text/html; charset=utf-8')
          .send(statementHtml(statement))
      },
    )
  }

const stillReading = (days: number) => ({
  ko: `기록 ${days}일치를 아직 읽는 중이라 명세서가 온전하지 않습니다. 잠시 뒤에 다시 하세요`,
  en: `The records of ${days} days are still being read, and a statement would lack them. Try again in a moment`,
})
const NO_DAY = { ko: '그날의 기록이 없습니다', en: 'There is no record of that day' }

async function readSource(
  history: History,
  wanted: string | undefined,
): Promise<{ readonly source: PerformanceSource; readonly found: HistoryDays }> {
  const source = history.sources.find(({ id }) => wanted === undefined || id === wanted)
  const found = source && (await history.read(source.id))
  if (!source || !found) throw notFound({ ko: '그런 계좌가 없습니다', en: 'There is no such account' })
  return { source, found }
}

function attached(reply: FastifyReply, { source, results }: Statement, name: string): FastifyReply {
  const days = [results[0]?.day, results.at(-1)?.day].filter((day) => day !== undefined)
  const span = [...new Set(days)].join('_') || 'empty'
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="garam-${source.id}-${span}-${name}"`)
}
