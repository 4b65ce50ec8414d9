import { createHash } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../std/result.ts'
import { attachSchema, jsonOf } from './web/desk-messages.ts'

/**
 * The line to a running trader on this machine: a socket beside its journal that only its owner may open. One trader
 * per journal folder: a second one finds the socket answered and is refused.
 */
export type ControlRequest =
  | { readonly do: 'stop' | 'flatten' | 'resume' | 'status' | 'orders' }
  | {
      readonly do: 'settleOrder'
      readonly order: string
      readonly as: 'cancelled' | 'filled'
      /** Of `filled`: shares in all and won each. */
      readonly quantity?: number
      readonly price?: number
    }
export type ControlReply = {
  readonly ok: boolean
  readonly ko: string
  readonly en: string
  readonly status?: unknown
}

/** Longer paths do not fit into a socket's address (104 bytes on macOS). */
const LONGEST_PATH = 100

export function controlPath(journalFolder: string): string {
  const folder = resolve(journalFolder)
  const name = `garam-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  const beside = join(folder, 'control.sock')
  return Buffer.byteLength(beside) <= LONGEST_PATH ? beside : join(tmpdir(), `${name}.sock`)
}

/** A request is one short line; whoever sends more is cut off. */
const LONGEST_REQUEST = 1000

/** A connection that stays: what attaches takes it over. */
export type Attach = (
  socket: Socket,
  from: { readonly version: string },
  /** What came after the first line. */
  early: string,
) => void

type Handle = (request: ControlRequest) => ControlReply

function serve(socket: Socket, handle: Handle, attach: Attach | undefined): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  const hear = (part: string) => {
    text += part
    const end = text.indexOf('\n')
    if ((end < 0 ? text.length : end) > LONGEST_REQUEST) return void socket.destroy()
    if (end < 0) return
    socket.off('data', hear)
    const line = text.slice(0, end)
    const attaching = attachSchema.safeParse(jsonOf(line))
    if (attach && attaching.success) return attach(socket, attaching.data, text.slice(end + 1))
    socket.resume()
    socket.end(`${JSON.stringify(answer(line, handle))}\n`)
  }
  socket.on('data', hear)
}

const requestSchema = z.union([
  z.object({ do: z.enum(['stop', 'flatten', 'resume', 'status', 'orders']) }),
  z.object({ do: z.literal('settleOrder'), order: z.string(), as: z.literal('cancelled') }),
  z.object({
    do: z.literal('settleOrder'),
    order: z.string(),
    as: z.literal('filled'),
    quantity: z.int().positive(),
    price: z.int().positive(),
  }),
])

function answer(line: string, handle: Handle): ControlReply {
  const wanted = requestSchema.safeParse(jsonOf(line))
  return wanted.success ? handle(wanted.data) : { ok: false, ko: '모르는 요청입니다', en: 'unknown request' }
}

/** Opens the line. Errors: another trader answers on the same journal folder. Before it is closed, what attached has to leave. */
export async function openControl(
  journalFolder: string,
  handle: Handle,
  attach?: Attach,
): Promise<Result<{ close(): Promise<void> }, 'taken'>> {
  const path = controlPath(journalFolder)
  await mkdir(resolve(journalFolder), { recursive: true })
  const other = await askControl(journalFolder, { do: 'status' })
  if (other.ok) return err('taken')
  // What is left there belongs to a process that died.
  if (process.platform !== 'win32') await rm(path, { force: true })
  const server = createServer((socket) => serve(socket, handle, attach))
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(path, listening)
  })
  if (process.platform !== 'win32') await chmod(path, 0o600)
  return ok({ close: () => new Promise((closed) => server.close(() => closed())) })
}

/** Asks the trader of that journal folder. Errors: nobody answers there. */
export function askControl(
  journalFolder: string,
  request: ControlRequest,
): Promise<Result<ControlReply, 'nobody'>> {
  return new Promise((resolved) => {
    let text = ''
    const socket = createConnection(controlPath(journalFolder))
    socket.setTimeout(5000, () => socket.destroy())
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`))
    socket.on('data', (part: string) => {
      text += part
    })
    socket.on('error', () => resolved(err('nobody')))
    socket.on('close', () => {
      try {
        resolved(ok(JSON.parse(text) as ControlReply))
      } catch {
        resolved(err('nobody'))
      }
    })
  })
}
