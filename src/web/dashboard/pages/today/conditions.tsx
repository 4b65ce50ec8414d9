import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { clockText, count } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { conditionRows } from './view.ts'
import { SIDE, wordOf } from './words.ts'

export function Conditions() {
  const say = useSay()
  const sentence = useSentence()
  const conditions = useLive(({ state }) => state?.conditions)
  const rows = conditionRows(conditions ?? {})
  return (
    <Card
      title={say('조건식', 'Conditions')}
      aside={<span className="quiet">{count(rows.length)}</span>}
      flush
    >
      {rows.length === 0 ? (
        <Empty title={say('켜진 조건식이 없습니다', 'No condition is on')}>
          {say('설정에서 매수·매도 조건을 고릅니다.', 'Choose conditions in the settings.')}
        </Empty>
      ) : (
        <div className="table-wrap">
          <table className="table plain-rows today-conditions">
            <thead>
              <tr>
                <th scope="col">{say('이름', 'Name')}</th>
                <th scope="col" className="number">
                  {say('편입', 'Hits')}
                </th>
                <th scope="col" className="number">
                  {say('주문', 'Orders')}
                </th>
                <th scope="col" className="number">
                  {say('마지막', 'Last')}
                </th>
              </tr>
            </thead>
            <tbody className="live-figures">
              {rows.map(({ key, name, use, entered, ordered, lastAt }) => (
                <tr key={key}>
                  <th scope="row" className="cell-name">
                    <span className={use === 'buy' ? 'side-word up' : 'side-word down'}>
                      {sentence(wordOf(SIDE, use))}
                    </span>{' '}
                    {name}
                  </th>
                  <td className="number">{count(entered)}</td>
                  <td className="number">{count(ordered)}</td>
                  <td className="number quiet">{lastAt > 0 ? clockText(lastAt) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
