import { useEffect, useState } from 'react'
import { type Session, signOut } from '../../api/session.ts'
import { FactorForm } from '../../parts/factor-form.tsx'
import { LanguageAndTheme } from '../../shell/appearance.tsx'
import { useEntry } from '../../state/entry.ts'
import { useSay } from '../../state/say.ts'
import { DoorBody } from './door-body.tsx'
import { Enter } from './enter.tsx'
import { PasswordForm } from './password-form.tsx'
import './page.css'

/** Before anybody is in. The address stays what it was, so that whoever signs in is where they wanted to go. */
export function SignInPage({ session, hasEnded }: { readonly session: Session; readonly hasEnded: boolean }) {
  const say = useSay()
  const token = useEntry((entry) => entry.token)
  const title = say('로그인 · 가람', 'Sign in · Garam')
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="door">
      <header className="door-brand">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <span>
          <strong>{say('가람', 'Garam')}</strong>
          <small>{location.host}</small>
        </span>
      </header>
      <main className="card door-card" id="main">
        {token !== undefined ? (
          <Enter token={token} session={session} />
        ) : (
          <Way session={session} hasEnded={hasEnded} />
        )}
      </main>
      <footer className="door-looks">
        <LanguageAndTheme />
      </footer>
    </div>
  )
}

function Way({ session, hasEnded }: { readonly session: Session; readonly hasEnded: boolean }) {
  const say = useSay()
  // A refusal outlives the form it belongs to: who guessed too often is back at the password.
  const [told, setTold] = useState<unknown>(undefined)
  switch (session.state) {
    case 'owner-needed':
      return <OwnerNeeded />
    case 'signed-out':
      return session.demo ? <DemoEnded /> : <PasswordForm told={told} hasEnded={hasEnded} />
    case 'second-factor':
      return (
        <DoorBody title={say('2단계 인증', 'Second factor')}>
          <p className="quiet">
            {say('비밀번호가 맞습니다. 한 단계 남았습니다.', 'The password is right. One step is left.')}
          </p>
          {session.factors && (
            <FactorForm factors={session.factors} onRefused={setTold}>
              <button
                type="button"
                className="button small"
                onClick={() => {
                  setTold(undefined)
                  void signOut().catch(setTold)
                }}
              >
                {say('처음부터', 'Start over')}
              </button>
            </FactorForm>
          )}
        </DoorBody>
      )
    case 'signed-in':
      return null
    default:
      return session.state satisfies never
  }
}

/** The very first start: the way in is on the machine itself. */
function OwnerNeeded() {
  const say = useSay()
  return (
    <DoorBody title={say('첫 소유자를 기다립니다', 'Waiting for the first owner')}>
      <p>
        {say(
          '아직 아무도 계정이 없습니다. 가람을 켠 터미널에 나온 링크를 여세요.',
          'Nobody has an account yet. Open the link that Garam printed in its terminal.',
        )}
      </p>
      <p className="door-sample" aria-hidden="true">
        {location.origin}/enter/…
      </p>
      <ul className="bullets quiet">
        <li>{say('링크는 한 시간 동안, 한 번만 열립니다.', 'The link opens once, within an hour.')}</li>
        <li>
          {say(
            '지났다면 가람을 다시 시작하세요. 새 링크가 나옵니다.',
            'If it has expired, start Garam again: it prints a new one.',
          )}
        </li>
      </ul>
    </DoorBody>
  )
}

function DemoEnded() {
  const say = useSay()
  return (
    <DoorBody title={say('데모', 'Demo')}>
      <p>
        {say(
          '데모에는 비밀번호가 없습니다. 데모를 켠 터미널에 나온 링크를 여세요.',
          'The demo has no password. Open the link that it printed in its terminal.',
        )}
      </p>
    </DoorBody>
  )
}
