import { FAULTS, type Fault, type FaultKind, isFaultKind } from '../../../src/simulators/kiwoom/faults.ts'
import type { Random } from '../../../src/std/random.ts'

type Details = Partial<Omit<Fault, 'kind'>>

const ORDERS = ['kt10000', 'kt10001', 'kt10002', 'kt10003'] as const
const QUESTIONS = ['kt00007', 'kt00009', 'kt00018', 'kt00001', 'ka10100', 'ka10095'] as const
const PUSHES = ['00', '0B', '02'] as const

const order = (random: Random): Details => ({ apiId: random.pick(ORDERS), count: random.int(1, 3) })
const push = (random: Random): Details => ({
  apiId: random.pick(PUSHES),
  count: random.int(1, 5),
  ms: random.int(50, 2_000),
})

/** Details that hurt; a kind without any strikes once, wherever it meets something. Times are wall ms. */
const DETAILS: Partial<Record<FaultKind, (random: Random) => Details>> = {
  loseReplyAfterAccept: order,
  loseRequestBeforeAccept: order,
  delayReply: (random) => ({ ...order(random), ms: random.int(200, 4_000) }),
  throttleGhost: order,
  throttle: order,
  pushBeforeReply: (random) => ({ ...order(random), ms: random.int(50, 1_000) }),
  serverError: (random) => ({ ...order(random), mode: random.pick(['html', 'empty', 'taken']) }),
  emptyBalance: (random) => ({ count: random.int(2, 8) }),
  phantomHolding: (random) => ({ mode: random.pick(['stranger', 'twice']), count: 1 }),
  repeatPage: (random) => ({ apiId: random.pick(QUESTIONS), count: 2 }),
  delayPush: push,
  duplicatePush: push,
  reorderPush: push,
  corruptFrame: push,
  killDuringFill: (random) => ({ count: random.int(1, 2) }),
  extraFields: (random) => ({ apiId: random.pick([...ORDERS, ...QUESTIONS, ...PUSHES]), count: 20 }),
  missingFields: (random) => ({ apiId: random.pick([...QUESTIONS, ...PUSHES]), count: random.int(1, 2) }),
  maintenance: (random) => ({ ms: random.int(2_000, 8_000) }),
  clockSkew: (random) => ({ ms: random.int(-30_000, 30_000) }),
}

/** Faults for ever: each kind once in a random order, then all again in another. */
export function createTroubles(random: Random): () => Fault {
  let left: FaultKind[] = []
  return () => {
    if (left.length === 0) left = Object.keys(FAULTS).filter(isFaultKind)
    const [kind = 'dropSocket'] = left.splice(random.int(0, left.length - 1), 1)
    return { kind, count: 1, ...DETAILS[kind]?.(random) }
  }
}
