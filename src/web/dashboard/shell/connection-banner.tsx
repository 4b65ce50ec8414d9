import type { ReactNode } from 'react'
import { STALE_AFTER_MS } from '../../contract/beat.ts'
import { useLive } from '../state/live.ts'
import { lasting } from '../state/numbers.ts'
import { usePreferences } from '../state/preferences.ts'
import { useSay } from '../state/say.ts'
import { useNow } from '../state/use-now.ts'

/** Says that what is on the screen is old, how old, and whose line it is. */
export function ConnectionBanner() {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const now = useNow()
  const { connection, heardAt, wantedAt, skewMs, state } = useLive()
  const old = lasting(now - heardAt, language)
  if (connection === 'signedOut')
    return (
      <Banner age={heardAt > 0 && say(`화면의 값은 ${old} 전의 것입니다.`, `What you see is ${old} old.`)}>
        {say('로그인이 끝났습니다. 다시 확인하는 중…', 'The session has ended. Looking again…')}
      </Banner>
    )
  if (connection !== 'live' && heardAt > 0)
    return (
      <Banner age={say(`화면의 값은 ${old} 전의 것입니다.`, `What you see is ${old} old.`)}>
        {say('연결이 끊겼습니다. 다시 잇는 중…', 'Connection lost. Reconnecting…')}
      </Banner>
    )
  if (connection !== 'live')
    return wantedAt > 0 && now - wantedAt > STALE_AFTER_MS ? (
      <Banner>
        {say(
          '실시간 연결이 아직 열리지 않습니다. 계속 시도하는 중…',
          'The live line does not open yet. Trying on…',
        )}
      </Banner>
    ) : null
  if (state?.health.line === 'down') {
    const age = lasting(now + skewMs - state.health.shownAt, language)
    return (
      <Banner age={say(`화면의 값은 ${age} 전의 것입니다.`, `Figures are ${age} old.`)}>
        {say(
          '매매 프로세스와 연결이 끊겨 명령이 전달되지 않습니다.',
          'The trader cannot be reached, and commands do not get through.',
        )}
      </Banner>
    )
  }
  if (!state || state.health.feed === 'live') return null
  const { feed, feedDetail } = state.health
  return (
    <div className="banner warn" role="status">
      {feed === 'connecting'
        ? say('시세에 연결하는 중입니다', 'Market data is being connected')
        : say('시세가 끊겨 있습니다', 'Market data is cut off')}
      {feedDetail !== '' && `: ${feedDetail}`}
    </div>
  )
}

/** Stays in sight while the page is scrolled. The age counts for the eye alone: read aloud it would drown everything else. */
const Banner = ({ age, children }: { readonly age?: string | false; readonly children: ReactNode }) => (
  <div className="banner bad" role="alert">
    <span>{children}</span>
    {age && (
      <span role="timer" aria-live="off">
        {age}
      </span>
    )}
  </div>
)
