import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { daysQuery } from '../../api/records.ts'
import { Card } from '../../parts/card.tsx'
import { clockText, dayText } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { useVerification } from './use-journal.ts'
import { checkedRatio, megabytes, verdictOf } from './view.ts'

const SHOWN_AT_FIRST = 8

/** Whether each day's record is untouched: every line is sealed with a hash over the one before it. */
export function Verifications(props: {
  readonly days: readonly string[]
  readonly today: string | undefined
}) {
  const say = useSay()
  const [isAll, setAll] = useState(false)
  const { data } = useQuery(daysQuery)
  const bytes = new Map(data?.days.map((each) => [each.day, each.bytes]))
  const days = isAll ? props.days : props.days.slice(0, SHOWN_AT_FIRST)
  return (
    <Card title={say('무결성 검사', 'Integrity')} flush className="day-checks">
      <p className="card-body quiet">
        {say(
          '기록 한 줄마다 앞줄까지의 해시가 붙어 있어, 한 글자만 바뀌어도 어느 기록인지 드러납니다.',
          'Each line carries a hash over all before it: a single altered letter shows, and which record it is in.',
        )}
      </p>
      <ul className="check-list">
        {days.map((day) => (
          <DayCheck key={day} day={day} bytes={bytes.get(day) ?? 0} isToday={day === props.today} />
        ))}
      </ul>
      {props.days.length > days.length && (
        <button type="button" className="card-more" onClick={() => setAll(true)}>
          {say(`모든 날 ${props.days.length}일`, `All ${props.days.length} days`)}
        </button>
      )}
    </Card>
  )
}

function DayCheck({
  day,
  bytes,
  isToday,
}: {
  readonly day: string
  readonly bytes: number
  readonly isToday: boolean
}) {
  const say = useSay()
  const sentence = useSentence()
  const { check, begin, cancel, isPending } = useVerification(day)
  const verdict = check && verdictOf(check)
  const isRunning = check?.state === 'running'
  return (
    <li>
      <div className="check-day">
        <strong>{day}</strong>
        <span className="quiet">
          {megabytes(bytes)}
          {isToday && say(' · 오늘', ' · today')}
        </span>
      </div>
      <button
        type="button"
        className="button small"
        disabled={isPending || check === undefined}
        onClick={isRunning ? cancel : begin}
      >
        {isRunning ? say('그만', 'Cancel') : say('검사', 'Check')}
        <span className="unseen"> {day}</span>
      </button>
      <div className="check-result" role="status">
        {isRunning && check && (
          <progress max={1} value={checkedRatio(check)} aria-label={say(`${day} 검사`, `Checking ${day}`)} />
        )}
        {verdict && (
          <span className={verdict.tone === '' ? 'quiet' : `chip ${verdict.tone}`}>{sentence(verdict)}</span>
        )}
        {check?.state === 'good' && (
          <span className="sub wraps">
            {check.followsDayBefore === true && say('앞날의 기록에 이어짐 · ', 'follows the day before · ')}
            {check.at !== undefined && `${dayText(check.at)} ${clockText(check.at)} · `}
            <code>{check.lastHash}</code>
          </span>
        )}
      </div>
    </li>
  )
}
