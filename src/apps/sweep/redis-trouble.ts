import type { ConnectionWatch } from '../../adapters/jobs/connection.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Result } from '../../std/result.ts'
import { type Io, Refusal, refuse } from '../io.ts'
import { dim, warn } from '../screen/ansi.ts'

/** The value, or a refusal with the words of the error. */
export function valueOrRefuse<T>(result: Result<T, Sentence>): T {
  if (result.ok) return result.value
  throw new Refusal(`${result.error.ko}\n${result.error.en}`)
}

/** Waits for what was asked of Redis. Refuses what Redis refuses (no memory, no right to write): that is no bug of ours. */
export async function redisRefusing<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ReplyError') throw error
    return refuse(
      `Redis가 거절했습니다: ${error.message}. 끝난 시험은 남아 있고, 같은 명령이 이어서 합니다`,
      `Redis refuses: ${error.message}; finished trials are kept, and the same command goes on from there`,
    )
  }
}

export const connectionTeller = (io: Io): ConnectionWatch => ({
  onLost: () =>
    io.err(
      warn(
        'Redis와 끊겼습니다. 다시 이어질 때까지 기다립니다 · the connection to Redis is lost; waiting until it is back',
      ),
    ),
  onBack: () => io.err(dim('Redis와 다시 이어졌습니다 · the connection to Redis is back')),
})
