/**
 * What went wrong at a party, told apart by what the caller may do next:
 * `rejected` is final; `throttled` never reached the book and may be repeated after `retryAfterMs`; `inDoubt` may be
 * live, only the venue's order list settles it. `unavailable` is a query that got no usable answer: unknown, not empty.
 */
export type VenueError =
  | { readonly kind: 'rejected'; readonly code: string; readonly text: string }
  | {
      readonly kind: 'throttled'
      readonly code: string
      readonly text: string
      readonly retryAfterMs: number
    }
  | { readonly kind: 'inDoubt'; readonly code: string; readonly text: string }
  | { readonly kind: 'unavailable'; readonly code: string; readonly text: string }
