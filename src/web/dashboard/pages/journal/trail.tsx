import { useState } from 'react'
import { Link } from 'wouter'
import type { TrailEntry, TrailKind, TrailPage } from '../../../contract/records.ts'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { RecordNote } from '../../parts/record-note.tsx'
import { count } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { millisText } from '../orders/view.ts'
import { useSettled, useTrail } from './use-journal.ts'
import { isPerson, KIND_ORDER, KINDS, whoOf } from './view.ts'

/** Everything in the record that is not a price, newest first, to be searched. */
export function Trail({ day, isToday }: { readonly day: string; readonly isToday: boolean }) {
  const say = useSay()
  const [kind, setKind] = useState<TrailKind | ''>('')
  const [typed, setTyped] = useState('')
  const q = useSettled(typed.trim())
  const { first, entries, error, isLoading, hasNextPage, fetchNextPage, isFetchingNextPage } = useTrail(
    day,
    isToday,
    kind,
    q,
  )
  return (
    <div className="stack">
      <RecordNote record={first?.record} />
      <section className="card" aria-label={say('감사 기록', 'Audit trail')}>
        <div className="trail-search">
          <input
            type="search"
            className="input"
            aria-label={say('기록에서 찾기', 'Search the record')}
            placeholder={say(
              '종목, 주문번호, 사람, 말, 기록 번호',
              'Name, order, person, words, record number',
            )}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <span className="quiet" role="status">
            {first && say(`${count(first.found)}줄`, `${count(first.found)} lines`)}
          </span>
        </div>
        <Kinds counts={first?.counts} kind={kind} onChange={setKind} />
        {error ? (
          <div className="card-body">
            <ErrorNote error={error} />
          </div>
        ) : null}
        {isLoading ? <Loading /> : <Lines entries={entries} isFiltered={q !== '' || kind !== ''} />}
        {hasNextPage && (
          <button
            type="button"
            className="card-more"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {say('더 보기', 'Show more')}
          </button>
        )}
        {(first?.dropped ?? 0) > 0 && !hasNextPage && (
          <p className="quiet card-body">
            {say(
              `가장 오래된 ${count(first?.dropped ?? 0)}줄은 여기에 없습니다. 기록 파일에는 모두 있습니다.`,
              `The oldest ${count(first?.dropped ?? 0)} lines are not here; the file has all of them.`,
            )}
          </p>
        )}
      </section>
    </div>
  )
}

function Kinds(props: {
  readonly counts: TrailPage['counts'] | undefined
  readonly kind: TrailKind | ''
  readonly onChange: (kind: TrailKind | '') => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const { counts, kind } = props
  return (
    <fieldset className="trail-kinds" aria-label={say('종류', 'Kind')}>
      <button type="button" aria-pressed={kind === ''} onClick={() => props.onChange('')}>
        {say('전체', 'All')}
      </button>
      {KIND_ORDER.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={kind === each}
          disabled={(counts?.[each] ?? 0) === 0 && kind !== each}
          onClick={() => props.onChange(kind === each ? '' : each)}
        >
          {sentence(KINDS[each])} <span className="quiet">{count(counts?.[each] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  )
}

function Lines({
  entries,
  isFiltered,
}: {
  readonly entries: readonly TrailEntry[]
  readonly isFiltered: boolean
}) {
  const say = useSay()
  const sentence = useSentence()
  if (entries.length === 0)
    return isFiltered ? (
      <Empty title={say('맞는 기록이 없습니다', 'Nothing fits')}>
        {say('다른 말이나 종류로 찾아보세요.', 'Try other words, or another kind.')}
      </Empty>
    ) : (
      <Empty title={say('아직 아무 일도 없었습니다', 'Nothing has happened yet')} />
    )
  return (
    <div className="table-wrap">
      <table className="table card-rows trail-table">
        <thead>
          <tr>
            <th scope="col">{say('시각', 'Time')}</th>
            <th scope="col">{say('누가', 'Who')}</th>
            <th scope="col">{say('무엇을', 'What')}</th>
            <th scope="col" className="number">
              {say('기록', 'Record')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.line} className={isPerson(entry) ? 'by-person' : undefined}>
              <td className="cell-time">
                <time>{millisText(entry.at)}</time>
              </td>
              <td className="cell-who">
                {isPerson(entry) ? <strong>{entry.who}</strong> : sentence(whoOf(entry))}
              </td>
              <td className="cell-what">
                <div className="trail-line">
                  <span className={`trail-kind of-${entry.kind}`}>{sentence(KINDS[entry.kind])}</span>
                  <span className="wraps">
                    {entry.order !== undefined ? (
                      <Link href={`/orders/${entry.order}`}>{sentence(entry)}</Link>
                    ) : (
                      sentence(entry)
                    )}
                  </span>
                </div>
              </td>
              <td className="number quiet cell-seq">
                {entry.kind === 'signIn' ? say('감사 ', 'audit ') : ''}
                {count(entry.seq)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
