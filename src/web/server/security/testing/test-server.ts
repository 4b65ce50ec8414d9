import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import websocket from '@fastify/websocket'
import fastify, { type FastifyServerOptions } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { createVirtualClock, type VirtualClock } from '../../../../std/virtual-clock.ts'
import type { Server } from '../../routes.ts'
import { notFound, sendTrouble, Trouble } from '../../trouble.ts'
import { installSecurity } from '../install.ts'
import type { Security, SecurityOptions } from '../security.ts'
import { LOG_SAFELY, SERVER_LIMITS } from '../server-limits.ts'
import { openSecurityState, type SecurityState } from '../state.ts'

/** A day in November, wall ms. */
export const START = 1_795_132_800_000

export type TestOptions = Partial<Pick<SecurityOptions, 'hosts' | 'tls' | 'demo' | 'exposed' | 'allow'>> & {
  readonly limits?: FastifyServerOptions
  /** A folder that an earlier server left. */
  readonly folder?: string
}

export interface TestServer {
  readonly server: Server
  readonly security: Security
  readonly state: SecurityState
  readonly clock: VirtualClock
  readonly folder: string
  /** Everything the server logged, one line each. */
  readonly log: readonly string[]
  /** What the commands route was asked to do. */
  readonly done: unknown[]
  /** The text of a file of the state folder. */
  read(name: string): Promise<string>
  /** What the audit log holds of a kind. */
  audited(what: string): Promise<readonly string[]>
  /** Ends it and leaves its folder. */
  leave(): Promise<string>
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

/** A small server with the guard in front and a few routes of each kind behind it. */
export async function openTestServer(options: TestOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'garam-security-')))
  const clock = createVirtualClock(START)
  const secretBytes = (count: number) => randomBytes(count)
  const state = await openSecurityState({
    folder,
    clock,
    secretBytes,
    lock: async () => async () => undefined,
  })
  if (!state.ok) throw new Error(state.error.en)
  const log: string[] = []
  const server: Server = fastify({
    ...SERVER_LIMITS,
    ...options.limits,
    logger: { level: 'info', ...LOG_SAFELY, stream: { write: (line: string) => void log.push(line) } },
  }).withTypeProvider<ZodTypeProvider>()
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  answerTrouble(server)
  const { hosts = [], tls = 'none', demo = false, exposed = false, allow } = options
  const security = await installSecurity(server, {
    state: state.value,
    clock,
    secretBytes,
    hosts,
    tls,
    demo,
    exposed,
    ...(allow && { allow }),
  })
  const done: unknown[] = []
  await sampleRoutes(server, security, done, folder)
  await server.ready()
  const end = async () => {
    await server.close()
    await state.value.close()
  }
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  return {
    server,
    security,
    state: state.value,
    clock,
    folder,
    log,
    done,
    read,
    audited: async (what) => {
      await security.audit.flushed()
      return (await read('audit.jsonl')).split('\n').filter((line) => line.includes(`"what":"${what}"`))
    },
    leave: async () => {
      await end()
      return folder
    },
    close: async () => {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function answerTrouble(server: Server): void {
  server.setErrorHandler((error: unknown, _request, reply) => {
    if (error instanceof Trouble) return sendTrouble(reply, error)
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    return sendTrouble(
      reply,
      new Trouble(status, 'bad-request', { ko: '요청이 틀렸습니다', en: 'bad request' }),
    )
  })
  server.setNotFoundHandler(() => {
    throw notFound({ ko: '없습니다', en: 'there is no such page' })
  })
}

const command = z.strictObject({ do: z.string(), appkey: z.string().optional() })

async function sampleRoutes(server: Server, security: Security, done: unknown[], folder: string) {
  await server.register(websocket)
  await server.register(
    (api, _options, registered) => {
      const scope = api.withTypeProvider<ZodTypeProvider>()
      security.routes(scope)
      scope.get('/orders', { config: { access: 'read' } }, () => ['an order'])
      scope.post('/commands', { config: { access: 'trade' }, schema: { body: command } }, (request) => {
        if (request.body.do === 'order') security.requireSecondFactor(request)
        return security.once(request, async () => {
          if (request.body.do === 'slow') await new Promise((resolve) => setTimeout(resolve, 200))
          done.push(request.body)
          if (request.body.do === 'refuse') throw new Trouble(409, 'refused', { ko: '안 됨', en: 'no' })
          return { number: done.length }
        })
      })
      scope.post('/resume', { config: { access: 'trade', raisesRisk: true } }, () => ({ ok: true }))
      scope.put('/limits', { config: { access: 'admin' } }, () => ({ ok: true }))
      scope.get('/live', { config: { access: 'read' }, websocket: true }, (socket, request) => {
        socket.send('hello')
        security.whenSignedOut(request, () => socket.close(4001, 'bye'))
      })
      registered()
    },
    { prefix: '/api/v1' },
  )
  const root = join(folder, 'pages')
  await mkdir(root, { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Garam</title>')
  await server.register(fastifyStatic, { root, serve: false })
  server.get('/enter/:token', { config: { access: 'open' } }, (_request, reply) =>
    reply.sendFile('index.html'),
  )
  server.get<{ Params: { '*': string } }>('/*', { config: { access: 'open' } }, (request, reply) =>
    reply.sendFile(request.params['*'] || 'index.html'),
  )
}
