import { useEffect, useRef, useState } from 'react'
import type { TotpStart } from '../../../../contract/session.ts'
import { Field } from '../../../parts/field.tsx'
import { Loading } from '../../../parts/notes.tsx'
import { PasswordInput } from '../../../parts/password-input.tsx'
import { Refusal, useWaitMs } from '../../../parts/refusal.tsx'
import { Sheet } from '../../../parts/sheet.tsx'
import { useSay } from '../../../state/say.ts'
import { confirmTotp, startTotp, useDoing } from './use-account.ts'

interface Adding {
  /** While there is no other factor: the password is asked for. */
  readonly isFirst: boolean
  readonly onClose: () => void
  /** `codes`: those of the first factor. */
  readonly onAdded: (codes: readonly string[]) => void
}

/** An authenticator app: the secret is shown, and counts once the app answers with its first code. */
export function TotpSheet({ isFirst, onClose, onAdded }: Adding) {
  const say = useSay()
  const { mutate, data: made, error } = useDoing(startTotp)
  const hasBegun = useRef(false)
  useEffect(() => {
    if (isFirst || hasBegun.current) return
    hasBegun.current = true
    mutate(undefined)
  }, [isFirst, mutate])
  return (
    <Sheet title={say('인증 앱 등록', 'Add an authenticator app')} onClose={onClose}>
      {made ? (
        <Confirm made={made} onAdded={onAdded} />
      ) : isFirst ? (
        <PasswordFirst error={error} onPassword={mutate} />
      ) : error ? (
        <Refusal error={error} />
      ) : (
        <Loading />
      )}
    </Sheet>
  )
}

/** Before the first factor of an account. */
function PasswordFirst(props: { readonly error: unknown; readonly onPassword: (password: string) => void }) {
  const say = useSay()
  const [password, setPassword] = useState('')
  const isOff = useWaitMs(props.error) > 0 || password === ''
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isOff) props.onPassword(password)
      }}
    >
      <Field
        label={say('비밀번호', 'Password')}
        hint={say('본인인지 한 번 더 확인합니다', 'To be sure that it is you')}
      >
        {(control) => (
          <PasswordInput control={control} kind="current" value={password} onChange={setPassword} />
        )}
      </Field>
      {props.error !== null && props.error !== undefined && <Refusal error={props.error} />}
      <div className="row">
        <button type="submit" className="button primary push" disabled={isOff}>
          {say('계속', 'Go on')}
        </button>
      </div>
    </form>
  )
}

const CODE_DIGITS = 6

function Confirm({ made, onAdded }: { readonly made: TotpStart; readonly onAdded: Adding['onAdded'] }) {
  const say = useSay()
  const [code, setCode] = useState('')
  const { mutate, error, isPending } = useDoing(confirmTotp, onAdded)
  return (
    <>
      <ol className="steps">
        <li>
          {say(
            '인증 앱(Google Authenticator, 1Password 등)으로 이 그림을 찍으세요.',
            'Scan this with an authenticator app (Google Authenticator, 1Password …).',
          )}
          <div className="totp-secret">
            <img src={made.qr} alt={say('인증 앱이 읽는 QR 코드', 'QR code for the app')} />
            <div className="stack tight">
              <span className="quiet">{say('찍을 수 없으면 직접 입력', 'Or type it in')}</span>
              <code className="secret-text">{made.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
              <a href={made.uri}>{say('이 기기의 인증 앱으로 열기', 'Open in an app of this device')}</a>
            </div>
          </div>
        </li>
        <li>{say('앱에 나온 6자리 코드를 넣으세요.', 'Enter the six digits that it shows.')}</li>
      </ol>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          mutate(code)
        }}
      >
        <Field label={say('6자리 코드', 'Six digits')}>
          {(control) => (
            <input
              {...control}
              className="input code-input"
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, '').slice(0, CODE_DIGITS))}
            />
          )}
        </Field>
        {error !== null && <Refusal error={error} />}
        <div className="row">
          <button
            type="submit"
            className="button primary push"
            disabled={isPending || code.length < CODE_DIGITS}
          >
            {say('등록', 'Add')}
          </button>
        </div>
      </form>
    </>
  )
}
