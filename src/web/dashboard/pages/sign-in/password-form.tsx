import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { namedAddress, passkeyBar, showPasskey } from '../../api/passkey.ts'
import { signIn } from '../../api/session.ts'
import { askForFocus } from '../../parts/ask-for-focus.ts'
import { Field } from '../../parts/field.tsx'
import { PasswordInput } from '../../parts/password-input.tsx'
import { Refusal, useWaitMs } from '../../parts/refusal.tsx'
import { useSay } from '../../state/say.ts'
import { DoorBody } from './door-body.tsx'

type Wanted = 'passkey' | { readonly name: string; readonly password: string }

/** Name and password, or a passkey alone. `told`: why the last attempt ended here again. */
export function PasswordForm({ told, hasEnded }: { readonly told: unknown; readonly hasEnded: boolean }) {
  const say = useSay()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { mutate, error, isPending, isIdle } = useMutation({
    mutationFn: (wanted: Wanted) =>
      wanted === 'passkey' ? showPasskey() : signIn(wanted.name, wanted.password),
    onError: () => setPassword(''),
  })
  const refusal = error ?? (isIdle ? told : undefined)
  const isOff = useWaitMs(refusal) > 0 || isPending
  return (
    <DoorBody title={say('로그인', 'Sign in')}>
      {hasEnded && isIdle && (
        <p className="note warn" role="status">
          {say(
            '이 기기의 로그인이 끝났습니다. 다시 로그인하면 보던 곳으로 돌아갑니다. 매매는 계속되고 있습니다.',
            'This device was signed out. Sign in to go on where you were. Trading goes on meanwhile.',
          )}
        </p>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) mutate({ name: name.trim(), password })
        }}
      >
        <Field label={say('이름', 'Name')}>
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              required
              ref={askForFocus}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={say('비밀번호', 'Password')}>
          {(control) => (
            <PasswordInput control={control} kind="current" value={password} onChange={setPassword} />
          )}
        </Field>
        {refusal !== undefined && <Refusal error={refusal} />}
        <button type="submit" className="button primary" disabled={isOff}>
          {isPending ? say('확인 중…', 'Checking…') : say('로그인', 'Sign in')}
        </button>
      </form>
      <ByPasskey isOff={isOff} onWanted={() => mutate('passkey')} />
      <p className="quiet">
        {say(
          '들어갈 수 없다면 소유자에게 재설정 링크를 부탁하거나, 가람이 켜진 컴퓨터에서 ',
          'If you cannot get in, ask an owner for a reset link, or run ',
        )}
        <code>garam user reset</code>
        {say(' 을 실행하세요.', ' on the machine Garam runs on.')}
      </p>
    </DoorBody>
  )
}

function ByPasskey({ isOff, onWanted }: { readonly isOff: boolean; readonly onWanted: () => void }) {
  const say = useSay()
  const bar = passkeyBar()
  const named = namedAddress(location)
  if (bar === 'numeric')
    return (
      <p className="quiet">
        {say('패스키는 숫자 주소에서 쓸 수 없습니다.', 'Passkeys do not work at a numeric address.')}{' '}
        {named !== undefined && <a href={named}>{say('localhost로 열기', 'Open as localhost')}</a>}
      </p>
    )
  if (bar !== undefined) return null
  return (
    <>
      <p className="door-or">
        <span>{say('또는', 'or')}</span>
      </p>
      <button type="button" className="button" disabled={isOff} onClick={onWanted}>
        {say('패스키로 로그인', 'Sign in with a passkey')}
      </button>
    </>
  )
}
