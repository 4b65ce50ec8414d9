import { type ReactNode, useState } from 'react'
import { command } from '../api/command.ts'
import { useMay } from '../state/may.ts'

/** An order that may still be cancelled; one in doubt has to be found first. */
export const canCancel = ({ status }: { readonly status: string }): boolean =>
  status === 'submitted' || status === 'working'

/**
 * Cancelling only lowers the risk, so one press is enough. Once it was answered the order's own state decides: a cancel that
 * the venue refuses may be asked for again.
 */
export function CancelOrder(props: {
  readonly order: { readonly id: string; readonly status: string }
  readonly className?: string
  readonly children: ReactNode
}) {
  const { order } = props
  const mayTrade = useMay('trade')
  const [isSending, setSending] = useState(false)
  return (
    <button
      type="button"
      className={`button ${props.className ?? ''}`}
      disabled={isSending || !mayTrade || !canCancel(order)}
      onClick={() => {
        setSending(true)
        void command({ do: 'cancelOrder', order: order.id }).finally(() => setSending(false))
      }}
    >
      {props.children}
    </button>
  )
}
