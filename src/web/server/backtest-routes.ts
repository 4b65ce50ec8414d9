import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Sentence } from '../../model/sentence.ts'
import { readParameters } from '../../trading/strategies/parameters.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import {
  backtestRequestSchema,
  backtestRunSchema,
  promotionReplySchema,
  promotionSchema,
  type RunMessage,
  type RunRequest,
  runIdSchema,
  runListSchema,
  runSchema,
  sweepRequestSchema,
  sweepRunSchema,
} from '../contract/backtest.ts'
import { backtestReportSchema, sweepReportSchema } from '../contract/backtest-report.ts'
import { type Jobs, RUN_FILES } from './jobs.ts'
import { promotedEntry, promotedYaml } from './promotion.ts'
import type { AddStrategy, Research } from './research.ts'
import { researchRoutes } from './research-routes.ts'
import type { Routes, Server } from './routes.ts'
import { badRequest, notFound, orRefuse, Trouble, unavailable } from './trouble.ts'

export interface BacktestRoutesOptions {
  readonly jobs: Jobs
  readonly research: Research
  /** Absent where garam.yaml is not ours to write. */
  readonly addStrategy?: AddStrategy
}

/**
 * A report is a page of ours with style inside; it is shown in a frame without scripts, forms or an origin of its own, so that
 * whatever a name or a reason contains can do nothing.
 */
export const REPORT_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

const byId = z.object({ id: runIdSchema })
const kinds = ['backtest', 'sweep'] as const
type Kind = (typeof kinds)[number]
const PLURAL = { backtest: 'backtests', sweep: 'sweeps' } as const

/** Data, strategies, backtests and sweeps, what they came to, and all that was ever tried. */
export const backtestRoutes =
  (options: BacktestRoutesOptions): Routes =>
  (server) => {
    researchRoutes(server, options.research)
    startRoutes(server, options)
    resultRoutes(server, options)
    for (const kind of kinds) runRoutes(server, options.jobs, kind)
    promotionRoutes(server, options)
  }

