import { STOP_PRICE } from '../../../bench/held-settings.ts'
import { openLine } from '../../../bench/line.ts'
import { SYMBOLS } from '../../../bench/line-frames.ts'
import { every, wallClock } from '../../../src/apps/system.ts'
import { kstClock } from '../../../src/model/time.ts'
import { startChild } from '../hours/child.ts'
import type { Figures, TraderCalls } from './trader-child.ts'

/** A broker's line and a trader on it, each a process of its own, with 95 symbols that tick. */
export interface Side {
  /** From the tick that reaches a stop to the order request at the broker, µs. Sells one of the 95 positions. */
  sample(): Promise<number>
  figures(): Promise<Figures>
  /** Its heap after a full collection, bytes. */
  heap(): Promise<number>
  close(): Promise<void>
}

/** In all, as the issue asks. */
const TICKS_PER_SECOND = 2_000
const SECOND_MS = 1_000

export async function openSide(folder: string, trouble: (text: string) => void): Promise<Side> {
  const line = await openLine(['fills'])
  const trader = startChild<TraderCalls>(new URL('trader-child.ts', import.meta.url).href, trouble)
  let still = () => {}
  const close = async () => {
    still()
    await trader.call('stop').catch((error: Error) => trouble(error.message))
    await trader.end()
    line.close()
  }
  try {
    await trader.call('start', line.port, folder)
    const market = await trader.call('inRealTime')
    const origin = wallClock.now()
    const at = () => kstClock(market + wallClock.now() - origin).replaceAll(':', '')
    const stream = () => line.stream(TICKS_PER_SECOND, at())
    stream()
    still = every(wallClock, SECOND_MS, stream)
    let sold = 0
    const sample = async () => {
      const symbol = SYMBOLS[sold++]
      if (symbol === undefined) throw new Error('every position is sold')
      const ordered = line.nextOrder()
      const from = await line.send({
        to: 'trader',
        do: 'tick',
        symbol,
        price: STOP_PRICE,
        at: at(),
        before: 0,
      })
      return Number((await ordered) - from) / 1_000
    }
    return {
      sample,
      figures: () => trader.call('figures'),
      heap: async () => (await trader.call('memory', true)).heapUsed,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
