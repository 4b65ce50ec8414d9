import { useState } from 'react'
import { Link } from 'wouter'
import type { OrderMessage } from '../../../contract/live.ts'
import type { OrderStepMessage } from '../../../contract/records.ts'
import { CancelOrder, canCancel } from '../../parts/cancel-order.tsx'
import { Figure } from '../../parts/card.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useMay } from '../../state/may.ts'
import { count, decimals, won } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { ORDER_TYPE, SIDE, STATUS, wordOf } from '../today/words.ts'
import { AmendSheet } from './amend-sheet.tsx'
import { useOrderLife } from './use-orders.ts'
import { averagePrice, canAmend, fromLive, gapText, millisText, type OrderRow, toneOf } from './view.ts'
import { STEPS, TIME_IN_FORCE } from './words.ts'

/** One order with everything that happened to it. */
export function Life(props: {
  readonly id: string
  readonly day: string | undefined
  readonly isToday: boolean
  readonly search: string
  readonly live: OrderMessage | undefined
}) {
  const say = useSay()
  const { id, day, live } = props
  const { data, error, isLoading, refetch } = useOrderLife(id, day, props.isToday)
  const recorded = data && {
    ...data.order,
    limit: data.order.limit,
    stop: data.order.stop,
    doubt: data.order.doubt,
    venueOrderId: data.order.venueOrderId,
    booked: data.order,
  }
  const order = live ? fromLive(live, recorded) : recorded
  return (
    <section className="card order-life" aria-label={say(`주문 ${id}`, `Order ${id}`)}>
      <header className="card-head">
        <h2>{order?.name ?? say('주문', 'Order')}</h2>
        <span className="quiet">{id}</span>
        <Link className="button small push" href={`/orders${props.search && `?${props.search}`}`}>
          {say('닫기', 'Close')}
        </Link>
      </header>
      {order && <Head order={order} search={props.search} isToday={props.isToday} />}
      {isLoading && <Loading />}
      {error && <div className="card-body">{<ErrorNote error={error} again={() => void refetch()} />}</div>}
      {data ? (
        <Steps steps={data.steps} search={props.search} />
      ) : (
        !isLoading &&
        !error && (
          <Empty title={say('이 주문의 기록이 아직 없습니다', 'There is no record of this order yet')} />
        )
      )}
    </section>
  )
}

function Head({
  order,
  search,
  isToday,
}: {
  readonly order: OrderRow
  readonly search: string
  readonly isToday: boolean
}) {
  const say = useSay()
  const sentence = useSentence()
  const { booked, side, type, limit, stop, venue } = order
  const average = averagePrice(order)
  return (
    <div className="card-body stack">
      <p>
        <span className={side === 'buy' ? 'side-word up' : 'side-word down'}>
          {sentence(wordOf(SIDE, side))}
        </span>{' '}
        <strong>
          {sentence(wordOf(ORDER_TYPE, type))} {limit !== undefined && won(limit)}
          {stop !== undefined && say(` (스톱 ${won(stop)})`, ` (stop ${won(stop)})`)}
        </strong>{' '}
        <span className="quiet">
          {venue}
          {booked && ` · ${sentence(wordOf(TIME_IN_FORCE, booked.timeInForce))}`}
        </span>{' '}
        <span className={order.group === 'doubtful' ? 'chip bad' : 'chip'}>
          {sentence(wordOf(STATUS, order.status))}
        </span>
      </p>
      <p className="wraps">{order.reason}</p>
      <dl className="figures">
        <Figure label={say('체결', 'Filled')} className="small">
          {count(order.filled)} / {count(order.quantity)}
        </Figure>
        <Figure label={say('평균 체결가', 'Average price')} className="small">
          {average === undefined ? '—' : decimals(average)}
        </Figure>
        <Figure label={say('체결 금액', 'Amount')} className="small">
          {booked && booked.filled > 0 ? won(booked.filledValue) : '—'}
        </Figure>
        <Figure label={say('수수료 · 세금', 'Commission, tax')} className="small">
          {booked && booked.filled > 0 ? `${won(booked.commission)} · ${won(booked.tax)}` : '—'}
        </Figure>
        <Figure label={say('증권사 주문번호', "Broker's number")} className="small">
          {order.venueOrderId ?? '—'}
        </Figure>
      </dl>
      {booked && <Relations order={booked} search={search} />}
      {isToday && <Actions order={order} />}
    </div>
  )
}

