import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { passkeyBar, showPasskey } from '../api/passkey.ts'
import { type CodeKind, giveCode, type Session } from '../api/session.ts'
import { useSay } from '../state/say.ts'
import { askForFocus } from './ask-for-focus.ts'
import { Field } from './field.tsx'
import { Refusal, useWaitMs } from './refusal.tsx'
import './factor-form.css'

const CODE_DIGITS = 6
const RECOVERY_LETTERS = 16

type Shown = 'passkey' | { readonly kind: CodeKind; readonly code: string }

/** One of the person's second factors: the app's code, a passkey, or a recovery code. `children` stand at its foot. */
export function FactorForm(props: {
  readonly factors: NonNullable<Session['factors']>
  readonly onGiven?: () => void
  readonly onRefused?: (error: unknown) => void
  readonly children?: ReactNode
}) {
  const say = useSay()
  const { totp, passkeys, recoveryLeft } = props.factors
  const [byRecovery, setByRecovery] = useState(false)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (shown: Shown) => (shown === 'passkey' ? showPasskey() : giveCode(shown.kind, shown.code)),
    onSuccess: () => props.onGiven?.(),
    onError: (refusal) => props.onRefused?.(refusal),
  })
  const isOff = useWaitMs(error) > 0 || isPending
  const hasPasskeys = passkeys > 0 && passkeyBar() === undefined
  const give = (kind: CodeKind) => (code: string) => mutate({ kind, code })
  return (
    <div className="stack">
      {byRecovery && <RecoveryForm isOff={isOff} onCode={give('recovery')} />}
      {!byRecovery && totp && <TotpForm isOff={isOff} onCode={give('totp')} />}
      {!byRecovery && hasPasskeys && (
        <button
          type="button"
          className={totp ? 'button' : 'button primary'}
          disabled={isOff}
          onClick={() => mutate('passkey')}
        >
          {say('패스키로 확인', 'Use a passkey')}
        </button>
      )}
      {!byRecovery && passkeys > 0 && !hasPasskeys && (
        <p className="quiet">
          {say(
            '이 주소에서는 패스키를 쓸 수 없습니다. 숫자 주소 대신 localhost나 도메인 이름으로 여세요.',
            'Passkeys do not work at this address. Open it as localhost or by a domain name.',
          )}
        </p>
      )}
      {error !== null && <Refusal error={error} />}
      <div className="row">
        {props.children}
        {recoveryLeft > 0 && (
          <button
            type="button"
            className="button small push"
            onClick={() => {
              reset()
              setByRecovery(!byRecovery)
            }}
          >
            {byRecovery ? say('다른 방법으로', 'Another way') : say('복구 코드 쓰기', 'Use a recovery code')}
          </button>
        )}
      </div>
    </div>
  )
}

interface CodeForm {
  readonly isOff: boolean
  readonly onCode: (code: string) => void
}

/** Sent with the last digit: nobody has to find a button while the code runs out. */
function TotpForm({ isOff, onCode }: CodeForm) {
  const say = useSay()
  const [code, setCode] = useState('')
  const give = (whole: string) => {
    setCode('')
    onCode(whole)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (code.length === CODE_DIGITS && !isOff) give(code)
      }}
    >
      <Field
        label={say('인증 앱의 6자리 코드', 'Six digits of the authenticator app')}
        hint={say('여섯 번째 숫자를 넣으면 바로 확인합니다', 'Checked as soon as the sixth digit is there')}
      >
        {(control) => (
          <input
            {...control}
            className="input code-input"
            inputMode="numeric"
            autoComplete="one-time-code"
            ref={askForFocus}
            // Not disabled, which would take the focus away from whoever types the next code.
            readOnly={isOff}
            value={code}
            onChange={(event) => {
              const digits = event.target.value.replaceAll(/\D/g, '').slice(0, CODE_DIGITS)
              if (digits.length === CODE_DIGITS) give(digits)
              else setCode(digits)
            }}
          />
        )}
      </Field>
    </form>
  )
}

function RecoveryForm({ isOff, onCode }: CodeForm) {
  const say = useSay()
  const [code, setCode] = useState('')
  const letters = code.replaceAll(/[^A-Za-z0-9]/g, '').length
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onCode(code.trim())
      }}
    >
      <Field
        label={say('복구 코드', 'Recovery code')}
        hint={say(
          '적어 둔 코드 하나. 한 번만 쓸 수 있습니다',
          'One of those you put away. Each is good once',
        )}
      >
        {(control) => (
          <input
            {...control}
            className="input code-text"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="abcd-efgh-jkmn-pqrs"
            maxLength={40}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button primary" disabled={isOff || letters < RECOVERY_LETTERS}>
        {say('확인', 'Confirm')}
      </button>
    </form>
  )
}
