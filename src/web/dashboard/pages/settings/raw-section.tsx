import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useRef, useState } from 'react'
import type { SettingFinding, SettingsMessage } from '../../../contract/settings.ts'
import { useMay } from '../../state/may.ts'
import { useSay } from '../../state/say.ts'
import { useDraft } from './draft.ts'
import { ReviewSheet } from './review.tsx'
import { checkEdit, resting, useSettings } from './use-settings.ts'

/** The whole file as text, for whoever likes it better, checked while it is typed. */
export function RawSection() {
  const { data: settings } = useSettings()
  return settings ? <RawEditor settings={settings} /> : null
}

function RawEditor({ settings }: { readonly settings: SettingsMessage }) {
  const say = useSay()
  const edits = useDraft((draft) => draft.edits)
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [isReviewing, setReviewing] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const mayWrite = useMay('admin')
  const text = typed ?? settings.text
  const asked = useDeferredValue(text)
  const isChanged = text !== settings.text
  const { data: checked } = useQuery({
    queryKey: ['settings-text', settings.etag, asked],
    queryFn: async ({ signal }) => {
      await resting(signal)
      return checkEdit({ text: asked }, signal)
    },
    enabled: isChanged,
    staleTime: 0,
    retry: false,
  })
  const findings = isChanged ? (checked?.findings ?? []) : settings.findings
  return (
    <div className="stack">
      {edits.length > 0 && (
        <div className="note warn">
          {say(
            '위에서 바꾸고 적용하지 않은 값이 있습니다. 원문에는 들어 있지 않습니다.',
            'Values changed above are not applied yet and are not in this text.',
          )}
        </div>
      )}
      <label className="unseen" htmlFor="settings-text">
        {say('설정 파일 원문', 'Text of the settings file')}
      </label>
      <div className="raw">
        <LineNumbers text={text} findings={findings} />
        <textarea
          id="settings-text"
          ref={area}
          value={text}
          readOnly={!mayWrite}
          spellCheck={false}
          autoComplete="off"
          wrap="off"
          rows={22}
          aria-invalid={findings.length > 0 || undefined}
          onChange={(event) => setTyped(event.target.value)}
          onScroll={(event) => {
            const numbers = event.currentTarget.previousElementSibling
            if (numbers) numbers.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
      <Findings findings={findings} onPick={(line) => goTo(area.current, text, line)} />
      {mayWrite ? (
        <RawButtons
          isChanged={isChanged}
          isRight={isChanged && findings.length === 0 && checked !== undefined}
          isWrong={findings.length > 0}
          onUndo={() => setTyped(undefined)}
          onReview={() => setReviewing(true)}
        />
      ) : (
        <p className="quiet">
          {say('원문은 소유자만 고칠 수 있습니다.', 'The text is for owners to change.')}
        </p>
      )}
      {isReviewing && (
        <ReviewSheet edit={{ text }} onClose={() => setReviewing(false)} onDone={() => setTyped(undefined)} />
      )}
    </div>
  )
}

function RawButtons(props: {
  readonly isChanged: boolean
  readonly isRight: boolean
  readonly isWrong: boolean
  readonly onUndo: () => void
  readonly onReview: () => void
}) {
  const say = useSay()
  const { isChanged, isRight, isWrong } = props
  return (
    <div className="row">
      {isRight && <span className="chip good">{say('맞는 설정입니다', 'These settings are right')}</span>}
      <button type="button" className="button push" disabled={!isChanged} onClick={props.onUndo}>
        {say('되돌리기', 'Undo')}
      </button>
      <button
        type="button"
        className="button primary"
        disabled={!isChanged || isWrong}
        aria-haspopup="dialog"
        onClick={props.onReview}
      >
        {say('검토 · 적용', 'Review and apply')}
      </button>
    </div>
  )
}

function LineNumbers(props: { readonly text: string; readonly findings: readonly SettingFinding[] }) {
  const wrong = new Set(props.findings.map(({ line }) => line))
  const numbers = Array.from(props.text.split('\n'), (_, index) => index + 1)
  return (
    <div className="raw-lines" aria-hidden="true">
      {numbers.map((line) => (
        <span key={line} className={wrong.has(line) ? 'wrong-line' : ''}>
          {line}
        </span>
      ))}
    </div>
  )
}

function Findings(props: {
  readonly findings: readonly SettingFinding[]
  readonly onPick: (line: number) => void
}) {
  const say = useSay()
  if (props.findings.length === 0) return null
  return (
    <div className="note bad" role="status">
      <ul className="stack tight">
        {props.findings.map((finding) => (
          <li key={`${finding.line}:${finding.column}:${finding.path}`} className="row">
            <button type="button" className="button small" onClick={() => props.onPick(finding.line)}>
              {say(`${finding.line}줄 ${finding.column}칸`, `line ${finding.line}:${finding.column}`)}
            </button>
            <span>
              {finding.path !== '' && <strong>{finding.path} </strong>}
              {say(finding.ko, finding.en)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function goTo(area: HTMLTextAreaElement | null, text: string, line: number): void {
  if (!area) return
  const lines = text.split('\n')
  const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  area.focus()
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0))
  area.scrollTop = Math.max(0, (line - 6) * 20)
}