function Relations({
  order,
  search,
}: {
  readonly order: NonNullable<OrderRow['booked']>
  readonly search: string
}) {
  const say = useSay()
  const related = [
    [order.replaces, say('이 주문을 정정한 것', 'Amends')],
    [order.continues, say('이 주문의 남은 수량', 'The rest of')],
    [order.replacedBy, say('다음 주문으로 정정됨', 'Amended by')],
  ] as const
  const links = related.flatMap(([id, text]) => (id === undefined ? [] : [{ id, text }]))
  if (links.length === 0) return null
  return (
    <p className="row">
      {links.map(({ id, text }) => (
        <span key={text}>
          <span className="quiet">{text}</span>{' '}
          <Link href={`/orders/${id}${search && `?${search}`}`}>{id}</Link>
        </span>
      ))}
    </p>
  )
}

/** Another price is thought about in a sheet. */
function Actions({ order }: { readonly order: OrderRow }) {
  const say = useSay()
  const [isAmending, setAmending] = useState(false)
  const mayTrade = useMay('trade')
  if (!mayTrade || (!canCancel(order) && !canAmend(order))) return null
  return (
    <div className="row">
      <CancelOrder order={order}>{say('주문 취소', 'Cancel the order')}</CancelOrder>
      {canAmend(order) && (
        <button type="button" className="button" onClick={() => setAmending(true)}>
          {say('가격 정정', 'Amend the price')}
        </button>
      )}
      {isAmending && <AmendSheet order={order} onClose={() => setAmending(false)} />}
    </div>
  )
}

function Steps({ steps, search }: { readonly steps: readonly OrderStepMessage[]; readonly search: string }) {
  return (
    <ol className="life-steps">
      {steps.map((step, index) => (
        <Step key={`${step.seq}-${step.kind}`} step={step} before={steps[index - 1]} search={search} />
      ))}
    </ol>
  )
}

function Step({
  step,
  before,
  search,
}: {
  readonly step: OrderStepMessage
  readonly before: OrderStepMessage | undefined
  readonly search: string
}) {
  const say = useSay()
  const sentence = useSentence()
  const { kind, at, seq, times, lastAt, commission, tax, order, by } = step
  const gap = gapText(before && at - (before.lastAt ?? before.at))
  return (
    <li className={`life-step ${toneOf(step)}`}>
      <div className="life-when">
        <time dateTime={new Date(at).toISOString()}>{millisText(at)}</time>
        <span className="quiet">{gap}</span>
      </div>
      <div className="life-what">
        <span className="life-kind">
          {sentence(STEPS[kind])}
          {times !== undefined && ` ×${count(times)}`}
        </span>
        <span className="wraps">{sentence(step)}</span>
        <span className="sub">
          {say(`기록 ${seq}`, `record ${seq}`)}
          {by !== undefined && ` · ${by}`}
          {step.venueAt !== undefined &&
            say(` · 거래소 ${millisText(step.venueAt)}`, ` · at the venue ${millisText(step.venueAt)}`)}
          {times !== undefined &&
            lastAt !== undefined &&
            say(` · 마지막 ${millisText(lastAt)}`, ` · last ${millisText(lastAt)}`)}
          {kind === 'fill' &&
            say(
              ` · 수수료 ${won(commission ?? 0)} 세금 ${won(tax ?? 0)}`,
              ` · commission ${won(commission ?? 0)}, tax ${won(tax ?? 0)}`,
            )}
          {order !== undefined && (
            <>
              {' · '}
              <Link href={`/orders/${order}${search && `?${search}`}`}>{order}</Link>
            </>
          )}
        </span>
      </div>
    </li>
  )
}