function startRoutes(server: Server, { jobs }: BacktestRoutesOptions): void {
  server.post(
    '/backtests',
    {
      config: { access: 'trade' },
      schema: {
        tags: ['backtest'],
        summary: 'Queues a backtest',
        body: backtestRequestSchema,
        response: { 202: runSchema },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await start(jobs, { kind: 'backtest', request: request.body }, request)),
  )
  server.post(
    '/sweeps',
    {
      config: { access: 'trade' },
      schema: {
        tags: ['backtest'],
        summary: 'Queues a sweep: a strategy with many values',
        body: sweepRequestSchema,
        response: { 202: runSchema },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await start(jobs, { kind: 'sweep', request: request.body }, request)),
  )
}

async function start(jobs: Jobs, wanted: RunRequest, { actor }: FastifyRequest): Promise<RunMessage> {
  checkStrategy(wanted)
  return orRefuse(await jobs.start(wanted, actor?.name ?? ''))
}

/** What the form already knows is said at once, with the place. */
function checkStrategy({ kind, request }: RunRequest): void {
  const { strategy } = request
  if (strategy.kind !== 'known') return
  const known = STRATEGIES.find(({ id }) => id === strategy.id)
  if (!known) throw badRequest({ ko: '그런 전략이 없습니다', en: 'There is no such strategy' })
  if (kind === 'sweep') return
  const read = readParameters(known.parameters, request.parameters)
  if (read.ok) return
  throw new Trouble(
    400,
    'bad-request',
    { ko: '전략의 값이 맞지 않습니다', en: 'The values do not fit the strategy' },
    read.error.map(({ key, ko, en }) => ({ path: `parameters.${key}`, ko, en })),
  )
}

function runRoutes(server: Server, jobs: Jobs, kind: Kind): void {
  const plural = PLURAL[kind]
  server.get(
    `/${plural}`,
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: `All ${plural}, the newest first, with the queue`,
        response: { 200: runListSchema },
      },
    },
    async () => ({
      runs: jobs.list().filter((run) => run.kind === kind),
      atOnce: jobs.atOnce,
      mostQueued: jobs.mostQueued,
    }),
  )
  server.delete(
    `/${plural}/:id`,
    {
      config: { access: 'trade' },
      schema: {
        tags: ['backtest'],
        summary: 'Cancels what is queued or runs; takes away what has ended',
        params: byId,
        response: { 200: z.object({ outcome: z.enum(['cancelled', 'removed']) }) },
      },
    },
    async ({ params }) => {
      runOf(jobs, params.id, kind)
      const outcome = await jobs.remove(params.id)
      if (outcome === undefined) throw notFound(NO_RUN)
      return { outcome }
    },
  )
  server.post(
    `/${plural}/:id/resume`,
    {
      config: { access: 'trade' },
      schema: {
        tags: ['backtest'],
        summary: 'Goes on with what was interrupted, cancelled or failed; a sweep keeps the trials it has',
        params: byId,
        response: { 200: runSchema },
      },
    },
    async ({ params }) => {
      runOf(jobs, params.id, kind)
      return orRefuse(await jobs.resume(params.id))
    },
  )
  server.put(
    `/${plural}/:id/pin`,
    {
      config: { access: 'trade' },
      schema: {
        tags: ['backtest'],
        summary: 'Keeps a run when old ones make room',
        params: byId,
        body: z.object({ pinned: z.boolean() }),
        response: { 200: runSchema },
      },
    },
    async ({ params, body }) => {
      runOf(jobs, params.id, kind)
      const run = await jobs.pin(params.id, body.pinned)
      if (!run) throw notFound(NO_RUN)
      return run
    },
  )
  fileRoute(server, jobs, kind, 'report', (reply, path) =>
    reply
      .header('content-security-policy', REPORT_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(createReadStream(path)),
  )
  fileRoute(server, jobs, kind, kind === 'backtest' ? 'trades.csv' : 'trials.csv', (reply, path, id) =>
    reply
      .header('content-disposition', `attachment; filename="garam-${id}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(createReadStream(path)),
  )
}

function fileRoute(
  server: Server,
  jobs: Jobs,
  kind: Kind,
  name: 'report' | 'trades.csv' | 'trials.csv',
  send: (reply: FastifyReply, path: string, id: string) => FastifyReply,
): void {
  server.get(
    `/${PLURAL[kind]}/:id/${name}`,
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary:
          name === 'report' ? 'The report, one HTML page that needs nothing else' : 'All of them as CSV',
        params: byId,
      },
    },
    ({ params }, reply) => {
      runOf(jobs, params.id, kind)
      const path = jobs.file(params.id, name === 'report' ? RUN_FILES.page[kind] : RUN_FILES.table[kind])
      if (path === undefined) throw notFound(NO_RESULT)
      return send(reply, path, params.id)
    },
  )
}

function resultRoutes(server: Server, { jobs }: BacktestRoutesOptions): void {
  server.get(
    '/backtests/:id',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'A backtest, with what it came to once it is done',
        params: byId,
        response: { 200: backtestRunSchema },
      },
    },
    async ({ params }) => {
      const run = runOf(jobs, params.id, 'backtest')
      const report = await reportOf(jobs, run, backtestReportSchema)
      return { run, ...(report && { report }) }
    },
  )
  server.get(
    '/sweeps/:id',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'A sweep, with its trials once it is done',
        params: byId,
        response: { 200: sweepRunSchema },
      },
    },
    async ({ params }) => {
      const run = runOf(jobs, params.id, 'sweep')
      const report = await reportOf(jobs, run, sweepReportSchema)
      return { run, ...(report && { report }) }
    },
  )
}

async function reportOf<T>(jobs: Jobs, run: RunMessage, schema: z.ZodType<T>): Promise<T | undefined> {
  const path = run.state === 'done' ? jobs.file(run.id, RUN_FILES.report) : undefined
  if (path === undefined) return undefined
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const read = text === undefined ? undefined : schema.safeParse(JSON.parse(text))
  if (!read?.success)
    throw unavailable({
      ko: '이 결과는 다른 판의 가람이 만들었거나 손상되어 읽을 수 없습니다. 다시 돌려 주세요',
      en: 'This result is of another version of Garam, or damaged. Run it again',
    })
  return read.data
}

function promotionRoutes(server: Server, { jobs, addStrategy }: BacktestRoutesOptions): void {
  server.post(
    '/backtests/:id/promotion',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'What a backtest played, as the YAML of an entry of strategies:. Nothing is changed',
        params: byId,
        body: promotionSchema,
        response: { 200: promotionReplySchema },
      },
    },
    async ({ params, body }) => {
      const run = runOf(jobs, params.id, 'backtest')
      return { yaml: promotedYaml(promotedEntry(run, body)), added: false }
    },
  )
  server.post(
    '/backtests/:id/promote',
    {
      config: { access: 'admin', raisesRisk: true },
      schema: {
        tags: ['backtest'],
        summary: 'Adds what a backtest played to garam.yaml, switched off',
        params: byId,
        body: promotionSchema,
        response: { 200: promotionReplySchema },
      },
    },
    async ({ params, body, actor }) => {
      const entry = promotedEntry(runOf(jobs, params.id, 'backtest'), body)
      if (!addStrategy)
        throw unavailable({
          ko: '여기서는 설정 파일을 쓸 수 없습니다. YAML을 복사해 garam.yaml에 넣으세요',
          en: 'The settings file cannot be written from here. Copy the YAML into garam.yaml',
        })
      orRefuse(await addStrategy(entry, actor?.name ?? ''))
      return { yaml: promotedYaml(entry), added: true }
    },
  )
}

const NO_RUN: Sentence = { ko: '그런 실행 기록이 없습니다', en: 'There is no such run' }
const NO_RESULT: Sentence = { ko: '아직 결과가 없습니다', en: 'There is no result yet' }

function runOf(jobs: Jobs, id: string, kind: Kind): RunMessage {
  const run = jobs.run(id)
  if (run?.kind !== kind) throw notFound(NO_RUN)
  return run
}
