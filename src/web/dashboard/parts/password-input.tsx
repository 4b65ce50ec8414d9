import { useState } from 'react'
import { useSay } from '../state/say.ts'

/** A password with a way to see what was typed: on a phone nobody hits every key. */
export function PasswordInput(props: {
  readonly control: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean | undefined
  }
  readonly value: string
  readonly onChange: (value: string) => void
  /** `current`: a password manager fills it in; `new`: it offers to make one. */
  readonly kind: 'current' | 'new'
}) {
  const say = useSay()
  const [isShown, setShown] = useState(false)
  return (
    <span className="input-unit">
      <input
        {...props.control}
        className="input"
        type={isShown ? 'text' : 'password'}
        autoComplete={`${props.kind}-password`}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={256}
        required
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <button
        type="button"
        className="button"
        aria-pressed={isShown}
        aria-label={say('비밀번호 보기', 'Show the password')}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? say('숨기기', 'Hide') : say('보기', 'Show')}
      </button>
    </span>
  )
}
