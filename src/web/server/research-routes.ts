import { z } from 'zod'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import {
  catalogReplySchema,
  costsRequestSchema,
  costsSchema,
  dataSetNameSchema,
  listedNameSchema,
  type PlayableStrategy,
  playableSchema,
  trialLedgerSchema,
} from '../contract/backtest.ts'
import type { Research } from './research.ts'
import type { Server } from './routes.ts'
import { trialOverview } from './trial-overview.ts'
import { orRefuse } from './trouble.ts'

/** What there is to play, and what was tried. */
export function researchRoutes(server: Server, research: Research): void {
  server.get(
    '/catalog',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'Sets of bars on this machine: symbols, interval, span',
        response: { 200: catalogReplySchema },
      },
    },
    async () => {
      const { sets, indexes } = await research.sets()
      return { sets: [...sets], indexes: [...indexes] }
    },
  )
  server.get(
    '/catalog/names',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'Names that traded in the last days of a set',
        querystring: z.object({ set: dataSetNameSchema }),
        response: { 200: z.object({ names: z.array(listedNameSchema) }) },
      },
    },
    async ({ query }) => ({ names: [...orRefuse(await research.names(query.set))] }),
  )
  server.get(
    '/backtests/strategies',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'What can be played: strategies with their parameters, and strategy files',
        response: { 200: playableSchema },
      },
    },
    async () => ({
      strategies: STRATEGIES.map(({ id, title, parameters }) => ({
        id,
        title,
        parameters: parameters as PlayableStrategy['parameters'],
      })),
      files: [...(await research.files())],
    }),
  )
  server.post(
    '/backtests/costs',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'What one purchase with its sale costs, before anything is earned',
        body: costsRequestSchema,
        response: { 200: costsSchema },
      },
    },
    async ({ body }) => orRefuse(await research.costs(body)),
  )
  server.get(
    '/trials',
    {
      config: { access: 'read' },
      schema: {
        tags: ['backtest'],
        summary: 'Everything that was ever tried, and the Sharpe ratio so many trials ask for',
        response: { 200: trialLedgerSchema },
      },
    },
    async () => trialOverview(await research.ledger()),
  )
}
