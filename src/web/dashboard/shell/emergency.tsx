import { useState } from 'react'
import { command } from '../api/command.ts'
import { HoldButton } from '../parts/hold-button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useLive } from '../state/live.ts'
import { useMay } from '../state/may.ts'
import { useSay } from '../state/say.ts'
import { Icon } from './icon.tsx'

const STOP_ICON = 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6'

/** The way to the emergency stop, on every page: it opens the choice, and each choice is held to confirm. */
export function EmergencyButton({ asTab }: { readonly asTab?: boolean }) {
  const say = useSay()
  const mayTrade = useMay('trade')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        disabled={!mayTrade}
        title={
          mayTrade ? undefined : say('보기 권한으로는 멈출 수 없습니다', 'A viewer cannot stop the trader')
        }
        className={asTab ? 'stop-tab' : 'button danger'}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-label={say('비상정지', 'Emergency stop')}
      >
        <Icon path={STOP_ICON} />
        {asTab ? say('비상정지', 'Stop') : say('비상정지', 'Emergency stop')}
      </button>
      {open && <EmergencySheet onClose={() => setOpen(false)} />}
    </>
  )
}

function EmergencySheet({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const halt = useLive(({ state }) => state?.desk.halt)
  const held = useLive(({ state }) => Object.keys(state?.positions ?? {}).length)
  const working = useLive(({ state }) => Object.keys(state?.orders ?? {}).length)
  const isAway = useLive(({ connection, state }) => connection !== 'live' || state?.health.line === 'down')
  const give = (wanted: 'flatten' | 'stop' | 'pauseBuying') => () =>
    command({ do: wanted }).then((taken) => taken && onClose())
  return (
    <Sheet title={say('비상정지', 'Emergency stop')} onClose={onClose}>
      <p className="quiet">
        {say(
          `보유 ${held}종목 · 미체결 ${working}건. 버튼을 1.2초 누르고 있어야 실행됩니다.`,
          `${held} positions, ${working} working orders. Hold a button for 1.2 s to act.`,
        )}
      </p>
      {isAway && (
        <p className="note bad" role="alert">
          {say(
            '지금은 가람에 닿지 않습니다. 버튼이 듣지 않으면 증권사 앱에서 직접 취소하고 팔거나, 가람이 켜진 컴퓨터에서 garam stop을 실행하세요.',
            "Garam cannot be reached now. If a button does nothing, cancel and sell in the broker's own app, or run garam stop on the machine Garam runs on.",
          )}
        </p>
      )}
      <div className="stack">
        <HoldButton
          className="danger"
          label={say('누르고 있으면 전량 청산', 'Hold to flatten')}
          onHeld={give('flatten')}
        >
          {say('전량 청산: 미체결 취소, 모두 시장가 매도', 'Flatten: cancel all, sell all at market')}
        </HoldButton>
        <p className="quiet">
          {say(
            '매수는 다시 켤 때까지 멈춥니다. 손절은 계속 지킵니다.',
            'Buying stays paused until you resume it. Stop-losses stay on guard.',
          )}
        </p>
        <HoldButton
          className="danger"
          label={say('누르고 있으면 모든 주문 정지', 'Hold to stop all orders')}
          onHeld={give('stop')}
          disabled={halt === 'halted'}
        >
          {say('완전 정지: 미체결 취소, 아무 주문도 내지 않음', 'Halt: cancel all, nothing leaves any more')}
        </HoldButton>
        <p className="quiet">
          {say(
            '보유 종목은 그대로 남고 손절도 나가지 않습니다.',
            'Positions stay as they are, and not even a stop-loss leaves.',
          )}
        </p>
        <HoldButton
          label={say('누르고 있으면 매수 일시정지', 'Hold to pause buying')}
          onHeld={give('pauseBuying')}
        >
          {say('매수만 일시정지', 'Pause buying only')}
        </HoldButton>
      </div>
    </Sheet>
  )
}
