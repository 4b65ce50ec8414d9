import type { ReactNode } from 'react'
import type { CommandMessage } from '../../../contract/commands.ts'
import { command } from '../../api/command.ts'
import { Card } from '../../parts/card.tsx'
import { HoldButton } from '../../parts/hold-button.tsx'
import { Loading } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useMay } from '../../state/may.ts'
import { useSay } from '../../state/say.ts'

type Switch = (CommandMessage & {
  readonly do: 'pauseBuying' | 'resumeBuying' | 'reduceOnly' | 'stop' | 'resume'
})['do']

/** The switches from "everything" to "nothing", and where they stand. Each is held to act. */
export function Controls() {
  const say = useSay()
  const desk = useLive(({ state }) => state?.desk)
  const working = useLive(({ state }) => Object.keys(state?.orders ?? {}).length)
  if (!desk)
    return (
      <Card title={say('매매 스위치', 'Trading switch')}>
        <Loading />
      </Card>
    )
  const { halt, buyingPaused } = desk
  const state =
    halt === 'halted' ? 'halted' : halt === 'reducing' ? 'reducing' : buyingPaused ? 'paused' : 'active'
  const words = {
    active: [
      say('정상 매매', 'Trading'),
      say('매수와 매도가 모두 나갑니다.', 'Buys and sales leave.'),
      'good',
    ],
    paused: [
      say('매수 멈춤', 'Buying paused'),
      say('새로 사지 않습니다. 손절과 매도는 나갑니다.', 'Nothing new is bought; stops and sales leave.'),
      'warn',
    ],
    reducing: [say('매도만', 'Reduce only'), say('파는 주문만 나갑니다.', 'Only sales leave.'), 'warn'],
    halted: [
      say('완전 정지', 'Halted'),
      say('아무 주문도 나가지 않습니다. 손절도 나가지 않습니다.', 'Nothing leaves, not even a stop-loss.'),
      'bad',
    ],
  } as const
  const [title, meaning, tone] = words[state]
  return (
    <Card title={say('매매 스위치', 'Trading switch')} className="span-4">
      <div className="stack switches">
        <p className={`switch-state ${tone}`} role="status">
          <span className={`dot ${tone}`} />
          <span>
            <strong>{title}</strong>
            <small>{meaning}</small>
          </span>
        </p>
        {buyingPaused ? (
          <Held does="resumeBuying" isOff={halt !== 'active'}>
            {say('매수 재개', 'Resume buying')}
          </Held>
        ) : (
          <Held does="pauseBuying" isOff={halt === 'halted'}>
            {say('매수 일시정지', 'Pause buying')}
          </Held>
        )}
        <Held does="reduceOnly" isOff={halt !== 'active'}>
          {say('매도만 허용', 'Reduce only')}
        </Held>
        <Held does="stop" isOff={halt === 'halted'} className="danger">
          {say(`완전 정지 (미체결 ${working}건 취소)`, `Halt (cancels ${working} orders)`)}
        </Held>
        {halt !== 'active' && (
          <Held does="resume" className="primary">
            {say('정지 풀기', 'Lift the stop')}
          </Held>
        )}
        <p className="quiet">
          {say(
            '버튼을 1.2초 누르고 있으면 실행됩니다. 다시 켜는 쪽은 2단계 인증을 물을 수 있습니다.',
            'Hold a button for 1.2 s. Switching on again may ask for the second factor.',
          )}
        </p>
      </div>
    </Card>
  )
}

function Held(props: {
  readonly does: Switch
  readonly isOff?: boolean
  readonly className?: string
  readonly children: ReactNode
}) {
  const say = useSay()
  const mayTrade = useMay('trade')
  return (
    <HoldButton
      className={props.className ?? ''}
      disabled={!mayTrade || (props.isOff ?? false)}
      label={say('누르고 있으면 실행됩니다', 'Hold to act')}
      onHeld={() => command({ do: props.does })}
    >
      {props.children}
    </HoldButton>
  )
}
