import type { ReactNode } from 'react'
import { ApiProblem } from '../api/client.ts'
import { useSay, useSentence } from '../state/say.ts'

/** Nothing to show, and what would have to happen for something to be here. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="empty">
    <strong>{title}</strong>
    {children !== undefined && <span>{children}</span>}
  </div>
)

const WIDTHS = ['90%', '81%', '72%', '63%']

/** The shape of what is being fetched. */
export function Loading() {
  const say = useSay()
  return (
    <div className="stack" role="status" aria-label={say('불러오는 중', 'Loading')} style={{ padding: 14 }}>
      {WIDTHS.map((width) => (
        <div key={width} className="skeleton" style={{ height: 16, width }} />
      ))}
    </div>
  )
}

/** What went wrong in the server's own words, and a way to try again where that helps. */
export function ErrorNote({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const text =
    error instanceof ApiProblem
      ? sentence(error.problem)
      : say('화면에서 문제가 생겼습니다', 'Something went wrong on this screen')
  return (
    <div className="note bad" role="alert">
      <div className="stack">
        <span>{text}</span>
        {error instanceof ApiProblem &&
          error.problem.errors?.map(({ path, ko, en }) => (
            <span key={path} className="quiet">
              {path}: {say(ko, en)}
            </span>
          ))}
      </div>
      {again && (
        <button type="button" className="button small" onClick={again}>
          {say('다시', 'Try again')}
        </button>
      )}
    </div>
  )
}
