import { type ChildProcess, fork } from 'node:child_process'
import { programArguments } from '../tests/program.ts'
import type { LineOrder, LineReport } from './line-server.ts'

/** A script of this folder as a process of its own. */
export function startServer(script: string): ChildProcess {
  const [program = '', ...loader] = programArguments(script, import.meta.url).toReversed()
  return fork(program, { execArgv: loader.toReversed() })
}

/** The next report of one kind that a server process sends. */
export function nextReport<R extends { readonly is: string }, K extends R['is']>(
  child: ChildProcess,
  is: K,
): Promise<R & { is: K }> {
  return new Promise((resolve) => {
    const hear = (report: R) => {
      if (report.is !== is) return
      child.off('message', hear)
      resolve(report as R & { is: K })
    }
    child.on('message', hear)
  })
}

/** The line server, as a process of its own. */
export interface Line {
  readonly port: number
  /** Gives the moment (monotonic ns) at which the server began to send. */
  send(order: LineOrder): Promise<bigint>
  /** The moment at which the next order request arrives there. */
  nextOrder(): Promise<bigint>
  close(): void
}

export async function openLine(): Promise<Line> {
  const child = startServer('./line-server.ts')
  const next = <K extends LineReport['is']>(is: K) => nextReport<LineReport, K>(child, is)
  const { port } = await next('listening')
  return {
    port,
    send: async (order) => {
      const sent = next('sent')
      child.send(order)
      return BigInt((await sent).ns)
    },
    nextOrder: async () => BigInt((await next('ordered')).ns),
    close: () => child.disconnect(),
  }
}
