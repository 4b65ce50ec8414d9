import type { ReactNode } from 'react'
import { Card } from '../../parts/card.tsx'
import { useLive } from '../../state/live.ts'
import { count, lasting } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay } from '../../state/say.ts'
import { useNow } from '../../state/use-now.ts'
import { healthTones, type Tone } from './view.ts'

const HASH_SHOWN = 8

/** The lines everything hangs on: market data, the broker's account, the trader's record. */
export function Health() {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const now = useNow()
  const skewMs = useLive((live) => live.skewMs)
  const isLive = useLive(({ connection }) => connection === 'live')
  const state = useLive((live) => live.state)
  if (!state) return null
  const { health, desk } = state
  const tones = healthTones(state, now + skewMs, isLive)
  const { counts } = desk
  return (
    <Card title={say('상태', 'Health')} flush>
      <dl className="health-list">
        <Line tone={tones.feed} name={say('시세', 'Market data')}>
          {say(
            `실시간 ${count(health.registered)}/${count(health.slots)} · 조회 ${count(health.polled)}`,
            `${count(health.registered)} of ${count(health.slots)} live, ${count(health.polled)} polled`,
          )}
          {tones.feed !== 'good' && ` · ${lasting(tones.feedAgeMs, language)} ${health.feedDetail}`}
        </Line>
        <Line tone={tones.broker} name={say('증권사', 'Broker')}>
          {desk.accountKnown
            ? desk.corrections === 0
              ? say('계좌와 장부가 같습니다', 'Account and books agree')
              : say(
                  `밖에서 ${count(desk.corrections)}원 바뀜`,
                  `${count(desk.corrections)} KRW changed elsewhere`,
                )
            : say('계좌를 읽는 중', 'Reading the account')}
        </Line>
        <Line tone={tones.trader} name={say('매매', 'Trader')}>
          {say(`지연 ${count(Math.round(tones.lagMs))}ms`, `${count(Math.round(tones.lagMs))} ms behind`)}
          {` · ${say('주문', 'orders')} ${count(counts.orders)} · ${say('체결', 'fills')} ${count(counts.fills)}`}
          {counts.alerts > 0 && ` · ${say('경보', 'alerts')} ${count(counts.alerts)}`}
        </Line>
        <Line tone={tones.trader} name={say('기록', 'Record')}>
          {say(`사건 ${count(counts.events)}건`, `${count(counts.events)} events`)} ·{' '}
          <code title={say('결정의 지문', 'Fingerprint of the decisions')}>
            {desk.decisionHash.slice(0, HASH_SHOWN)}
          </code>
        </Line>
      </dl>
    </Card>
  )
}

function Line({
  tone,
  name,
  children,
}: {
  readonly tone: Tone
  readonly name: string
  readonly children: ReactNode
}) {
  const say = useSay()
  const words = { good: say('정상', 'ok'), warn: say('주의', 'look'), bad: say('끊김', 'down') }
  return (
    <div>
      <dt>
        <span className={`dot ${tone}`} aria-hidden="true" />
        {name} <span className="quiet">{words[tone]}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
