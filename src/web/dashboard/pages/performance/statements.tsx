import { useState } from 'react'
import type { DayList, StatementSpan } from '../../../contract/performance.ts'
import { Card } from '../../parts/card.tsx'
import { Field, Segments } from '../../parts/field.tsx'
import { useSay } from '../../state/say.ts'
import { statementPath } from './use-performance.ts'

/** Files to keep: of a day, its week, its month, or everything. */
export function Statements({ list }: { readonly list: DayList }) {
  const say = useSay()
  const [span, setSpan] = useState<StatementSpan>('month')
  const newest = list.days.at(-1)?.day ?? ''
  const [on, setOn] = useState(newest)
  const asked = { source: list.source.id, span, ...(on !== '' && { on }) }
  return (
    <Card title={say('내역서 받기', 'Statements')}>
      <div className="stack">
        <div className="row">
          <Segments
            label={say('얼마 동안', 'Of how long')}
            value={span}
            options={[
              ['day', say('하루', 'Day')],
              ['week', say('주', 'Week')],
              ['month', say('달', 'Month')],
              ['all', say('전부', 'All')],
            ]}
            onChange={setSpan}
          />
        </div>
        {span !== 'all' && (
          <Field label={say('그 기간의 아무 날', 'Any day of it')}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="date"
                min={list.days[0]?.day}
                max={newest}
                value={on}
                onChange={(event) => setOn(event.target.value)}
              />
            )}
          </Field>
        )}
        <div className="row">
          <a className="button small" href={statementPath('csv', { ...asked, what: 'trades' })} download>
            {say('거래 CSV', 'Trades CSV')}
          </a>
          <a className="button small" href={statementPath('csv', { ...asked, what: 'days' })} download>
            {say('날별 CSV', 'Days CSV')}
          </a>
          <a className="button small" href={statementPath('html', asked)} download>
            {say('내역서 HTML', 'Statement HTML')}
          </a>
        </div>
        <p className="quiet small-print">
          {say('세금 신고에는 증권사의 거래내역서를 쓰세요.', "For a tax return use the broker's statement.")}
        </p>
      </div>
    </Card>
  )
}
