import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useSay } from '../state/say.ts'
import { Toasts, toastsIn } from './toasts.tsx'

/** A modal dialog: the browser's own, so that focus, Escape and the page behind it behave. */
export function Sheet(props: {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly foot?: ReactNode
  readonly children: ReactNode
}) {
  const say = useSay()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  useEffect(() => toastsIn(title), [title])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
    >
      <header className="card-head">
        <h2 id={title}>{props.title}</h2>
        <button type="button" className="button small push" onClick={props.onClose}>
          {say('닫기', 'Close')}
        </button>
      </header>
      <div className="card-body stack">{props.children}</div>
      {props.foot !== undefined && <footer className="card-foot">{props.foot}</footer>}
      <Toasts sheet={title} />
    </dialog>
  )
}
