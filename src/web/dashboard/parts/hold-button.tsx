import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'
import { useSay } from '../state/say.ts'

/** How long it is held before it acts: long enough for a mistake to be noticed, short enough in an emergency. */
const HOLD_MS = 1_200

/** A button that acts only when it is held down, by pointer or by keyboard (Space, Enter), and says so until that is done. */
export function HoldButton(props: {
  readonly onHeld: () => Promise<unknown>
  readonly className?: string
  readonly disabled?: boolean
  /** What it does and that it is held, for those who hover. */
  readonly label: string
  readonly children: ReactNode
}) {
  const say = useSay()
  const [held, setHeld] = useState(false)
  const [isActing, setActing] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const release = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    setHeld(false)
  }
  const press = () => {
    if (props.disabled || isActing || timer.current !== undefined) return
    setHeld(true)
    timer.current = setTimeout(() => {
      release()
      setActing(true)
      void props.onHeld().finally(() => setActing(false))
    }, HOLD_MS)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <button
      type="button"
      className={`button hold ${held ? 'held' : ''} ${props.className ?? ''}`}
      style={{ '--hold-ms': `${HOLD_MS}ms` } as CSSProperties}
      disabled={props.disabled}
      aria-busy={isActing}
      title={props.label}
      onPointerDown={(event) => {
        if (event.button === 0) press()
      }}
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
      <span>{isActing ? say('보내는 중…', 'Sending…') : props.children}</span>
    </button>
  )
}
