import { type ReactNode, useId } from 'react'

/** A labelled control. `children` is given the id and the description that belong to the label, hint and error. */
export function Field(props: {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly wrong?: ReactNode
  readonly children: (control: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean | undefined
  }) => ReactNode
}) {
  const id = useId()
  const hasHint = props.hint !== undefined && props.hint !== ''
  const hasWrong = props.wrong !== undefined && props.wrong !== ''
  const described = [hasHint && `${id}-hint`, hasWrong && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': hasWrong || undefined,
      })}
      {hasHint && (
        <span id={`${id}-hint`} className="hint">
          {props.hint}
        </span>
      )}
      {hasWrong && (
        <span id={`${id}-wrong`} className="wrong" role="alert">
          {props.wrong}
        </span>
      )}
    </div>
  )
}

export function Switch(props: {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly disabled?: boolean
  readonly children: ReactNode
}) {
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={props.on}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.children}</span>
    </label>
  )
}

/** One of a few, side by side. */
export function Segments<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [value: T, text: string])[]
  readonly onChange: (value: T) => void
}) {
  return (
    <fieldset className="segments" aria-label={props.label} style={{ margin: 0, padding: 0 }}>
      {props.options.map(([value, text]) => (
        <button
          key={value}
          type="button"
          aria-pressed={props.value === value}
          onClick={() => props.onChange(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}
