import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useSecondFactor } from '../api/second-factor.ts'
import { sessionQuery } from '../api/session.ts'
import { useSay } from '../state/say.ts'
import { FactorForm } from './factor-form.tsx'
import { Sheet } from './sheet.tsx'

/** Asks for the second factor when a call was refused for want of one; the call is repeated after it. */
export function SecondFactorPrompt() {
  const { asked, settle } = useSecondFactor()
  if (asked === undefined) return null
  return asked === 'needed' ? <Needed settle={settle} /> : <Missing settle={settle} />
}

interface Asking {
  readonly settle: (isGiven: boolean) => void
}

function Needed({ settle }: Asking) {
  const say = useSay()
  const { data: session } = useQuery(sessionQuery)
  if (!session?.factors) return null
  return (
    <Sheet title={say('2단계 인증', 'Second factor')} onClose={() => settle(false)}>
      <p className="quiet">
        {say(
          '방금 하려던 일은 위험을 늘리거나 계정을 바꿉니다. 한 번 확인하면 10분 동안 묻지 않습니다.',
          'What you asked for raises the risk or changes an account. Once confirmed, it is not asked for ten minutes.',
        )}
      </p>
      <FactorForm factors={session.factors} onGiven={() => settle(true)}>
        <button type="button" className="button small" onClick={() => settle(false)}>
          {say('하지 않기', 'Do not do it')}
        </button>
      </FactorForm>
    </Sheet>
  )
}

function Missing({ settle }: Asking) {
  const say = useSay()
  return (
    <Sheet
      title={say('2단계 인증이 없습니다', 'There is no second factor')}
      onClose={() => settle(false)}
      foot={
        <Link href="/settings#account" className="button primary" onClick={() => settle(false)}>
          {say('2단계 인증 등록하기', 'Add a second factor')}
        </Link>
      }
    >
      <p>
        {say(
          '사는 것, 정지를 푸는 것, 설정과 사용자를 바꾸는 것은 2단계 인증이 있는 계정만 할 수 있습니다. 인증 앱이나 패스키를 1분이면 등록합니다.',
          'Buying, lifting a stop, and changing settings or users need an account with a second factor. An authenticator app or a passkey is added in a minute.',
        )}
      </p>
      <p className="quiet">
        {say('멈추기, 취소하기, 팔기는 언제나 됩니다.', 'Stopping, cancelling and selling always work.')}
      </p>
    </Sheet>
  )
}
