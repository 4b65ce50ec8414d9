import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { type Session, setUp } from '../../api/session.ts'
import { askForFocus } from '../../parts/ask-for-focus.ts'
import { Field } from '../../parts/field.tsx'
import { PasswordHints } from '../../parts/password-hints.tsx'
import { PasswordInput } from '../../parts/password-input.tsx'
import { isName } from '../../parts/password-rules.ts'
import { Refusal, useWaitMs } from '../../parts/refusal.tsx'
import { forgetEntry } from '../../state/entry.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { DoorBody } from './door-body.tsx'

/** Whose link it is (`name`), or else the first owner, chooses a password. `signedIn`: who sits here now. */
export function ChoosePassword(props: {
  readonly token: string
  readonly name: string | undefined
  readonly signedIn: string | undefined
  readonly onMade: (session: Session) => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const isFirst = props.name === undefined
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const name = props.name ?? typed.trim()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => setUp({ token: props.token, password, ...(isFirst && { name }) }),
    onSuccess: props.onMade,
  })
  const problem = error instanceof ApiProblem ? error.problem : undefined
  const isOf = (...kinds: readonly string[]) => kinds.some((kind) => problem?.type === `/problems/${kind}`)
  const ofName = isOf('name-taken', 'name-needed')
  const ofPassword = isOf('weak-password')
  const isOff = useWaitMs(error) > 0 || isPending || !isName(name) || password === ''
  return (
    <DoorBody
      title={
        isFirst
          ? say('첫 소유자 만들기', 'Make the first owner')
          : say('비밀번호 정하기', 'Choose a password')
      }
    >
      <p className="quiet">
        {isFirst
          ? say(
              '소유자는 매매, 한도, 사용자를 모두 다룹니다. 이 이름과 비밀번호로 로그인하게 됩니다.',
              'The owner has trading, limits and users in hand, and signs in with this name and password.',
            )
          : say(`${props.name} 님의 계정입니다.`, `The account of ${props.name}.`)}
      </p>
      {props.signedIn !== undefined && (
        <div className="note warn">
          <span>
            {say(
              `지금은 ${props.signedIn} 님으로 로그인되어 있습니다. 계속하면 그 로그인은 이 브라우저에서 끝납니다.`,
              `${props.signedIn} is signed in here. Going on signs them out in this browser.`,
            )}
          </span>
          <button type="button" className="button small" onClick={forgetEntry}>
            {say('그만두기', 'Leave')}
          </button>
        </div>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) mutate()
        }}
      >
        {isFirst ? (
          <Field
            label={say('이름', 'Name')}
            hint={say('2~32자: 글자, 숫자, 점, -, _', '2 to 32 letters, digits, dots, - and _')}
            wrong={ofName && problem ? sentence(problem) : undefined}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={32}
                required
                ref={askForFocus}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        ) : (
          // For the password manager, which keeps the two together.
          <input
            className="unseen"
            type="text"
            autoComplete="username"
            aria-hidden="true"
            tabIndex={-1}
            value={name}
            readOnly
          />
        )}
        <Field
          label={say('비밀번호', 'Password')}
          hint={<PasswordHints password={password} name={name} />}
          wrong={ofPassword && problem ? sentence(problem) : undefined}
        >
          {(control) => (
            <PasswordInput control={control} kind="new" value={password} onChange={setPassword} />
          )}
        </Field>
        {error !== null && !ofName && !ofPassword && <Refusal error={error} />}
        <button type="submit" className="button primary" disabled={isOff}>
          {isPending
            ? say('저장 중…', 'Saving…')
            : isFirst
              ? say('소유자 만들기', 'Make the owner')
              : say('비밀번호 정하고 들어가기', 'Set it and go in')}
        </button>
      </form>
    </DoorBody>
  )
}
