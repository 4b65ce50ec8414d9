import { type ChildProcess, fork } from 'node:child_process'
import { programArguments } from '../tests/program.ts'
import type { LineOrder, LineReport } from './line-server.ts'

/** A script of this folder as a process of its own. */
export function startServer(script: string, words: readonly string[] = []): ChildProcess {
  const [program = '', ...loader] = programArguments(script, import.meta.url).toReversed()
  return fork(program, words, { execArgv: loader.toReversed() })
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
  /** So many ticks to the trader, over the coming second; `at`: the market's time as the wire spells it. */
  stream(frames: number, at: string): void
  /** The moment at which the next order request arrives there. */
  nextOrder(): Promise<bigint>
  close(): void
}

/** `fills`: the broker fills every sale at once, so that a trader can live on for a while. */
export async function openLine(words: readonly 'fills'[] = []): Promise<Line> {
  const child = startServer('./line-server.ts', words)
  const next = <K extends LineReport['is']>(is: K) => nextReport<LineReport, K>(child, is)
  const { port } = await next('listening')
  return {
    port,
    send: async (order) => {
      const sent = next('sent')
      child.send(order)
      return BigInt((await sent).ns)
    },
    stream: (frames, at) => void child.send({ to: 'trader', do: 'stream', frames, at } satisfies LineOrder),
    nextOrder: async () => BigInt((await next('ordered')).ns),
    close: () => child.disconnect(),
  }
}
