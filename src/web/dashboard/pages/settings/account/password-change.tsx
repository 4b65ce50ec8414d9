import { useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { Field } from '../../../parts/field.tsx'
import { PasswordHints } from '../../../parts/password-hints.tsx'
import { PasswordInput } from '../../../parts/password-input.tsx'
import { Refusal, useWaitMs } from '../../../parts/refusal.tsx'
import { Sheet } from '../../../parts/sheet.tsx'
import { toast } from '../../../parts/toasts.tsx'
import { useSay, useSentence } from '../../../state/say.ts'
import { changePassword, useDoing } from './use-account.ts'

export function PasswordChange({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const { mutate, error, isPending } = useDoing(changePassword, () => {
    toast('good', {
      ko: '비밀번호를 바꿨습니다. 다른 기기는 모두 로그아웃되었습니다',
      en: 'The password is changed. All other devices are signed out',
    })
    onClose()
  })
  const weak =
    error instanceof ApiProblem && error.problem.type === '/problems/weak-password'
      ? error.problem
      : undefined
  const isOff = useWaitMs(error) > 0 || isPending || current === '' || next === ''
  return (
    <Sheet title={say('비밀번호 변경', 'Change the password')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) mutate({ current, next })
        }}
      >
        <input
          className="unseen"
          type="text"
          autoComplete="username"
          aria-hidden="true"
          tabIndex={-1}
          value={name}
          readOnly
        />
        <Field label={say('지금 비밀번호', 'Current password')}>
          {(control) => (
            <PasswordInput control={control} kind="current" value={current} onChange={setCurrent} />
          )}
        </Field>
        <Field
          label={say('새 비밀번호', 'New password')}
          hint={<PasswordHints password={next} name={name} />}
          wrong={weak && sentence(weak)}
        >
          {(control) => <PasswordInput control={control} kind="new" value={next} onChange={setNext} />}
        </Field>
        {error !== null && !weak && <Refusal error={error} />}
        <div className="row">
          <button type="submit" className="button primary push" disabled={isOff}>
            {say('바꾸기', 'Change it')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
