import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../std/clock.ts'
import { every } from '../system.ts'
import type { RunningTrader } from '../trader.ts'

/** What protects a position now. `broker`: an order rests there that works without us. */
const PROTECTIONS = ['trader', 'broker', 'none'] as const

const heartbeat = z.object({
  /** Wall instant of this beat. */
  at: z.int(),
  pid: z.int(),
  /** `ended`: the person stopped it; nobody watches from then on, and nobody is alarmed. */
  state: z.enum(['trading', 'alone', 'halted', 'ended']),
  positions: z.array(
    z.object({
      instrument: z.string(),
      name: z.string(),
      quantity: z.int(),
      /** Won; 0 when no stop is set. */
      stopPrice: z.int(),
      protection: z.enum(PROTECTIONS),
    }),
  ),
})
export type Heartbeat = z.infer<typeof heartbeat>

const FILE = 'heartbeat.json'
/** Wall. */
const BEAT_EVERY_MS = 1_000

/** The last beat of whoever traded into that folder; `undefined` when nobody did or it cannot be read. */
export async function readHeartbeat(folder: string): Promise<Heartbeat | undefined> {
  try {
    return heartbeat.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8')))
  } catch {
    return undefined
  }
}

export interface HeartbeatWriter {
  /** The supervisor is gone: the trader goes on alone. */
  alone(): void
  /** The last word: stopped on purpose. */
  end(): Promise<void>
}

/**
 * Writes once a second that the trader lives, what it holds and what protects each. A file beside the journal, replaced
 * whole, so that a reader sees one beat or the next and never half of one.
 */
export function startHeartbeat(options: {
  readonly trader: RunningTrader
  readonly folder: string
  readonly wall: Clock
  /** The disk takes no beat: said once until it does again. */
  readonly onTrouble: (error: unknown) => void
}): HeartbeatWriter {
  const { trader, folder, wall } = options
  let isAlone = false
  let failed = false
  let writing: Promise<void> | undefined

  const write = async (ended: boolean) => {
    const path = join(folder, FILE)
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(`${path}.new`, `${JSON.stringify(beatOf(trader, wall.now(), isAlone, ended))}\n`)
      await rename(`${path}.new`, path)
      failed = false
    } catch (error) {
      if (!failed) options.onTrouble(error)
      failed = true
    }
  }

  /** A slow disk delays the next beat; they never pile up. */
  const beat = () => {
    writing ??= write(false).finally(() => {
      writing = undefined
    })
  }
  beat()
  const cancel = every(wall, BEAT_EVERY_MS, beat)

  return {
    alone: () => {
      isAlone = true
    },
    end: async () => {
      cancel()
      await writing
      await write(true)
    },
  }
}

function beatOf(trader: RunningTrader, at: number, isAlone: boolean, ended: boolean): Heartbeat {
  const view = trader.view()
  const halted = view.halt === 'halted'
  return {
    at,
    pid: process.pid,
    state: ended ? 'ended' : halted ? 'halted' : isAlone ? 'alone' : 'trading',
    positions: view.positions.map(({ instrument, name, quantity, stopPrice, atBroker }) => ({
      instrument,
      name,
      quantity,
      stopPrice,
      // A stop-limit that rests at the venue works without us; at KRX there is none, and the trader itself is the stop.
      protection:
        (atBroker?.quantity ?? 0) >= quantity
          ? 'broker'
          : stopPrice > 0 && !halted && !ended
            ? 'trader'
            : 'none',
    })),
  }
}
