import type { ConditionChecked, ConditionOutline, ConditionProblem } from '../../../contract/conditions.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay } from '../../state/say.ts'

/** What a text means or what is wrong with it. */
export function ConditionReport(props: {
  readonly checked: ConditionChecked | undefined
  readonly text: string
  readonly isFetching: boolean
  readonly onMend: (problem: ConditionProblem) => void
  readonly onShow: (problem: ConditionProblem) => void
}) {
  const say = useSay()
  const { checked, text } = props
  if (text.trim() === '')
    return (
      <p className="hint">
        {say(
          '한국어와 영어를 섞어 써도 됩니다. 글자를 치면 낱말이 나오고, Ctrl+Space로도 부릅니다.',
          'Korean and English may be mixed. Words are offered while you type, or with Ctrl+Space.',
        )}
      </p>
    )
  if (!checked) return <p className="hint">{props.isFetching ? say('읽는 중…', 'Reading…') : ' '}</p>
  if (checked.problems.length > 0)
    return (
      <ul className="condition-problems">
        {checked.problems.map((problem) => (
          <li key={`${problem.from} ${problem.code}`}>
            <button type="button" className="place" onClick={() => props.onShow(problem)}>
              {say(`${problem.from + 1}번째 글자`, `letter ${problem.from + 1}`)}
            </button>
            <span className="wrong">{say(problem.ko, problem.en)}</span>
            {problem.suggestion !== undefined && (
              <button type="button" className="button small" onClick={() => props.onMend(problem)}>
                <code>{problem.suggestion}</code> {say('(으)로 고치기', '– use this')}
              </button>
            )}
          </li>
        ))}
      </ul>
    )
  return <Meaning checked={checked} text={text} />
}

function Meaning({ checked, text }: { readonly checked: ConditionChecked; readonly text: string }) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const { words, outline, needs, unplayable } = checked
  const [own, other] = [words?.[language] ?? '', words?.[language === 'ko' ? 'en' : 'ko'] ?? '']
  return (
    <div className="condition-meaning">
      {unplayable.map(({ ko, en }) => (
        <p key={en} className="wrong" role="alert">
          {say(ko, en)}
        </p>
      ))}
      <p className="said">
        <span className="chip good">{say('맞음', 'ok')}</span> <code>{own === text ? other : own}</code>
      </p>
      {needs && (
        <p className="hint">
          {needs.intervals
            .map((each) =>
              say(
                `${each.ko} ${each.bars}개부터 답합니다${each.settledBars > each.bars ? ` (안정되기까지 ${each.settledBars}개)` : ''}`,
                `answers from ${each.bars} ${each.en} on${each.settledBars > each.bars ? ` (settled after ${each.settledBars})` : ''}`,
              ),
            )
            .join(' · ')}
          {needs.indicators.length > 0 &&
            ` · ${say('지표', 'indicators')}: ${needs.indicators.map((each) => `${say(each.ko, each.en)} ${each.warmUpBars}${say('봉', ' bars')}`).join(', ')}`}
        </p>
      )}
      {outline && outline.parts.length > 0 && (
        <details>
          <summary>{say('나누어 보기', 'Part by part')}</summary>
          <Outline node={outline} />
        </details>
      )}
    </div>
  )
}

const JOINS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  all: ['모두', 'all of'],
  any: ['하나라도', 'any of'],
  not: ['아니다', 'not'],
}

function Outline({ node }: { readonly node: ConditionOutline }) {
  const say = useSay()
  const join = JOINS[node.kind]
  return (
    <ul className="condition-outline">
      <li>
        {join && node.parts.length > 0 ? (
          <strong>{say(...join)}</strong>
        ) : (
          <code>{say(node.ko, node.en)}</code>
        )}
        {node.parts.map((part) => (
          <Outline key={`${part.from} ${part.en}`} node={part} />
        ))}
      </li>
    </ul>
  )
}
