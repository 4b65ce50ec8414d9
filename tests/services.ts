import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const REDIS_PORT = 6379
const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 100

/** Before all tests: starts what they talk to, where this machine has it and it does not run yet. Ended with them. */
export async function setup(): Promise<() => Promise<void>> {
  if (await answers(REDIS_PORT)) return async () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'garam-redis-'))
  const words = ['--bind', '127.0.0.1', '--port', String(REDIS_PORT), '--save', '', '--appendonly', 'no']
  const redis: ChildProcess = spawn('redis-server', [...words, '--dir', folder], { stdio: 'ignore' })
  // A machine without it: those tests say so and are left out.
  const isMissing = new Promise<true>((resolve) => redis.once('error', () => resolve(true)))
  await Promise.race([isMissing, answersSoon(REDIS_PORT)])
  return async () => {
    redis.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

async function answersSoon(port: number): Promise<void> {
  for (let ms = 0; ms < PATIENCE_MS && !(await answers(port)); ms += LOOK_EVERY_MS)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const line = connect(port, '127.0.0.1')
    const end = (is: boolean) => {
      line.destroy()
      resolve(is)
    }
    line.once('connect', () => end(true))
    line.once('error', () => end(false))
  })
