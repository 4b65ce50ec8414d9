import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { mend } from './api/client.ts'
import { queries } from './api/queries.ts'
import { askSecondFactor, tellSecondFactor, useSecondFactor } from './api/second-factor.ts'
import { renewSession, sessionQuery } from './api/session.ts'
import { ErrorNote, Loading } from './parts/notes.tsx'
import { SecondFactorPrompt } from './parts/second-factor.tsx'
import { PageGuard } from './shell/page-guard.tsx'
import { Shell } from './shell/shell.tsx'
import { useEntry } from './state/entry.ts'
import { endLive, startLive, useLive } from './state/live.ts'

mend('second-factor-needed', askSecondFactor)
mend('second-factor-missing', tellSecondFactor)
mend('sign-in-needed', renewSession)
mend('csrf-token-needed', renewSession)

const SignInPage = lazy(async () => ({
  default: (await import('./pages/sign-in/page.tsx')).SignInPage,
}))

export const App = () => (
  <QueryClientProvider client={queries}>
    <Door />
  </QueryClientProvider>
)

const LOOK_AGAIN_MS = 10_000

/** Nobody without a session sees more than the way to one. */
function Door() {
  const connection = useLive((live) => live.connection)
  const {
    data: session,
    error,
    refetch,
  } = useQuery({
    ...sessionQuery,
    // A line that cannot be opened again may mean that the session has ended meanwhile.
    refetchInterval: connection === 'stale' ? LOOK_AGAIN_MS : false,
  })
  const isEntering = useEntry(({ token }) => token !== undefined)
  const isIn = session?.state === 'signed-in'
  const [wasIn, setWasIn] = useState(false)
  useEffect(() => {
    if (!isIn) return
    setWasIn(true)
    startLive()
    return () => {
      endLive()
      useSecondFactor.getState().settle(false)
    }
  }, [isIn])
  useEffect(() => {
    // What happened while the line was cut is with the server alone.
    if (connection === 'stale') return () => void queries.invalidateQueries()
  }, [connection])
  useEffect(() => {
    if (connection !== 'signedOut') return
    // Signed in anew in another tab: the line of the old session ended, and another one may be opened.
    const look = () =>
      void refetch().then(({ data, isSuccess }) => isSuccess && data.state === 'signed-in' && startLive())
    look()
    const timer = setInterval(look, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [connection, refetch])
  if (isIn && !isEntering)
    return (
      <>
        <Shell />
        <SecondFactorPrompt />
      </>
    )
  if (session)
    return (
      <PageGuard page={session.state}>
        <Suspense fallback={<Loading />}>
          <SignInPage session={session} hasEnded={wasIn && !isIn} />
        </Suspense>
      </PageGuard>
    )
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  return <Loading />
}
