import type { VenueError } from '../../../model/venue-error.ts'
import type { Bus } from '../../../ports/bus.ts'
import { err, ok } from '../../../std/result.ts'
import type { KiwoomHttp } from '../http.ts'
import { queryQuestion } from './topics.ts'

const PATIENCE_MS = 60_000

const noAnswer = (why: string): VenueError => ({ kind: 'unavailable', code: 'noQueryProcess', text: why })

/** Queries for a process that has no way of its own: without the query process they fail. */
export const createRemoteQueries = (bus: Bus): Pick<KiwoomHttp, 'query'> => ({
  query: async (api, body, urgency) => {
    const answer = await bus.ask(queryQuestion, { api, body, urgency }, PATIENCE_MS)
    if (!answer.ok) return err(noAnswer(answer.error.why))
    return answer.value.ok ? ok(answer.value.value ?? undefined) : answer.value
  },
})
