import { useState } from 'react'
import type { DayResultMessage } from '../../../contract/performance.ts'
import { strengthOf } from '../../parts/chart-scale.ts'
import { signedMoney } from '../../parts/figures.ts'
import { heatStyle } from '../../parts/heat-map.tsx'
import { direction, roughWon, signedPercent } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay } from '../../state/say.ts'
import { type CalendarDay, calendarMonth, monthBeside } from './view.ts'

const WEEKDAYS = [
  ['월', 'Mon'],
  ['화', 'Tue'],
  ['수', 'Wed'],
  ['목', 'Thu'],
  ['금', 'Fri'],
  ['토', 'Sat'],
  ['일', 'Sun'],
] as const

/** A month of results; the colour says how large, the figure and its sign say the same in words. */
export function Calendar({
  days,
  onPick,
}: {
  readonly days: readonly DayResultMessage[]
  readonly onPick: (day: string) => void
}) {
  const say = useSay()
  const newest = days.at(-1)?.day.slice(0, 7) ?? ''
  const [chosen, setMonth] = useState<string | undefined>(undefined)
  const month = chosen ?? newest
  const shown = calendarMonth(month, days)
  const oldest = days[0]?.day.slice(0, 7) ?? newest
  return (
    <div className="calendar">
      <div className="row calendar-head">
        <button
          type="button"
          className="button small"
          disabled={month <= oldest}
          onClick={() => setMonth(monthBeside(month, -1))}
          aria-label={say('이전 달', 'Month before')}
        >
          ‹
        </button>
        <strong aria-live="polite">{month}</strong>
        <button
          type="button"
          className="button small"
          disabled={month >= newest}
          onClick={() => setMonth(monthBeside(month, 1))}
          aria-label={say('다음 달', 'Month after')}
        >
          ›
        </button>
        <span className="push">
          <b className={direction(shown.pnl)}>{signedMoney(shown.pnl, 'KRW')}</b>{' '}
          <span className="quiet">
            {say(
              `번 날 ${shown.daysUp} · 잃은 날 ${shown.daysDown}`,
              `${shown.daysUp} up · ${shown.daysDown} down`,
            )}
          </span>
        </span>
      </div>
      <table className="month">
        <caption className="unseen">{say(`${month} 손익`, `Results of ${month}`)}</caption>
        <thead>
          <tr>
            {WEEKDAYS.map(([ko, en]) => (
              <th key={en} scope="col">
                {say(ko, en)}
              </th>
            ))}
            <th scope="col" className="wide-only">
              {say('주', 'Week')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.weeks.map(({ key, days, pnl }) => (
            <tr key={key}>
              {days.map((each, weekday) => (
                <td key={each?.day ?? `${key} ${WEEKDAYS[weekday]?.[1]}`}>
                  {each && <Day day={each} largest={shown.largest} onPick={onPick} />}
                </td>
              ))}
              <td className={`week wide-only ${direction(pnl)}`}>
                {pnl === 0 ? '' : signedMoney(pnl, 'KRW')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A cell has no room for every digit of it; won. The sheet of the day has all of them. */
const LONG = 10_000_000

function Day({
  day: { day, date, result },
  largest,
  onPick,
}: {
  readonly day: CalendarDay
  readonly largest: number
  readonly onPick: (day: string) => void
}) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  if (!result) return <span className="date">{date}</span>
  const { pnl, ratio = 0, trips } = result
  const sign = pnl > 0 ? '+' : ''
  return (
    <button
      type="button"
      style={heatStyle(strengthOf(pnl, largest), 'sign')}
      onClick={() => onPick(day)}
      aria-label={say(
        `${day} 손익 ${signedMoney(pnl, 'KRW')}원, 거래 ${trips}건`,
        `${day}: ${signedMoney(pnl, 'KRW')} won, ${trips} trades`,
      )}
    >
      <span className="date">{date}</span>
      <b className="wide-only">
        {Math.abs(pnl) < LONG ? signedMoney(pnl, 'KRW') : `${sign}${roughWon(pnl, language)}`}
      </b>
      <b className="narrow-only">{`${sign}${roughWon(pnl, language)}`}</b>
      <small className="wide-only">
        {signedPercent(ratio)} <span className="trip-count">{say(`${trips}건`, `${trips} trades`)}</span>
      </small>
    </button>
  )
}
