import { PushToggle } from '../../../parts/push-toggle.tsx'
import { useSay } from '../../../state/say.ts'

/** 알림: of this browser, each device for itself. */
export function NotificationsSection() {
  const say = useSay()
  return (
    <div className="stack">
      <p className="quiet">
        {say(
          '화면을 닫아도 손절, 정지, 연결 끊김을 이 기기로 알려 줍니다. 기기마다 따로 켭니다.',
          'Stops, halts and lost lines are told to this device even when the screen is closed. Each device has its own switch.',
        )}
      </p>
      <PushToggle />
    </div>
  )
}
