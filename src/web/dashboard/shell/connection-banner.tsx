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
  const { connection, heardAt, skewMs, state } = useLive()
  if (connection === 'stale' || (connection === 'connecting' && heardAt > 0)) {
    const age = lasting(now - heardAt, language)
    return (
      <div className="banner bad" role="alert">
        {say(
          `연결이 끊겼습니다. 화면의 값은 ${age} 전의 것입니다. 다시 잇는 중…`,
          `Connection lost. What you see is ${age} old. Reconnecting…`,
        )}
      </div>
    )
  }
  if (state?.health.line === 'down') {
    const age = lasting(now + skewMs - state.health.shownAt, language)
    return (
      <div className="banner bad" role="alert">
        {say(
          `매매 프로세스와 연결이 끊겼습니다. 값은 ${age} 전의 것이고 명령이 전달되지 않습니다.`,
          `The trader cannot be reached. Figures are ${age} old and commands do not get through.`,
        )}
      </div>
    )
  }
  if (state && state.health.feed !== 'live')
    return (
      <div className="banner warn" role="status">
        {say(
          `시세가 ${state.health.feed === 'connecting' ? '연결 중' : '끊겨 있'}습니다: ${state.health.feedDetail}`,
          `The feed is ${state.health.feed}: ${state.health.feedDetail}`,
        )}
      </div>
    )
  return null
}
