import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditMessage } from '../../../../contract/session.ts'
import { Empty, ErrorNote, Loading } from '../../../parts/notes.tsx'
import { clockText, dayText } from '../../../state/numbers.ts'
import { useSay, useSentence } from '../../../state/say.ts'
import { auditQuery } from './use-account.ts'
import { auditWords, isAlarming } from './view.ts'

/** 감사 기록: who did what, from where, newest first; for owners. */
export function AuditSection() {
  const say = useSay()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery(auditQuery)
  if (error && !data) return <ErrorNote error={error} again={() => void refetch()} />
  if (!data) return <Loading />
  const entries = data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <Empty title={say('아직 기록이 없습니다', 'Nothing is recorded yet')} />
  return (
    <div className="stack">
      <div className="row">
        <span className="quiet">
          {say(
            '덧붙이기만 하는 기록입니다. 줄마다 앞줄의 해시를 품어, 고치거나 지우면 드러납니다.',
            'Only ever added to. Each line holds the hash of the one before, so a change or a gap shows.',
          )}
        </span>
        <button
          type="button"
          className="button small push"
          disabled={isFetching}
          onClick={() => void refetch()}
        >
          {say('새로 고침', 'Refresh')}
        </button>
      </div>
      <div className="table-wrap">
        <table className="table card-rows audit">
          <thead>
            <tr>
              <th scope="col">{say('시각', 'When')}</th>
              <th scope="col">{say('누가', 'Who')}</th>
              <th scope="col">{say('무엇을', 'What')}</th>
              <th scope="col">{say('내용', 'About')}</th>
              <th scope="col">{say('어디서', 'From')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <AuditLine key={entry.seq} entry={entry} />
            ))}
          </tbody>
        </table>
      </div>
      {error && <ErrorNote error={error} />}
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetching} onClick={() => void fetchNextPage()}>
          {say('더 보기', 'Show more')}
        </button>
      )}
    </div>
  )
}

function AuditLine({ entry }: { readonly entry: AuditMessage }) {
  const say = useSay()
  const sentence = useSentence()
  const { at, who, from, via, what, about, before, after } = entry
  const vias = {
    session: say('화면', 'screen'),
    token: say('토큰', 'token'),
    shell: say('터미널', 'terminal'),
    none: say('로그인 전', 'signed out'),
  }
  const change = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
  return (
    <tr>
      <td className="cell-when">
        {dayText(at)} {clockText(at)}
      </td>
      <th scope="row" className="cell-name">
        {who === '-' ? <span className="quiet">—</span> : who}
      </th>
      <td className="cell-what">
        {isAlarming(entry) ? (
          <span className="chip warn">{sentence(auditWords(what))}</span>
        ) : (
          sentence(auditWords(what))
        )}
      </td>
      <td className="cell-about">
        {about}
        {Object.keys(change).length > 0 && (
          <details>
            <summary>{say('자세히', 'Details')}</summary>
            <pre>{JSON.stringify(change, undefined, 2)}</pre>
          </details>
        )}
      </td>
      <td className="cell-from">
        {from} <span className="quiet">{vias[via]}</span>
      </td>
    </tr>
  )
}
