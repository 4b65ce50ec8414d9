import { useState } from 'react'
import type { SettingsChecked, SettingsEdit } from '../../../contract/settings.ts'
import { ApiProblem } from '../../api/client.ts'
import { ErrorNote, Loading } from '../../parts/notes.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { toast } from '../../parts/toasts.tsx'
import { useMay } from '../../state/may.ts'
import { useSay } from '../../state/say.ts'
import { dropEdits, useDraft } from './draft.ts'
import { useCheck, useDraftFindings, useSettings, useWrite } from './use-settings.ts'
import './review.css'

/** At the foot of a page while something is changed and not written. */
export function ReviewBar() {
  const say = useSay()
  const edits = useDraft((draft) => draft.edits)
  const findings = useDraftFindings()
  const [open, setOpen] = useState(false)
  if (edits.length === 0) return null
  return (
    <section className="review-bar" aria-label={say('바뀐 설정', 'Changed settings')}>
      <strong>{say(`바뀐 값 ${edits.length}개`, `${edits.length} changed`)}</strong>
      <span className="quiet wide-only">{say('아직 적용하지 않았습니다', 'Not applied yet')}</span>
      {findings.length > 0 && (
        <span className="chip bad">
          {say(`맞지 않는 값 ${findings.length}개`, `${findings.length} wrong`)}
        </span>
      )}
      <button type="button" className="button push" onClick={dropEdits}>
        {say('모두 되돌리기', 'Undo all')}
      </button>
      <button type="button" className="button primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say('검토 · 적용', 'Review and apply')}
      </button>
      {open && <ReviewSheet edit={{ edits: [...edits] }} onClose={() => setOpen(false)} onDone={dropEdits} />}
    </section>
  )
}

/** Says in words what a change does before it is written, and asks for what it needs. */
export function ReviewSheet(props: {
  readonly edit: SettingsEdit
  readonly onClose: () => void
  readonly onDone?: () => void
}) {
  const say = useSay()
  const { data: settings } = useSettings()
  const etag = settings?.etag ?? ''
  const { data: checked, error, refetch } = useCheck(props.edit, etag)
  const { mutate, error: refusal, isPending } = useWrite()
  const mayRaise = useMay('admin')
  const mayLower = useMay('trade')
  // The whole text is the owner's, whatever it changes: only single settings may be lowered by others.
  const mayApply = checked?.lowersRisk && 'edits' in props.edit ? mayLower : mayRaise
  const canApply =
    mayApply && checked !== undefined && checked.findings.length === 0 && checked.changes.length > 0
  const apply = () =>
    mutate(
      { edit: props.edit, etag, lowers: checked?.lowersRisk ?? false },
      {
        onSuccess: (written) => {
          toast('good', written)
          props.onDone?.()
          props.onClose()
        },
      },
    )
  return (
    <Sheet
      title={say('설정 변경 검토', 'Review the changes')}
      onClose={props.onClose}
      foot={
        <>
          <button type="button" className="button" onClick={props.onClose}>
            {say('더 고치기', 'Keep editing')}
          </button>
          <button type="button" className="button primary" disabled={!canApply || isPending} onClick={apply}>
            {isPending ? say('저장 중…', 'Saving…') : say('적용', 'Apply')}
          </button>
        </>
      }
    >
      {error ? (
        <ErrorNote error={error} again={() => void refetch()} />
      ) : !checked ? (
        <Loading />
      ) : (
        <Checked checked={checked} />
      )}
      {checked && !mayApply && (
        <p className="note">
          {say(
            mayLower
              ? '위험을 줄이는 변경만 할 수 있는 계정입니다. 나머지는 소유자가 합니다.'
              : '보기 권한으로는 설정을 바꿀 수 없습니다.',
            mayLower
              ? 'This account may only make changes that lower the risk. The rest is up to an owner.'
              : 'A viewer cannot change settings.',
          )}
        </p>
      )}
      {refusal && <Refusal error={refusal} />}
    </Sheet>
  )
}

function Refusal({ error }: { readonly error: unknown }) {
  const say = useSay()
  const isChanged = error instanceof ApiProblem && error.problem.type === '/problems/settings-changed'
  return (
    <>
      <ErrorNote error={error} />
      {isChanged && (
        <p className="quiet">
          {say(
            '파일을 새로 읽었습니다. 위의 차이를 다시 보고 적용하세요.',
            'The file has been read anew. Look at the differences again, then apply.',
          )}
        </p>
      )}
    </>
  )
}

function Checked({ checked }: { readonly checked: SettingsChecked }) {
  const say = useSay()
  if (checked.findings.length > 0)
    return (
      <div className="note bad" role="alert">
        <ul className="stack tight">
          {checked.findings.map((finding) => (
            <li key={`${finding.line}:${finding.column}:${finding.path}`}>
              <strong>{finding.path}</strong> {say(finding.ko, finding.en)}{' '}
              <span className="quiet">{say(`${finding.line}번째 줄`, `line ${finding.line}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    )
  if (checked.changes.length === 0)
    return <p className="quiet">{say('값은 그대로입니다.', 'No value changes.')}</p>
  return (
    <>
      {checked.raisesRisk && (
        <div className="note warn">
          <span>
            {say(
              '잃을 수 있는 금액이 커지는 변경이 있습니다. 소유자의 2단계 인증이 필요합니다.',
              'Some of this raises what can be lost. It needs the owner and a second factor.',
            )}
          </span>
        </div>
      )}
      <div className="table-wrap">
        <table className="table changes">
          <thead>
            <tr>
              <th scope="col">{say('설정', 'Setting')}</th>
              <th scope="col">{say('지금', 'Now')}</th>
              <th scope="col">{say('바꾼 뒤', 'After')}</th>
              <th scope="col">{say('위험', 'Risk')}</th>
            </tr>
          </thead>
          <tbody>
            {checked.changes.map((change) => (
              <tr key={change.ko}>
                <th scope="row">
                  {say(change.label.ko, change.label.en)}
                  {change.restart && (
                    <span className="sub">{say('다시 시작하면 바뀝니다', 'changes on restart')}</span>
                  )}
                </th>
                <td>{say(change.before.ko, change.before.en)}</td>
                <td>
                  <strong>{say(change.after.ko, change.after.en)}</strong>
                </td>
                <td>
                  <Risk risk={change.risk} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Risk({ risk }: { readonly risk: 'raises' | 'lowers' | 'other' }) {
  const say = useSay()
  if (risk === 'raises') return <span className="chip warn">▲ {say('커짐', 'raises')}</span>
  if (risk === 'lowers') return <span className="chip good">▼ {say('줄어듦', 'lowers')}</span>
  return <span className="chip">{say('그대로', 'same')}</span>
}
