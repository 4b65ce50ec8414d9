import { useState } from 'react'
import { command } from '../../api/command.ts'
import { Figure } from '../../parts/card.tsx'
import { Field } from '../../parts/field.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { count, won } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { amendTrouble, type OrderRow, priceOf } from './view.ts'

/** Another price for what is still open of an order. */
export function AmendSheet({ order, onClose }: { readonly order: OrderRow; readonly onClose: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const [text, setText] = useState(String(order.limit ?? ''))
  const [isSent, setSent] = useState(false)
  const limit = priceOf(text)
  const trouble = amendTrouble(order, limit)
  const open = order.quantity - order.filled
  const send = async () => {
    if (limit === undefined || trouble) return
    setSent(true)
    // The open quantity goes along: should it fill meanwhile, the amendment of what was seen is refused.
    const taken = await command({ do: 'amendOrder', order: order.id, limit, quantity: open })
    setSent(false)
    if (taken) onClose()
  }
  return (
    <Sheet title={say(`${order.name} 정정`, `Amend ${order.name}`)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <dl className="figures">
          <Figure label={say('남은 수량 (모두 정정)', 'Open shares, all amended')}>{count(open)}</Figure>
          <Figure label={say('지금 가격', 'Price now')}>{won(order.limit ?? 0)}</Figure>
          <Figure label={say('정정 뒤 금액', 'Amount then')}>
            {limit === undefined ? '—' : won(limit * open)}
          </Figure>
        </dl>
        <Field
          label={say('새 가격', 'New price')}
          hint={say(
            '증권사에는 새 주문번호로 접수되고, 줄은 새로 섭니다.',
            'The broker takes it under a new number, and it queues anew.',
          )}
          wrong={trouble && text !== String(order.limit) ? sentence(trouble) : ''}
        >
          {(control) => (
            <div className="input-unit">
              <input
                {...control}
                className="input number"
                inputMode="numeric"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
              <span>{say('원', 'won')}</span>
            </div>
          )}
        </Field>
        <button type="submit" className="button primary" disabled={trouble !== undefined || isSent}>
          {say('정정 보내기', 'Send the amendment')}
        </button>
      </form>
    </Sheet>
  )
}
