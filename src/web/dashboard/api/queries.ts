import { QueryClient } from '@tanstack/react-query'

/** What was asked of the server, kept for a moment. */
export const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 5_000 } },
})
