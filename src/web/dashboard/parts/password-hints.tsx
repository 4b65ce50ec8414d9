import type { ReactNode } from 'react'
import { useSay } from '../state/say.ts'
import './password-hints.css'
import { PASSWORD_MIN, passwordHints } from './password-rules.ts'

/** What a new password needs, ticked off while it is typed. */
export function PasswordHints({ password, name }: { readonly password: string; readonly name: string }) {
  const say = useSay()
  const { isLong, isWithoutName } = passwordHints(password, name)
  return (
    <span className="password-hints">
      <Hint isMet={isLong}>{say(`${PASSWORD_MIN}자 이상`, `${PASSWORD_MIN} characters or more`)}</Hint>
      <Hint isMet={isWithoutName}>{say('이름이 들어 있지 않음', 'without the name')}</Hint>
      <span>
        {say('낱말 몇 개를 이은 긴 문장이 가장 좋습니다.', 'A long phrase of several words is best.')}
      </span>
    </span>
  )
}

const Hint = ({ isMet, children }: { readonly isMet: boolean; readonly children: ReactNode }) => (
  <span className={isMet ? 'met' : undefined}>
    <span aria-hidden="true">{isMet ? '✓' : '·'}</span> {children}
  </span>
)
