import { z } from 'zod'
import { type Clock, type EpochMs, sleep } from '../../std/clock.ts'
import {
  type EstimateMessage,
  estimateSchema,
  type ReadingMessage,
  readingSchema,
  riskSchema,
} from '../contract/risk.ts'
import type { BarStore } from './bar-store.ts'
import type { DeskLine, DeskShown } from './desk-line.ts'
import { estimate } from './risk-estimate.ts'
import { riskMessage } from './risk-use.ts'
import type { Routes } from './routes.ts'
import { unavailable } from './trouble.ts'

export interface RiskOptions {
  readonly line: DeskLine
  readonly bars: BarStore
  readonly wall: Clock
}

/** The estimate is made at most so often, wall ms. */
const ESTIMATE_EVERY_MS = 60_000
/** So long an answer may take, wall ms. */
const PATIENCE_MS = 2_000
const NOT_YET = { ko: '매매 프로세스를 아직 보지 못했습니다', en: 'The trader has not shown itself yet' }

/** How much of what is allowed is used, and how much may be lost. */
export const riskRoutes =
  (options: RiskOptions): Routes =>
  (server) => {
    const { line } = options
    const shown = (): DeskShown => {
      const now = line.shown()
      if (!now) throw unavailable(NOT_YET)
      return now
    }
    const estimateNow = createEstimates(options)
    server.get(
      '/risk',
      {
        config: { access: 'read' },
        schema: {
          tags: ['risk'],
          summary: 'Limits and what of them is used, exposure, and the loss if every stop were hit',
          response: { 200: riskSchema },
        },
      },
      async () => riskMessage(shown()),
    )
    server.get(
      '/risk/estimate',
      {
        config: { access: 'read' },
        schema: {
          tags: ['risk'],
          summary:
            'Value at risk and expected shortfall of a day, of daily bars of what is held; made once a minute',
          response: { 200: z.union([estimateSchema, readingSchema]) },
        },
      },
      async () => estimateNow(shown()),
    )
  }

interface Making {
  done: number
  readonly of: number
  readonly estimate: Promise<EstimateMessage>
}

/**
 * One estimate for all who ask, also while it is under way, and none for a while after it is done. Whoever asks waits for it
 * a moment, and is then told how far it is.
 */
function createEstimates({
  bars,
  wall,
}: RiskOptions): (shown: DeskShown) => Promise<EstimateMessage | ReadingMessage> {
  let made: { readonly at: EpochMs; readonly estimate: EstimateMessage } | undefined
  let making: Making | undefined

  const begin = ({ view }: DeskShown): Making => {
    const held = view.positions.map(({ instrument, name, quantity, last, averagePrice }) => ({
      instrument,
      name,
      last,
      value: Math.round((last > 0 ? last : averagePrice) * quantity),
    }))
    const begun: Making = {
      done: 0,
      of: held.length,
      estimate: estimate(held, view.day, bars, wall.now(), () => begun.done++)
        .then((estimate) => {
          made = { at: wall.now(), estimate }
          return estimate
        })
        .finally(() => {
          making = undefined
        }),
    }
    return begun
  }

  return async (shown) => {
    if (made && wall.now() - made.at < ESTIMATE_EVERY_MS) return made.estimate
    making ??= begin(shown)
    const asked = making
    const late = sleep(wall, PATIENCE_MS).then(() => ({ reading: { done: asked.done, of: asked.of } }))
    return Promise.race([asked.estimate, late])
  }
}
