import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { LiveState } from '../../../contract/live.ts'
import { Card, Figure } from '../../parts/card.tsx'
import { clockText, count, decimals, direction, signed, signedPercent, won } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { ORDER_TYPE, SIDE, STATUS, wordOf } from '../today/words.ts'

const NEWEST_EVENTS = 14

/** The desk as it was: books, what was held, what was asked for, and what had just happened. */
export function ReplayDesk({ state, seq }: { readonly state: LiveState; readonly seq: number }) {
  return (
    <div className="replay-desk">
      <div className="stack">
        <Books state={state} seq={seq} />
        <Positions state={state} />
        <Orders state={state} />
      </div>
      <Events state={state} />
    </div>
  )
}

function Books({ state: { desk, clock }, seq }: { readonly state: LiveState; readonly seq: number }) {
  const say = useSay()
  const sentence = useSentence()
  const pnl = desk.equity - desk.startEquity
  return (
    <Card
      title={say('장부', 'Books')}
      aside={
        <span className="quiet">
          {sentence(clock.phaseName)} · {say(`기록 ${count(seq)}까지`, `up to record ${count(seq)}`)}
        </span>
      }
    >
      <dl className="figures">
        <Figure label={say('평가금액', 'Equity')}>{won(desk.equity)}</Figure>
        <Figure label={say('당일 손익', "Day's result")} className={direction(pnl)}>
          {signed(pnl)}
        </Figure>
        <Figure label={say('실현', 'Realised')} className={direction(desk.realizedPnl)}>
          {signed(desk.realizedPnl)}
        </Figure>
        <Figure label={say('평가', 'Unrealised')} className={direction(desk.unrealizedPnl)}>
          {signed(desk.unrealizedPnl)}
        </Figure>
        <Figure label={say('예수금', 'Cash')}>{won(desk.cash)}</Figure>
        <Figure label={say('주문가능', 'Buying power')}>{won(desk.buyingPower)}</Figure>
        <Figure label={say('주문 · 체결', 'Orders, fills')}>
          {count(desk.counts.orders)} · {count(desk.counts.fills)}
        </Figure>
      </dl>
    </Card>
  )
}

const Side = ({ side }: { readonly side: 'buy' | 'sell' }) => {
  const sentence = useSentence()
  return (
    <span className={side === 'buy' ? 'side-word up' : 'side-word down'}>{sentence(wordOf(SIDE, side))}</span>
  )
}

function Table(props: {
  readonly title: string
  readonly none: string
  readonly heads: readonly (readonly [text: string, isNumber: boolean])[]
  readonly rows: readonly ReactNode[]
}) {
  const { title, none, heads, rows } = props
  return (
    <Card title={title} aside={<span className="quiet">{count(rows.length)}</span>} flush>
      {rows.length === 0 ? (
        <p className="empty">{none}</p>
      ) : (
        <div className="table-wrap">
          <table className="table plain-rows">
            <thead>
              <tr>
                {heads.map(([text, isNumber]) => (
                  <th key={text} scope="col" className={isNumber ? 'number' : undefined}>
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function Positions({ state }: { readonly state: LiveState }) {
  const say = useSay()
  return (
    <Table
      title={say('보유', 'Positions')}
      none={say('보유 종목이 없었습니다', 'Nothing was held')}
      heads={[
        [say('종목', 'Instrument'), false],
        [say('수량', 'Shares'), true],
        [say('평균 → 현재가', 'Average → price'), true],
        [say('손익', 'Result'), true],
      ]}
      rows={Object.values(state.positions).map((position) => (
        <tr key={position.instrument}>
          <th scope="row">
            {position.name}
            <span className="sub">{position.instrument}</span>
          </th>
          <td className="number">{count(position.quantity)}</td>
          <td className="number">
            {position.last > 0 ? won(position.last) : '—'}
            <span className="sub">{decimals(position.averagePrice)}</span>
          </td>
          <td className={`number ${direction(position.pnl)}`}>
            {signed(position.pnl)}
            <span className="sub">{signedPercent(position.gainRatio)}</span>
          </td>
        </tr>
      ))}
    />
  )
}

function Orders({ state }: { readonly state: LiveState }) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <Table
      title={say('미체결', 'Working orders')}
      none={say('미체결 주문이 없었습니다', 'No order was working')}
      heads={[
        [say('종목', 'Instrument'), false],
        [say('주문', 'Order'), false],
        [say('체결', 'Filled'), true],
        [say('상태', 'State'), false],
      ]}
      rows={Object.values(state.orders).map((order) => (
        <tr key={order.id}>
          <th scope="row">
            <Link href={`/orders/${order.id}`}>{order.name}</Link>
            <span className="sub">{order.instrument}</span>
          </th>
          <td>
            <Side side={order.side} />{' '}
            {order.limit !== undefined ? won(order.limit) : sentence(wordOf(ORDER_TYPE, order.type))}
            <span className="sub">{clockText(order.createdAt)}</span>
          </td>
          <td className="number">
            {count(order.filled)} / {count(order.quantity)}
          </td>
          <td>
            <span className={order.status === 'inDoubt' ? 'chip bad' : 'chip'}>
              {sentence(wordOf(STATUS, order.status))}
            </span>
          </td>
        </tr>
      ))}
    />
  )
}

function Events({ state }: { readonly state: LiveState }) {
  const say = useSay()
  const sentence = useSentence()
  const newest = Object.entries(state.happenings).reverse().slice(0, NEWEST_EVENTS)
  return (
    <Card title={say('그때까지의 일', 'What had happened')} flush>
      {newest.length === 0 ? (
        <p className="empty">{say('아직 아무 일도 없었습니다', 'Nothing yet')}</p>
      ) : (
        <ol className="replay-events">
          {newest.map(([key, happening]) => (
            <li key={key} className={happening.level}>
              <time>{clockText(happening.at)}</time>
              <span className="wraps">{sentence(happening)}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
