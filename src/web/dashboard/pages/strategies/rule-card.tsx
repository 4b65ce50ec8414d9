import { useState } from 'react'
import type { SettingEdit } from '../../../contract/settings.ts'
import { toast, toastProblem } from '../../parts/toasts.tsx'
import { useLive } from '../../state/live.ts'
import { clockText, count } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { useDraft } from '../settings/draft.ts'
import { useForm } from '../settings/form.ts'
import { ReviewSheet } from '../settings/review.tsx'
import { useSettings, useWrite } from '../settings/use-settings.ts'
import { PlayFields } from './play-fields.tsx'
import { RuleFields } from './rule-fields.tsx'
import { useKinds } from './use-conditions.ts'
import { countsOf, nameOf, playKind, type Rule, type RuleList, ruleSummary } from './view.ts'

/** One rule: whether it runs, what it did today, and everything that can be changed on it. */
export function RuleCard({
  list,
  index,
  rule,
}: {
  readonly list: RuleList
  readonly index: number
  readonly rule: Rule
}) {
  const say = useSay()
  const path = [list, index]
  const { isLocked } = useForm()
  const name = nameOf(list, rule)
  const [isOpen, setOpen] = useState(false)
  const isOn = rule.enabled !== false
  const summary = ruleSummary(list, rule)
  const isChanged = useDraft(({ edits }) =>
    edits.some((edit) => edit.path[0] === list && edit.path[1] === index),
  )
  return (
    <li className={isOn ? 'rule' : 'rule off'}>
      <div className="rule-head">
        <div className="rule-name">
          <h3>{name}</h3>
          {!isOn && <span className="chip">{say('멈춤', 'paused')}</span>}
          {isChanged && <span className="chip accent">{say('바뀜', 'changed')}</span>}
          {list === 'strategies' && <Kind rule={rule} />}
        </div>
        <Counts list={list} rule={rule} />
        <PauseButton list={list} index={index} rule={rule} />
      </div>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="rule-summary">{say(summary.ko, summary.en)}</span>
          <span className="more">{isLocked ? say('보기', 'Look') : say('고치기', 'Edit')}</span>
        </summary>
        {isOpen && (
          <div className="rule-body stack">
            {list === 'strategies' && <PlayFields rule={rule} path={path} />}
            <RuleFields list={list} path={path} />
            {!isLocked && <RemoveButton list={list} index={index} name={name} />}
          </div>
        )}
      </details>
    </li>
  )
}

function Kind({ rule }: { readonly rule: Rule }) {
  const say = useSay()
  const kinds = useKinds()
  const known = kinds.find(({ id }) => id === rule.use)
  const symbols = Array.isArray(rule.symbols) ? rule.symbols.length : 0
  const what =
    playKind(rule) === 'written'
      ? say('조건식', 'condition')
      : known
        ? say(known.title.ko, known.title.en)
        : String(rule.use)
  return (
    <span className="quiet">
      {what} · {say(`${symbols}종목`, `${symbols} names`)}
    </span>
  )
}

function Counts({ list, rule }: { readonly list: RuleList; readonly rule: Rule }) {
  const say = useSay()
  const conditions = useLive(({ state }) => state?.conditions)
  const live = countsOf(conditions, list, rule)
  if (!live) return <span className="rule-counts quiet">{say('아직 소식 없음', 'nothing yet')}</span>
  return (
    <dl className="rule-counts live-figures">
      <div>
        <dt>{list === 'strategies' ? say('신호', 'Signals') : say('편입', 'Hits')}</dt>
        <dd>{count(live.entered)}</dd>
      </div>
      <div>
        <dt>{say('주문', 'Orders')}</dt>
        <dd>{count(live.ordered)}</dd>
      </div>
      <div>
        <dt>{say('마지막', 'Last')}</dt>
        <dd>{live.lastAt === 0 ? '–' : clockText(live.lastAt)}</dd>
      </div>
    </dl>
  )
}

/** Pausing what buys only lowers the risk, so it acts at once; everything else is looked at first. */
function PauseButton({
  list,
  index,
  rule,
}: {
  readonly list: RuleList
  readonly index: number
  readonly rule: Rule
}) {
  const say = useSay()
  const { isLocked } = useForm()
  const { data: settings } = useSettings()
  const { mutate, isPending } = useWrite()
  const [reviewing, setReviewing] = useState<SettingEdit | undefined>(undefined)
  const isOn = rule.enabled !== false
  const change = { path: [list, index, 'enabled'], value: !isOn }
  const press = () => {
    if (!isOn || list === 'sell') return setReviewing(change)
    mutate(
      { edit: { edits: [change] }, etag: settings?.etag ?? '', lowers: true },
      { onSuccess: (written) => toast('good', written), onError: toastProblem },
    )
  }
  return (
    <>
      <button type="button" className="button small" disabled={isLocked || isPending} onClick={press}>
        {isOn ? say('일시정지', 'Pause') : say('다시 켜기', 'Enable')}
        <span className="unseen">{nameOf(list, rule)}</span>
      </button>
      {reviewing && <ReviewSheet edit={{ edits: [reviewing] }} onClose={() => setReviewing(undefined)} />}
    </>
  )
}

/** The places of rules move when one goes, so changes that wait are applied or dropped first. */
function RemoveButton({
  list,
  index,
  name,
}: {
  readonly list: RuleList
  readonly index: number
  readonly name: string
}) {
  const say = useSay()
  const waits = useDraft(({ edits }) => edits.length > 0)
  const [isReviewing, setReviewing] = useState(false)
  return (
    <div className="row">
      <button type="button" className="button small push" disabled={waits} onClick={() => setReviewing(true)}>
        {say(`"${name}" 삭제`, `Remove "${name}"`)}
      </button>
      {waits && (
        <span className="hint">
          {say('바뀐 값을 먼저 적용하거나 되돌리세요', 'Apply or undo what is changed first')}
        </span>
      )}
      {isReviewing && (
        <ReviewSheet
          edit={{ edits: [{ path: [list, index], value: null }] }}
          onClose={() => setReviewing(false)}
        />
      )}
    </div>
  )
}
