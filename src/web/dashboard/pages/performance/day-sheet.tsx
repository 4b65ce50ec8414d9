import { useQuery } from '@tanstack/react-query'
import { Figure } from '../../parts/card.tsx'
import { useExitName } from '../../parts/figure-groups.tsx'
import { signedMoney } from '../../parts/figures.ts'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { clockText, count, direction, signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { dayQuery, statementPath } from './use-performance.ts'

/** One day with its round trips, and the files of it. */
export function DaySheet({
  source,
  day,
  onClose,
}: {
  readonly source: string
  readonly day: string
  readonly onClose: () => void
}) {
  const say = useSay()
  const exitName = useExitName()
  const { data, error, refetch } = useQuery(dayQuery(source, day))
  return (
    <Sheet
      title={say(`${day}의 결과`, `Result of ${day}`)}
      onClose={onClose}
      foot={
        <>
          <a
            className="button small"
            href={statementPath('csv', { source, span: 'day', on: day, what: 'trades' })}
            download
          >
            {say('거래 CSV', 'Trades CSV')}
          </a>
          <a className="button small" href={statementPath('html', { source, span: 'day', on: day })} download>
            {say('내역서', 'Statement')}
          </a>
        </>
      }
    >
      {error ? (
        <ErrorNote error={error} again={() => void refetch()} />
      ) : data ? (
        <>
          <dl className="figures">
            <Figure label={say('손익', 'Result')} className={direction(data.result.pnl)}>
              {signedMoney(data.result.pnl, 'KRW')}
            </Figure>
            <Figure label={say('수익률', 'Return')} className={direction(data.result.pnl)}>
              {data.result.ratio === undefined ? '–' : signedPercent(data.result.ratio)}
            </Figure>
            <Figure label={say('수수료와 세금', 'Commission and tax')}>
              {won(data.result.commission + data.result.tax)}
            </Figure>
            <Figure label={say('주문 · 체결', 'Orders · fills')}>
              {count(data.result.orders)} · {count(data.result.fills)}
            </Figure>
            <Figure label={say('평가금액', 'Equity')}>{won(data.result.equity)}</Figure>
          </dl>
          {data.trips.length === 0 ? (
            <Empty title={say('끝난 거래가 없습니다', 'No trade was closed')} />
          ) : (
            <ul className="trips">
              {data.trips.map((trip) => (
                <li key={`${trip.instrument} ${trip.openedAt} ${trip.closedAt}`}>
                  <div className="row">
                    <strong>{trip.name}</strong>
                    <span className="quiet">{trip.instrument}</span>
                    <b className={`push ${direction(trip.realizedPnl)}`}>
                      {signedMoney(trip.realizedPnl, 'KRW')}
                    </b>
                    <span className={direction(trip.realizedPnl)}>
                      {trip.buyValue > 0 ? signedPercent(trip.realizedPnl / trip.buyValue) : '–'}
                    </span>
                  </div>
                  <div className="quiet">
                    {clockText(trip.openedAt)} → {clockText(trip.closedAt)} · {count(trip.quantity)}
                    {say('주', ' shares')} · {trip.strategy || say('직접 또는 이월', 'by hand or carried')} ·{' '}
                    {exitName(trip.exit)}
                  </div>
                  <div className="quiet">
                    {trip.entry} → {trip.exitReason}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <Loading />
      )}
    </Sheet>
  )
}
