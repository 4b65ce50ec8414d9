import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'

/** How long it is held before it acts: long enough for a mistake to be noticed, short enough in an emergency. */
const HOLD_MS = 1_200

/** A button that acts only when it is held down, by pointer or by keyboard (Space, Enter). */
export function HoldButton(props: {
  readonly onHeld: () => void
  readonly className?: string
  readonly disabled?: boolean
  /** What it does and that it is held, for those who hover. */
  readonly label: string
  readonly children: ReactNode
}) {
  const [held, setHeld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const release = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    setHeld(false)
  }
  const press = () => {
    if (props.disabled || timer.current !== undefined) return
    setHeld(true)
    timer.current = setTimeout(() => {
      release()
      props.onHeld()
    }, HOLD_MS)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <button
      type="button"
      className={`button hold ${held ? 'held' : ''} ${props.className ?? ''}`}
      style={{ '--hold-ms': `${HOLD_MS}ms` } as CSSProperties}
      disabled={props.disabled}
      title={props.label}
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === ' ' || event.key === 'Enter') {
          event.preventDefault()
          if (!event.repeat) press()
        }
      }}
      onKeyUp={release}
      onBlur={release}
    >
      <span>{props.children}</span>
    </button>
  )
}
