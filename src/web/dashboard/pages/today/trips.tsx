import { useState } from 'react'
import { Link } from 'wouter'
import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { count, direction, lasting, minuteText, signed, signedPercent } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { type TripRow, tripRows } from './view.ts'
import { EXIT, wordOf } from './words.ts'

const SHOWN = 8

/** What was bought and sold again today, and what it brought. */
export function Trips() {
  const say = useSay()
  const trips = useLive(({ state }) => state?.trips)
  const [isLong, setLong] = useState(false)
  const rows = tripRows(trips ?? {})
  return (
    <Card
      title={say('오늘 청산', 'Closed today')}
      aside={<span className="quiet">{count(rows.length)}</span>}
      flush
    >
      {rows.length === 0 ? (
        <Empty title={say('오늘 청산한 종목이 없습니다', 'Nothing was closed today')} />
      ) : (
        <div className="table-wrap">
          <table className="table card-rows today-trips">
            <thead>
              <tr>
                <th scope="col">{say('종목', 'Instrument')}</th>
                <th scope="col" className="number">
                  {say('실현손익', 'Realised')}
                </th>
                <th scope="col">{say('왜 팔았나', 'Why it was sold')}</th>
                <th scope="col" className="number">
                  {say('시각·보유', 'Time, held for')}
                </th>
              </tr>
            </thead>
            <tbody>
              {(isLong ? rows : rows.slice(0, SHOWN)).map((row) => (
                <TripLine key={row.key} trip={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > SHOWN && (
        <button type="button" className="card-more" onClick={() => setLong(!isLong)} aria-expanded={isLong}>
          {isLong ? say('접기', 'Fewer') : say(`더 보기 (${rows.length})`, `All ${rows.length}`)}
        </button>
      )}
    </Card>
  )
}

function TripLine({ trip }: { readonly trip: TripRow }) {
  const say = useSay()
  const sentence = useSentence()
  const language = usePreferences((preferences) => preferences.language)
  const { instrument, name, quantity, realizedPnl, ratio, exit, exitReason, openedAt, closedAt } = trip
  return (
    <tr>
      <th scope="row" className="cell-name">
        <Link href={`/chart/${instrument}`}>{name}</Link>
        <span className="sub">
          {instrument} · {count(quantity)}
          {say('주', ' shares')}
        </span>
      </th>
      <td className={`number cell-pnl ${direction(realizedPnl)}`}>
        <strong>{signed(realizedPnl)}</strong>
        <span className="sub tinted">{signedPercent(ratio)}</span>
      </td>
      <td className="cell-why">
        {sentence(wordOf(EXIT, exit))}
        <span className="sub wraps">{exitReason}</span>
      </td>
      <td className="number cell-time">
        {minuteText(closedAt)}
        <span className="sub">{lasting(closedAt - openedAt, language)}</span>
      </td>
    </tr>
  )
}
