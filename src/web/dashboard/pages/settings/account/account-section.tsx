import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sessionQuery } from '../../../api/session.ts'
import { useSay, useSentence } from '../../../state/say.ts'
import { Group } from '../form-sections.tsx'
import { Devices } from './devices.tsx'
import { PasswordChange } from './password-change.tsx'
import { SecondFactors } from './second-factors.tsx'
import { ROLE_MEANS, ROLE_WORDS } from './view.ts'
import './account.css'

/** 내 계정: how somebody gets in, and where they are in. */
export function AccountSection() {
  const say = useSay()
  const sentence = useSentence()
  const { data: session } = useQuery(sessionQuery)
  const [isChanging, setChanging] = useState(false)
  if (!session?.user) return null
  const { name, role } = session.user
  if (session.demo)
    return (
      <p className="quiet">
        {say(
          '데모에는 계정이 없습니다. 진짜 가람에서는 여기에서 비밀번호, 2단계 인증, 로그인된 기기를 다루고, 아래에 사용자, API 토큰, 감사 기록이 나옵니다.',
          'The demo has no accounts. In a real Garam password, second factors and devices stand here, with users, API tokens and the audit log below.',
        )}
      </p>
    )
  return (
    <div className="stack">
      <ul className="entries">
        <li className="entry">
          <span>
            <strong>{name}</strong> <span className="chip">{sentence(ROLE_WORDS[role])}</span>
            <span className="sub">{sentence(ROLE_MEANS[role])}</span>
          </span>
          <button type="button" className="button small" onClick={() => setChanging(true)}>
            {say('비밀번호 변경', 'Change the password')}
          </button>
        </li>
      </ul>
      {session.factors && (
        <Group title={say('2단계 인증', 'Second factor')}>
          <SecondFactors factors={session.factors} name={name} />
        </Group>
      )}
      <Group title={say('로그인된 기기', 'Signed-in devices')}>
        <Devices />
      </Group>
      {isChanging && <PasswordChange name={name} onClose={() => setChanging(false)} />}
    </div>
  )
}
