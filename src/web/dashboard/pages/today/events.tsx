import { useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segments } from '../../parts/field.tsx'
import { Empty } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { clockText } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { type EventRow, eventRows, type Level } from './view.ts'

const SHOWN = 14

/** What happened and why, newest first. */
export function Events() {
  const say = useSay()
  const happenings = useLive(({ state }) => state?.happenings)
  const [level, setLevel] = useState<Level>('all')
  const [isLong, setLong] = useState(false)
  const rows = eventRows(happenings ?? {}, level)
  const shown = isLong ? rows : rows.slice(0, SHOWN)
  return (
    <Card
      title={say('알림', 'Events')}
      aside={
        <Segments
          label={say('중요도', 'Level')}
          value={level}
          options={[
            ['all', say('전체', 'All')],
            ['warning', say('주의', 'Warnings')],
            ['urgent', say('긴급', 'Urgent')],
          ]}
          onChange={setLevel}
        />
      }
      flush
    >
      {rows.length === 0 ? (
        <Empty
          title={
            level === 'all'
              ? say('아직 아무 일도 없습니다', 'Nothing has happened yet')
              : say('그런 알림은 없습니다', 'No such event')
          }
        />
      ) : (
        <ol className="event-list">
          {shown.map((row) => (
            <EventLine key={row.key} row={row} />
          ))}
        </ol>
      )}
      {rows.length > SHOWN && (
        <button type="button" className="card-more" onClick={() => setLong(!isLong)} aria-expanded={isLong}>
          {isLong ? say('접기', 'Fewer') : say(`더 보기 (${rows.length})`, `All ${rows.length}`)}
        </button>
      )}
    </Card>
  )
}

function EventLine({ row }: { readonly row: EventRow }) {
  const say = useSay()
  const sentence = useSentence()
  const words = { info: '', warning: say('주의', 'Warning'), urgent: say('긴급', 'Urgent') }
  return (
    <li className={row.level}>
      <time>{clockText(row.at)}</time>
      <span>
        {row.level !== 'info' && (
          <span className={row.level === 'urgent' ? 'chip bad' : 'chip warn'}>{words[row.level]}</span>
        )}{' '}
        {sentence(row)}
      </span>
    </li>
  )
}
