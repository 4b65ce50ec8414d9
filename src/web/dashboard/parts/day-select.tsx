import { useSay } from '../state/say.ts'

/** One of the days that have a record; the day that runs has its word. */
export function DaySelect(props: {
  readonly days: readonly string[]
  readonly day: string
  readonly today: string | undefined
  readonly onChange: (day: string) => void
}) {
  const say = useSay()
  return (
    <select
      className="select day-select"
      aria-label={say('거래일', 'Trading day')}
      value={props.day}
      onChange={(event) => props.onChange(event.target.value)}
      style={{ width: 'auto', minWidth: 136 }}
    >
      {props.days.map((day) => (
        <option key={day} value={day}>
          {day}
          {day === props.today ? say(' · 오늘', ' · today') : ''}
        </option>
      ))}
    </select>
  )
}
