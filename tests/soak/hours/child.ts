import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Asked, Calls, MemoryCalls, Said } from './parent-line.ts'

export interface Child<Of> {
  /** Rejects when the child refuses, is gone, or has no answer within the patience. */
  call<Name extends keyof Of & string>(
    name: Name,
    ...told: Of[Name] extends (...told: infer Told) => unknown ? Told : never
  ): Promise<Of[Name] extends (...told: never[]) => Promise<infer Value> ? Value : never>
  /** SIGKILL, resolved when the process is gone. */
  kill(): Promise<void>
  /** Ends with the line to it. */
  end(): Promise<void>
}

/** A child that says nothing for so long hangs; wall ms. A day's market is built within it. */
const PATIENCE_MS = 90_000
const LAST_WORDS = 4_000

/**
 * A process of `tests/soak/hours/`. `onTrouble` hears of what its process must never do: unhandled rejections, warnings,
 * an end nobody asked for.
 */
export function startChild<Of extends Calls<Of>>(
  file: string,
  onTrouble: (text: string) => void,
): Child<Of & MemoryCalls> {
  const process = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const waiting = new Map<number, (said: Said | string) => void>()
  let lastId = 0
  let isWanted = true
  let words = ''
  process.stderr?.on('data', (chunk) => {
    words = (words + String(chunk)).slice(-LAST_WORDS)
  })
  process.on('message', (said: Said) => {
    if ('trouble' in said) onTrouble(`${file}: ${said.trouble}`)
    else waiting.get(said.id)?.(said)
  })
  const gone = new Promise<void>((resolve) => {
    process.once('exit', (code, signal) => {
      if (isWanted) onTrouble(`${file} ended by itself (${signal ?? code}) ${words}`)
      for (const answer of waiting.values()) answer('the process is gone')
      resolve()
    })
  })

  return {
    call: (name, ...told) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        const timer = setTimeout(() => answer('no answer'), PATIENCE_MS)
        const answer = (said: Said | string) => {
          clearTimeout(timer)
          waiting.delete(id)
          if (typeof said === 'string') reject(new Error(`${file} ${name}: ${said}`))
          else if ('refused' in said) reject(new Error(`${file} ${name}: ${said.refused}`))
          // An answer without a value is an answer too: JSON has no `undefined`.
          else if ('id' in said) resolve(('value' in said ? said.value : undefined) as never)
        }
        waiting.set(id, answer)
        ask(process, { id, name, told }, answer)
      }),
    kill: () => {
      isWanted = false
      process.kill('SIGKILL')
      return gone
    },
    end: () => {
      isWanted = false
      if (process.connected) process.disconnect()
      return gone
    },
  }
}

function ask(process: ChildProcess, asked: Asked, answer: (said: string) => void): void {
  if (!process.connected) answer('the process is gone')
  else process.send(asked, (error) => (error ? answer(error.message) : undefined))
}
