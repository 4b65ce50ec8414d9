import type { EpochMs } from '../../std/clock.ts'
import type { Command } from '../trader.ts'

export type Steer =
  | { readonly kind: 'command'; readonly commands: readonly Command[]; readonly message: string }
  | { readonly kind: 'ask'; readonly message: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'nothing' }

/** How long a question stands, wall ms: a second press later is a first press again. */
const QUESTION_MS = 5_000

const CTRL_C = '\u0003'

/** What a key means. Flatten sells everything, so it is asked for twice; every other key clears the question. */
export function createSteering(): (key: string, at: EpochMs) => Steer {
  let askedAt: EpochMs | undefined
  return (key, at) => {
    const confirmed = askedAt !== undefined && at - askedAt <= QUESTION_MS
    askedAt = undefined
    switch (key.toLowerCase()) {
      case 'q':
      case CTRL_C:
        return { kind: 'quit' }
      case 'p':
        return {
          kind: 'command',
          commands: [{ do: 'pauseBuying' }],
          message: '매수를 중지했습니다. r 로 재개 · buying paused, r resumes',
        }
      case 'r':
        return {
          kind: 'command',
          commands: [{ do: 'setHalt', state: 'active' }, { do: 'resumeBuying' }],
          message: '재개했습니다 · resumed',
        }
      case 'f':
        if (confirmed)
          return {
            kind: 'command',
            commands: [{ do: 'flatten' }],
            message: '미체결을 취소하고 모두 팝니다 · cancelling and selling everything',
          }
        askedAt = at
        return { kind: 'ask', message: '정말 모두 팔까요? f 를 한 번 더 · sell everything? press f again' }
      default:
        return { kind: 'nothing' }
    }
  }
}
