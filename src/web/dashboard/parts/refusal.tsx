import { ApiProblem } from '../api/client.ts'
import { lasting } from '../state/numbers.ts'
import { usePreferences } from '../state/preferences.ts'
import { useSay } from '../state/say.ts'
import { useNow } from '../state/use-now.ts'
import { ErrorNote } from './notes.tsx'

/** How long until what was refused may be tried again, ms; 0: now. */
export function useWaitMs(error: unknown): number {
  const now = useNow()
  return error instanceof ApiProblem && error.againAt !== undefined ? Math.max(0, error.againAt - now) : 0
}

/** Why it was not done, in the server's words, and how long it is closed. */
export function Refusal({ error }: { readonly error: unknown }) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const leftMs = useWaitMs(error)
  const left = lasting(leftMs + 999, language)
  return (
    <div className="stack">
      <ErrorNote error={error} />
      {leftMs > 0 && (
        // Counts down for the eye alone: read aloud twice a second it would drown everything else.
        <p role="timer" aria-live="off">
          {say('다시 할 수 있을 때까지 ', 'It can be tried again in ')}
          <strong>{left}</strong>
        </p>
      )}
    </div>
  )
}
