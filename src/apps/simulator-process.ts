import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Clock, EpochMs } from '../std/clock.ts'
import { err, ok, type Result } from '../std/result.ts'
import { createRing } from '../std/ring.ts'
import { selfArguments } from './self.ts'
import { environmentVariables } from './system.ts'

/** Where a started simulator listens; it prints this as its one line of JSON. */
export interface SimulatorAddresses {
  readonly restUrl: string
  readonly socketUrl: string
  readonly controlUrl: string
}

export interface SimulatorProcess {
  readonly addresses: SimulatorAddresses
  /** Lets its market time run: market now = start + (wall now − wallOrigin) × speed, as in our own clock. */
  release(wallOrigin: EpochMs): void
  /** Resolves with the reason when it ends without having been asked to. */
  readonly died: Promise<string>
  stop(): Promise<void>
}

/** How long a simulator may take to listen, wall ms: it builds a whole market first. */
const READY_PATIENCE_MS = 60_000
const STOP_PATIENCE_MS = 3_000
const LAST_LINES = 20

/**
 * Runs `garam simulate kiwoom …` as a process of its own, so that the trader meets it on real sockets and nowhere else.
 * It holds its market time until `release` and ends with us: its standard input is our line to it.
 */
export async function startSimulatorProcess(
  options: readonly string[],
  wall: Clock,
): Promise<Result<SimulatorProcess, string>> {
  const words = [...selfArguments(), 'simulate', 'kiwoom', '--json', '--attached', ...options]
  const child = spawn(process.execPath, words, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environmentVariables(),
  })
  const complaints = createRing<string>(LAST_LINES)
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
  child.stdin.on('error', () => undefined) // it may die while we write; `died` tells
  let stopping = false
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(ending(code, signal, complaints.toArray())))
  })
  const died = new Promise<string>((resolve) => {
    void exited.then((reason) => (stopping ? undefined : resolve(reason)))
  })
  const addresses = await firstAddresses(child, wall, exited)
  if (!addresses.ok) {
    child.kill()
    return addresses
  }
  return ok({
    addresses: addresses.value,
    died,
    release: (wallOrigin) => void child.stdin.write(`release ${wallOrigin}\n`),
    stop: async () => {
      stopping = true
      child.stdin.end()
      const cancel = wall.after(STOP_PATIENCE_MS, () => child.kill('SIGKILL'))
      await exited
      cancel()
    },
  })
}

const ending = (code: number | null, signal: string | null, lines: readonly string[]): string =>
  [`시뮬레이터가 끝났습니다 · the simulator ended (${signal ?? code})`, ...lines].join('\n')

function firstAddresses(
  child: ChildProcess,
  wall: Clock,
  exited: Promise<string>,
): Promise<Result<SimulatorAddresses, string>> {
  return new Promise((resolve) => {
    const cancel = wall.after(READY_PATIENCE_MS, () =>
      resolve(err('시뮬레이터가 시작되지 않습니다 · the simulator does not start')),
    )
    const answer = (result: Result<SimulatorAddresses, string>) => {
      cancel()
      resolve(result)
    }
    void exited.then((reason) => answer(err(reason)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const addresses = readAddresses(line)
      if (addresses) answer(ok(addresses))
    })
  })
}

/** The ready line, or `undefined` for any other line. */
export function readAddresses(line: string): SimulatorAddresses | undefined {
  try {
    const found = JSON.parse(line) as Partial<Record<keyof SimulatorAddresses, unknown>> | null
    const { restUrl, socketUrl, controlUrl } = found ?? {}
    if (typeof restUrl !== 'string' || typeof socketUrl !== 'string' || typeof controlUrl !== 'string')
      return undefined
    return { restUrl, socketUrl, controlUrl }
  } catch {
    return undefined
  }
}
