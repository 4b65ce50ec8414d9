import type { ReactNode } from 'react'
import { Refusal } from '../../../parts/refusal.tsx'
import { Sheet } from '../../../parts/sheet.tsx'
import { useSay } from '../../../state/say.ts'
import { useDoing } from './use-account.ts'

/** Says what it means before it is done. */
export function ConfirmSheet<Done>(props: {
  readonly title: string
  /** What the button does. */
  readonly act: string
  readonly run: () => Promise<Done>
  readonly onClose: () => void
  readonly onDone?: (done: Done) => void
  readonly children: ReactNode
}) {
  const say = useSay()
  const { mutate, error, isPending } = useDoing(props.run, (done) => {
    props.onDone?.(done)
    props.onClose()
  })
  return (
    <Sheet
      title={props.title}
      onClose={props.onClose}
      foot={
        <>
          <button type="button" className="button" onClick={props.onClose}>
            {say('그만두기', 'Leave it')}
          </button>
          <button type="button" className="button danger" disabled={isPending} onClick={() => mutate()}>
            {props.act}
          </button>
        </>
      }
    >
      {props.children}
      {error !== null && <Refusal error={error} />}
    </Sheet>
  )
}
