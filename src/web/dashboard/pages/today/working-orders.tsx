import { Link } from 'wouter'
import type { OrderMessage } from '../../../contract/live.ts'
import { command } from '../../api/command.ts'
import { CancelOrder, canCancel } from '../../parts/cancel-order.tsx'
import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useMay } from '../../state/may.ts'
import { clockText, count, percent, won } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { isDoubtful, orderRows } from './view.ts'
import { ORDER_TYPE, SIDE, STATUS, wordOf } from './words.ts'

export function WorkingOrders() {
  const say = useSay()
  const orders = useLive(({ state }) => state?.orders)
  const rows = orderRows(orders ?? {})
  const mayTrade = useMay('trade')
  return (
    <Card
      title={say('미체결', 'Working orders')}
      aside={
        <>
          <span className="quiet">{count(rows.length)}</span>
          {rows.some(canCancel) && (
            <button
              type="button"
              className="button small"
              disabled={!mayTrade}
              onClick={() => void command({ do: 'cancelAll' })}
            >
              {say('모두 취소', 'Cancel all')}
            </button>
          )}
        </>
      }
      flush
    >
      {rows.length === 0 ? (
        <Empty title={say('미체결 주문이 없습니다', 'No order is working')} />
      ) : (
        <div className="table-wrap">
          <table className="table card-rows today-orders">
            <thead>
              <tr>
                <th scope="col">{say('종목', 'Instrument')}</th>
                <th scope="col">{say('주문', 'Order')}</th>
                <th scope="col" className="number">
                  {say('체결', 'Filled')}
                </th>
                <th scope="col">{say('상태와 이유', 'State and reason')}</th>
                <th scope="col">
                  <span className="unseen">{say('취소', 'Cancel')}</span>
                </th>
              </tr>
            </thead>
            <tbody className="live-figures">
              {rows.map((order) => (
                <OrderLine key={order.id} order={order} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function OrderLine({ order }: { readonly order: OrderMessage }) {
  const say = useSay()
  const sentence = useSentence()
  const { instrument, name, side, type, venue, limit, quantity, filled, status, reason, doubt } = order
  return (
    <tr className={isDoubtful(order) ? 'doubtful' : undefined}>
      <th scope="row" className="cell-name">
        <Link href={`/chart/${instrument}`}>{name}</Link>
        <span className="sub">{instrument}</span>
      </th>
      <td className="cell-order">
        <span className={side === 'buy' ? 'side-word up' : 'side-word down'}>
          {sentence(wordOf(SIDE, side))}
        </span>{' '}
        {limit !== undefined ? won(limit) : sentence(wordOf(ORDER_TYPE, type))}
        <span className="sub">
          {limit !== undefined && `${sentence(wordOf(ORDER_TYPE, type))} · `}
          {venue} · {clockText(order.createdAt)}
        </span>
      </td>
      <td className="number cell-filled">
        {count(filled)} / {count(quantity)}
        <progress max={quantity} value={filled} aria-label={say('체결된 만큼', 'Filled so far')} />
      </td>
      <td className="cell-why">
        <span className="row tight">
          <span className={isDoubtful(order) ? 'chip bad' : 'chip'}>{sentence(wordOf(STATUS, status))}</span>
          <QueueChance order={order} />
        </span>
        <span className="sub wraps">{doubt ? `${doubt} · ${reason}` : reason}</span>
      </td>
      <td className="cell-act">
        {isDoubtful(order) ? (
          <Link href="/orders" className="button small">
            {say('확인', 'Settle')}
          </Link>
        ) : (
          <CancelOrder order={order} className="small">
            {say('취소', 'Cancel')}
            <span className="unseen"> {name}</span>
          </CancelOrder>
        )}
      </td>
    </tr>
  )
}

/** At a locked limit price: between two assumptions, how likely it is that all of it fills today. */
function QueueChance({ order: { queue } }: { readonly order: OrderMessage }) {
  const say = useSay()
  if (!queue) return null
  const [low = 0, high = low] = queue.fills
  const [ahead = 0, aheadHigh = ahead] = queue.ahead
  return (
    <span
      className="chip accent"
      title={say(
        `앞에 ${count(ahead)}–${count(aheadHigh)}주`,
        `${count(ahead)}–${count(aheadHigh)} shares ahead`,
      )}
    >
      {say('체결 확률', 'Fill chance')} {percent(low)}–{percent(high)}
    </span>
  )
}
