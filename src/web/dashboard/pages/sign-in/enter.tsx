import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { enterByLink, type Session } from '../../api/session.ts'
import { Loading } from '../../parts/notes.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { forgetEntry } from '../../state/entry.ts'
import { useSay } from '../../state/say.ts'
import { ChoosePassword } from './choose-password.tsx'
import { DoorBody } from './door-body.tsx'

/** A one-time link was opened: into the demo at once, or to a password of one's own. */
export function Enter({ token, session }: { readonly token: string; readonly session: Session }) {
  const say = useSay()
  const [isMade, setMade] = useState(false)
  // Once for a link, however often this is drawn: a link of the demo is used up by it.
  const { data: reply, error } = useQuery({
    queryKey: ['enter', token],
    queryFn: () => enterByLink(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isIn = reply?.next === 'signed-in'
  useEffect(() => {
    if (isIn) forgetEntry()
  }, [isIn])
  if (isMade) return <Made />
  if (error)
    return (
      <DoorBody title={say('링크를 쓸 수 없습니다', 'The link cannot be used')}>
        <Refusal error={error} />
        <button type="button" className="button" onClick={forgetEntry}>
          {session.state === 'signed-in'
            ? say('화면으로', 'Go on')
            : say('로그인 화면으로', 'To the sign-in screen')}
        </button>
      </DoorBody>
    )
  if (!reply || isIn)
    return (
      <DoorBody title={say('링크를 확인하고 있습니다', 'Checking the link')}>
        <Loading />
      </DoorBody>
    )
  return (
    <ChoosePassword
      token={token}
      name={reply.name}
      signedIn={session.user?.name}
      onMade={({ state, factors }) => {
        const isUnprotected = state === 'signed-in' && !factors?.totp && factors?.passkeys === 0
        if (isUnprotected) setMade(true)
        else forgetEntry()
      }}
    />
  )
}

/** The best moment to protect an account is the one in which it was made. */
function Made() {
  const say = useSay()
  const [, navigate] = useLocation()
  return (
    <DoorBody title={say('계정이 준비되었습니다', 'The account is ready')}>
      <p>
        {say(
          '마지막으로 2단계 인증을 등록하세요. 사는 것, 정지를 푸는 것, 설정을 바꾸는 것은 2단계 인증이 있어야 합니다.',
          'One more thing: add a second factor. Buying, lifting a stop and changing settings need it.',
        )}
      </p>
      <button
        type="button"
        className="button primary"
        onClick={() => {
          navigate('/settings#account')
          forgetEntry()
        }}
      >
        {say('2단계 인증 등록하기', 'Add a second factor')}
      </button>
      <button type="button" className="button" onClick={forgetEntry}>
        {say('나중에', 'Later')}
      </button>
    </DoorBody>
  )
}
