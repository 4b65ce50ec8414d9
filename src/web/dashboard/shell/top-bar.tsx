import { command } from '../api/command.ts'
import { type HealthTones, healthTones } from '../pages/today/view.ts'
import { useLive } from '../state/live.ts'
import { useMay } from '../state/may.ts'
import { clockText, lasting } from '../state/numbers.ts'
import { usePreferences } from '../state/preferences.ts'
import { useSay, useSentence } from '../state/say.ts'
import { useNow } from '../state/use-now.ts'
import { EmergencyButton } from './emergency.tsx'

/** The session's clock, the health of the lines, and the stop: in sight on every page. */
export function TopBar() {
  const say = useSay()
  return (
    <header className="top">
      <ConnectionDot />
      <SessionClock />
      <HealthDots />
      <div className="row push">
        <Switches />
        <span className="wide-only">
          <EmergencyButton />
        </span>
      </div>
      <span className="unseen">{say('가람 자동매매', 'Garam trading')}</span>
    </header>
  )
}

function SessionClock() {
  const clock = useLive(({ state }) => state?.clock)
  const language = usePreferences((preferences) => preferences.language)
  const sentence = useSentence()
  const say = useSay()
  if (!clock) return <span className="clock quiet">--:--:--</span>
  const next = clock.next
  return (
    <>
      <span className="clock live-figures">{clockText(clock.now)}</span>
      <span className="phase live-figures" title={next && `${clockText(next.at)} ${sentence(next.name)}`}>
        <strong>{sentence(clock.phaseName)}</strong>
        <small>
          {next
            ? say(
                `${lasting(next.at - clock.now, language)} 뒤 ${next.name.ko}`,
                `${next.name.en} in ${lasting(next.at - clock.now, language)}`,
              )
            : clock.day}
          {clock.speed !== 1 && ` · ${clock.speed}×`}
        </small>
      </span>
    </>
  )
}

function useTones(): HealthTones | undefined {
  const now = useNow()
  const skewMs = useLive((live) => live.skewMs)
  const isLive = useLive(({ connection }) => connection === 'live')
  const state = useLive((live) => live.state)
  return state && healthTones(state, now + skewMs, isLive)
}

/** On a phone, where the words have no room: one dot for the whole way from the market to this screen. */
function ConnectionDot() {
  const say = useSay()
  const { feed, trader } = useTones() ?? { feed: 'bad', trader: 'bad' }
  const [tone, words] =
    trader === 'bad'
      ? ['bad', say('연결 끊김', 'Not connected')]
      : feed !== 'good'
        ? ['warn', say('시세 없음', 'No market data')]
        : trader === 'warn'
          ? ['warn', say('매매 느림', 'Trader slow')]
          : ['good', say('실시간', 'Live')]
  return (
    <span className="phone-only connection-dot" title={words}>
      <span className={`dot ${tone}`} />
      <span className="unseen">{words}</span>
    </span>
  )
}

/** Feed and trader: a colour is never alone, each has its word. */
function HealthDots() {
  const say = useSay()
  const detail = useLive(({ state }) => state?.health.feedDetail)
  const tones = useTones()
  if (!tones) return null
  const feed = { good: say('정상', 'ok'), warn: say('대기', 'waiting'), bad: say('끊김', 'down') }
  const trader = { good: say('정상', 'ok'), warn: say('느림', 'slow'), bad: say('끊김', 'down') }
  return (
    <span className="row health">
      <span className="row" title={detail}>
        <span className={`dot ${tones.feed}`} />
        {say('시세', 'Feed')} {feed[tones.feed]}
      </span>
      <span className="row">
        <span className={`dot ${tones.trader}`} />
        {say('매매', 'Trader')} {trader[tones.trader]}
      </span>
    </span>
  )
}

const ENVIRONMENTS = {
  simulated: { ko: '시뮬레이션', en: 'Simulated' },
  paper: { ko: '모의투자', en: 'Paper' },
  live: { ko: '실전', en: 'Live money' },
} as const

/** What is switched off stays in sight until somebody switches it on again. */
function Switches() {
  const say = useSay()
  const sentence = useSentence()
  const desk = useLive(({ state }) => state?.desk)
  const mayTrade = useMay('trade')
  if (!desk) return null
  return (
    <>
      {!mayTrade && <span className="chip">{say('보기 전용', 'View only')}</span>}
      <span className={desk.environment === 'live' ? 'chip bad' : 'chip accent'}>
        {sentence(ENVIRONMENTS[desk.environment])}
      </span>
      {desk.halt !== 'active' && (
        <button
          type="button"
          className="button small"
          disabled={!mayTrade}
          onClick={() => void command({ do: 'resume' })}
        >
          {desk.halt === 'halted'
            ? say('정지됨 · 풀기', 'Halted · resume')
            : say('매도만 · 풀기', 'Reducing · resume')}
        </button>
      )}
      {desk.buyingPaused && (
        <button
          type="button"
          className="button small"
          disabled={!mayTrade}
          onClick={() => void command({ do: 'resumeBuying' })}
        >
          {say('매수 멈춤 · 재개', 'Buying paused · resume')}
        </button>
      )}
    </>
  )
}
