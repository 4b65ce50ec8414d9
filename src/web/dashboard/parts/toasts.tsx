import { create } from 'zustand'
import type { SentenceMessage } from '../../contract/live.ts'
import { ApiProblem } from '../api/client.ts'
import { useSay, useSentence } from '../state/say.ts'

interface Toast extends SentenceMessage {
  readonly id: number
  readonly tone: 'good' | 'bad' | 'warn'
}

const LASTS_MS = 6_000
const MOST = 4
let made = 0

const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

/** Says the outcome of what a person just did; it goes away by itself, an error stays twice as long. */
export function toast(tone: Toast['tone'], { ko, en }: SentenceMessage): void {
  const id = ++made
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { id, tone, ko, en }].slice(-MOST) }))
  setTimeout(() => dismiss(id), tone === 'good' ? LASTS_MS : LASTS_MS * 2)
}

export const toastProblem = (error: unknown): void =>
  toast(
    'bad',
    error instanceof ApiProblem
      ? error.problem
      : { ko: '화면에서 문제가 생겼습니다', en: 'Something went wrong on this screen' },
  )

const dismiss = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))

/** The sheets that are open, the topmost last. */
const useSheets = create<{ readonly open: readonly string[] }>(() => ({ open: [] }))

/** A modal sheet covers the page and silences it for readers: from now on toasts stand in it. Gives what ends that. */
export function toastsIn(sheet: string): () => void {
  useSheets.setState(({ open }) => ({ open: [...open, sheet] }))
  return () => useSheets.setState(({ open }) => ({ open: open.filter((each) => each !== sheet) }))
}

/** Once on the page and once in every sheet; only what lies on top shows them. */
export function Toasts({ sheet }: { readonly sheet?: string }) {
  const isOnTop = useSheets(({ open }) => open.at(-1) === sheet)
  const { toasts } = useToasts()
  const say = useSay()
  const sentence = useSentence()
  return (
    <div className="toasts" role="status" aria-live="polite">
      {(isOnTop ? toasts : []).map((each) => (
        <div key={each.id} className={`note ${each.tone}`}>
          <span>{sentence(each)}</span>
          <button type="button" className="button small" onClick={() => dismiss(each.id)}>
            {say('닫기', 'Close')}
          </button>
        </div>
      ))}
    </div>
  )
}
