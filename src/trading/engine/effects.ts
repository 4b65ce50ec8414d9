import type { Refusal } from '../../model/denial.ts'
import type { ConditionId, InstrumentId } from '../../model/ids.ts'
import type {
  AmendRequest,
  CancelRequest,
  ExecutionClient,
  VenueOrder,
} from '../../ports/execution-client.ts'
import type { Want } from '../../ports/market-feed.ts'
import type { Happening } from './view.ts'

/** What should happen, as data; the runner performs it. The decision hash is taken over all of them. */
export type Effect =
  | { readonly do: 'place'; readonly order: VenueOrder }
  | { readonly do: 'amend'; readonly order: AmendRequest }
  | { readonly do: 'cancel'; readonly order: CancelRequest }
  | { readonly do: 'ask'; readonly order: Parameters<ExecutionClient['ask']>[0] }
  | { readonly do: 'askAccount' }
  | { readonly do: 'describe'; readonly instrument: InstrumentId }
  | { readonly do: 'want'; readonly wants: readonly Want[] }
  | { readonly do: 'follow'; readonly conditions: readonly ConditionId[] }
  /** A candidate that did not become an order, with the first refusing rule. */
  | { readonly do: 'refuse'; readonly refusal: Refusal }
  | { readonly do: 'tell'; readonly happening: Happening }

/** Must be durable before it is performed: it moves money or takes protection away. */
export const isOrderEffect = (effect: Effect): boolean =>
  effect.do === 'place' || effect.do === 'amend' || effect.do === 'cancel'
