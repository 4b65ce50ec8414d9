import { useState } from 'react'
import type { InstrumentMessage } from '../../../contract/chart.ts'
import type { OrderMessage, PositionMessage } from '../../../contract/live.ts'
import { command } from '../../api/command.ts'
import { CancelOrder } from '../../parts/cancel-order.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { useMay } from '../../state/may.ts'
import { clockText, count, direction, signed, signedPercent, won } from '../../state/numbers.ts'
import { type Say, useSay, useSentence } from '../../state/say.ts'
import { ORDER_TYPE, STATUS, wordOf } from '../today/words.ts'
import { PriceInput, wrongPriceText } from './price-input.tsx'
import { whole, wrongPriceOf } from './ticket-view.ts'
import { isWorking } from './view.ts'

/** Only a limit order that waits at its price can be moved; another one is cancelled and given anew. */
const mayMove = (order: OrderMessage): boolean =>
  order.type === 'limit' && order.status === 'working' && order.venueOrderId !== undefined

/** What is ours in this instrument: the position and what waits at the venue. */
export function OwnOrders(props: {
  readonly position: PositionMessage | undefined
  readonly orders: readonly OrderMessage[]
  readonly onAmend: (order: OrderMessage) => void
}) {
  const say = useSay()
  const { position, orders } = props
  if (!position && orders.length === 0)
    return (
      <p className="quiet own-none">
        {say(
          '이 종목의 보유와 미체결 주문이 없습니다.',
          'Nothing held and nothing working in this instrument.',
        )}
      </p>
    )
  return (
    <div className="own">
      {position && <Held position={position} />}
      {orders.length > 0 && (
        <ul className="own-orders" aria-label={say('미체결 주문', 'Working orders')}>
          {orders.map((order) => (
            <OrderLine key={order.id} order={order} onAmend={props.onAmend} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Held({ position }: { readonly position: PositionMessage }) {
  const say = useSay()
  const { quantity, averagePrice, pnl, gainRatio, stop, target } = position
  const figures = [
    [say('보유', 'Held'), say(`${count(quantity)}주`, `${count(quantity)} sh`), ''],
    [say('평균', 'Average'), won(Math.round(averagePrice)), ''],
    [say('평가손익', 'Unrealised'), `${signed(pnl)} (${signedPercent(gainRatio)})`, direction(pnl)],
    [say('손절', 'Stop'), stop > 0 ? won(stop) : say('없음', 'none'), ''],
    ...(target > 0 ? [[say('익절', 'Target'), won(target), ''] as const] : []),
  ] as const
  return (
    <dl className="held live-figures">
      {figures.map(([label, text, tone]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={tone}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function OrderLine({
  order,
  onAmend,
}: {
  readonly order: OrderMessage
  readonly onAmend: (order: OrderMessage) => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const mayTrade = useMay('trade')
  const left = order.quantity - order.filled
  return (
    <li>
      <span className={order.side === 'buy' ? 'buy-text' : 'sell-text'}>
        <b>{order.side === 'buy' ? say('매수', 'Buy') : say('매도', 'Sell')}</b>
      </span>
      <span>
        {order.limit === undefined ? sentence(wordOf(ORDER_TYPE, order.type)) : won(order.limit)} ×{' '}
        {count(left)}
        {order.filled > 0 && <span className="quiet"> / {count(order.quantity)}</span>}
      </span>
      <span className={order.status === 'inDoubt' ? 'chip bad' : 'chip'}>
        {sentence(wordOf(STATUS, order.status))}
      </span>
      <span className="quiet">{clockText(order.createdAt)}</span>
      <span className="row push">
        {mayTrade && mayMove(order) && (
          <button type="button" className="button small" onClick={() => onAmend(order)}>
            {say('정정', 'Amend')}
          </button>
        )}
        {isWorking(order) && (
          <CancelOrder order={order} className="small">
            {say('취소', 'Cancel')}
          </CancelOrder>
        )}
      </span>
    </li>
  )
}

/** 정정·취소: the new price of a working order, proposed by where its line was left, and nothing done before the button. */
export function AmendSheet(props: {
  readonly order: OrderMessage
  readonly proposed: number
  readonly instrument: InstrumentMessage
  readonly onClose: () => void
}) {
  const say = useSay()
  const mayTrade = useMay('trade')
  const { order, instrument, onClose } = props
  const [price, setPrice] = useState(String(props.proposed))
  const left = order.quantity - order.filled
  const limit = whole(price)
  const wrong = wrongPriceOf(limit, instrument)
  const give = (wanted: Parameters<typeof command>[0]) => {
    void command(wanted).then((taken) => taken && onClose())
  }
  return (
    <Sheet
      title={say(`${order.name} 주문 정정·취소`, `Amend or cancel: ${order.name}`)}
      onClose={onClose}
      foot={
        <>
          <button
            type="button"
            className="button"
            disabled={!mayTrade}
            onClick={() => give({ do: 'cancelOrder', order: order.id })}
          >
            {say('주문 취소', 'Cancel the order')}
          </button>
          {mayMove(order) && (
            <button
              type="button"
              className="button primary"
              disabled={!mayTrade || wrong !== undefined || limit === order.limit}
              onClick={() =>
                limit !== undefined && give({ do: 'amendOrder', order: order.id, limit, quantity: left })
              }
            >
              {amendText(order.limit, limit, say)}
            </button>
          )}
        </>
      }
    >
      <p>
        <strong className={order.side === 'buy' ? 'buy-text' : 'sell-text'}>
          {order.side === 'buy' ? say('매수', 'Buy') : say('매도', 'Sell')}
        </strong>{' '}
        {say(`미체결 ${count(left)}주`, `${count(left)} shares open`)}
        {order.limit !== undefined && ` · ${won(order.limit)}`}
      </p>
      {mayMove(order) ? (
        <PriceInput
          label={say('새 가격', 'New price')}
          value={price}
          from={order.limit ?? 0}
          ticks={instrument.ticks}
          wrong={wrong && price !== '' ? wrongPriceText(wrong, say, instrument.band) : undefined}
          onChange={setPrice}
        />
      ) : (
        <p className="quiet">
          {say(
            '접수된 지정가 주문만 정정할 수 있습니다. 취소하고 다시 주문하세요.',
            'Only a limit order that is working can be amended. Cancel it and order anew.',
          )}
        </p>
      )}
      <p className="quiet">
        {say(
          '정정하면 남은 수량 전부가 새 가격으로 가고, 호가 대기 순서를 잃습니다.',
          'Amending moves all that is open to the new price and loses its place in the queue.',
        )}
      </p>
    </Sheet>
  )
}

const amendText = (from: number | undefined, to: number | undefined, say: Say): string =>
  from !== undefined && to !== undefined && to !== from
    ? say(`${won(from)} → ${won(to)} 정정`, `Amend ${won(from)} → ${won(to)}`)
    : say('정정', 'Amend')
