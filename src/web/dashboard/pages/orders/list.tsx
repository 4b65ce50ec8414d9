import { Link } from 'wouter'
import { Empty, Loading } from '../../parts/notes.tsx'
import { clockText, count, decimals, won } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { ORDER_TYPE, SIDE, STATUS, wordOf } from '../today/words.ts'
import { averagePrice, costs, type OrderRow } from './view.ts'

export function OrderList(props: {
  readonly rows: readonly OrderRow[]
  readonly chosen: string | undefined
  readonly search: string
  readonly isLoading: boolean
  readonly isFiltered: boolean
  readonly isToday: boolean
}) {
  const say = useSay()
  const { rows, chosen, search } = props
  if (props.isLoading) return <Loading />
  if (rows.length === 0)
    return props.isFiltered ? (
      <Empty title={say('맞는 주문이 없습니다', 'No order fits')}>
        {say('상태나 종목을 바꿔 보세요.', 'Choose another state or instrument.')}
      </Empty>
    ) : (
      <Empty title={say('이날은 주문이 없습니다', 'There was no order on this day')}>
        {props.isToday &&
          say(
            '왜 사지 않았는지는 ‘왜?’ 페이지에 숫자와 함께 있습니다.',
            'The page “Why” tells, with numbers, what kept the engine from buying.',
          )}
      </Empty>
    )
  return (
    <div className="table-wrap">
      <table className="table card-rows orders-table">
        <thead>
          <tr>
            <th scope="col">{say('시각', 'Time')}</th>
            <th scope="col">{say('종목', 'Instrument')}</th>
            <th scope="col">{say('주문', 'Order')}</th>
            <th scope="col" className="number">
              {say('체결', 'Filled')}
            </th>
            <th scope="col" className="number orders-wide">
              {say('체결가 · 비용', 'Price, costs')}
            </th>
            <th scope="col">{say('상태와 이유', 'State and reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((order) => (
            <Line key={order.id} order={order} isChosen={order.id === chosen} search={search} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({
  order,
  isChosen,
  search,
}: {
  readonly order: OrderRow
  readonly isChosen: boolean
  readonly search: string
}) {
  const say = useSay()
  const sentence = useSentence()
  const { id, instrument, name, side, type, limit, venue, quantity, filled, status, group, reason } = order
  const average = averagePrice(order)
  return (
    <tr className={`${group === 'doubtful' ? 'doubtful' : ''} ${isChosen ? 'chosen' : ''}`}>
      <td className="cell-time">
        <time>{clockText(order.createdAt)}</time>
      </td>
      <th scope="row" className="cell-name">
        <Link href={`/orders/${id}${search && `?${search}`}`} aria-current={isChosen ? 'true' : undefined}>
          {name}
          <span className="unseen">
            {' '}
            {say('주문', 'order')} {id}
          </span>
        </Link>
        <span className="sub">{instrument}</span>
      </th>
      <td className="cell-order">
        <span className={side === 'buy' ? 'side-word up' : 'side-word down'}>
          {sentence(wordOf(SIDE, side))}
        </span>{' '}
        {limit !== undefined ? won(limit) : sentence(wordOf(ORDER_TYPE, type))}
        <span className="sub">
          {limit !== undefined && `${sentence(wordOf(ORDER_TYPE, type))} · `}
          {venue}
        </span>
      </td>
      <td className="number cell-filled">
        {count(filled)} / {count(quantity)}
        {group === 'open' && (
          <progress max={quantity} value={filled} aria-label={say('체결된 만큼', 'Filled so far')} />
        )}
      </td>
      <td className="number cell-paid orders-wide">
        {average === undefined ? '—' : Number.isInteger(average) ? won(average) : decimals(average)}
        <span className="sub">{average === undefined ? '' : won(costs(order))}</span>
      </td>
      <td className="cell-why">
        <span className={`chip ${CHIP[group]}`}>{sentence(wordOf(STATUS, status))}</span>
        <span className="sub wraps">{reason}</span>
      </td>
    </tr>
  )
}

const CHIP = { doubtful: 'bad', open: 'accent', filled: 'good', ended: '', failed: 'warn' } as const
