import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { type StrategyKind, strategyKindsSchema } from '../contract/strategies.ts'
import type { Routes } from './routes.ts'

/** The strategies that come with Garam, and what can be turned on each. */
export const strategyRoutes = (): Routes => (server) => {
  const kinds = STRATEGIES.map(kindOf)
  server.get(
    '/strategies/kinds',
    {
      config: { access: 'read' },
      schema: {
        tags: ['strategies'],
        summary: 'The strategies that come with Garam, with their parameters, ranges and defaults',
        response: { 200: strategyKindsSchema },
      },
    },
    async () => ({ kinds }),
  )
}

function kindOf({ id, title, parameters, start }: Strategy): StrategyKind {
  const needs = start({}, [])
  const { interval, warmUpBars } = needs.ok ? needs.value.needs : { interval: undefined, warmUpBars: 0 }
  return {
    ...{ id, title, warmUpBars },
    ...(interval !== undefined && { interval }),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, parameter]) => [
        key,
        parameter.kind === 'choice' ? { ...parameter, of: [...parameter.of] } : parameter,
      ]),
    ),
  }
}
