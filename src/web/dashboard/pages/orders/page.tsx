import { useParams, useSearchParams } from 'wouter'
import type { OrderGroup } from '../../../contract/records.ts'
import { DaySelect } from '../../parts/day-select.tsx'
import { ErrorNote } from '../../parts/notes.tsx'
import { RecordNote } from '../../parts/record-note.tsx'
import { useLive } from '../../state/live.ts'
import { useSay } from '../../state/say.ts'
import { Doubts } from './doubts.tsx'
import { Filters } from './filters.tsx'
import { Life } from './life.tsx'
import { OrderList } from './list.tsx'
import './page.css'
import { useDays, useOrders } from './use-orders.ts'
import { dayOfOrder, fromLive, orderRows } from './view.ts'
import { GROUPS } from './words.ts'

/** Every order of a day, from the wish to its end; those that are open can be steered from here. */
export function OrdersPage() {
  const say = useSay()
  const { id } = useParams<{ id?: string }>()
  const [search, setSearch] = useSearchParams()
  const { days, recorded, today, error: daysError } = useDays()
  const day = search.get('day') ?? (id !== undefined ? dayOfOrder(id) : undefined) ?? today ?? days[0]
  const isToday = day !== undefined && day === today
  const group = groupOf(search.get('status'))
  const filter = { group, instrument: search.get('instrument') ?? '' }
  const hasRecord = day !== undefined && recorded.includes(day)
  const { first, orders, error, hasNextPage, fetchNextPage, isFetchingNextPage, isLoading } = useOrders(
    hasRecord ? day : undefined,
    isToday,
    filter,
  )
  const open = useLive(({ state }) => state?.orders)
  const live = isToday ? open : undefined
  const rows = orderRows(hasRecord ? orders : [], live, filter)
  // Whatever day is looked at.
  const doubts = Object.values(open ?? {})
    .map((order) => fromLive(order))
    .filter(({ group: each }) => each === 'doubtful')
  const change = (part: Readonly<Record<string, string>>) =>
    setSearch(changed(search, part), { replace: true })
  const trouble = daysError ?? error
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say('주문·체결', 'Orders')}</h1>
        <div className="row push">
          {day !== undefined && (
            <DaySelect days={days} day={day} today={today} onChange={(next) => change({ day: next })} />
          )}
          {hasRecord && (
            <a className="button small" href={`/api/v1/orders.csv?day=${day}`} download>
              {say('CSV 받기', 'CSV')}
            </a>
          )}
        </div>
      </div>
      {trouble ? <ErrorNote error={trouble} /> : null}
      <RecordNote record={hasRecord ? first?.record : undefined} />
      <Doubts orders={doubts} />
      <div className={id === undefined ? 'orders' : 'orders with-life'}>
        <section className="card orders-list">
          <Filters
            counts={hasRecord ? first?.counts : undefined}
            filter={filter}
            instruments={hasRecord ? (first?.instruments ?? []) : []}
            onChange={change}
          />
          <OrderList
            rows={rows}
            chosen={id}
            search={search.toString()}
            isLoading={isLoading}
            isFiltered={group !== '' || filter.instrument !== ''}
            isToday={isToday}
          />
          {hasRecord && hasNextPage && (
            <button
              type="button"
              className="card-more"
              disabled={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {say('더 보기', 'Show more')}
            </button>
          )}
        </section>
        {id !== undefined && (
          <Life
            key={id}
            id={id}
            day={hasRecord ? day : undefined}
            isToday={isToday}
            search={search.toString()}
            live={live?.[id]}
          />
        )}
      </div>
    </div>
  )
}

const groupOf = (text: string | null): OrderGroup | '' =>
  text !== null && Object.hasOwn(GROUPS, text) ? (text as OrderGroup) : ''

function changed(search: URLSearchParams, part: Readonly<Record<string, string>>): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(part))
    if (value === '') next.delete(name)
    else next.set(name, value)
  return next
}
