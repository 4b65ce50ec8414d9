import { useSearchParams } from 'wouter'
import { DaySelect } from '../../parts/day-select.tsx'
import { Segments } from '../../parts/field.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useSay } from '../../state/say.ts'
import { useDays } from '../orders/use-orders.ts'
import './page.css'
import { Replay } from './replay.tsx'
import { Trail } from './trail.tsx'
import { Verifications } from './verifications.tsx'

/** The record itself: who did what, whether it is untouched, and any instant of it once more. */
export function JournalPage() {
  const say = useSay()
  const [search, setSearch] = useSearchParams()
  const { recorded, today, isLoading, error } = useDays()
  const wanted = search.get('day') ?? ''
  const day = recorded.includes(wanted) ? wanted : recorded[0]
  const tab = search.get('tab') === 'replay' ? 'replay' : 'trail'
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    next.set(name, value)
    setSearch(next, { replace: true })
  }
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say('기록', 'Journal')}</h1>
        <Segments
          label={say('보기', 'View')}
          value={tab}
          options={[
            ['trail', say('감사 기록', 'Audit trail')],
            ['replay', say('재현', 'Replay')],
          ]}
          onChange={(next) => change('tab', next)}
        />
        <div className="row push">
          {day !== undefined && (
            <DaySelect days={recorded} day={day} today={today} onChange={(next) => change('day', next)} />
          )}
        </div>
      </div>
      {error ? <ErrorNote error={error} /> : null}
      {isLoading && <Loading />}
      {!isLoading && !error && day === undefined && (
        <section className="card">
          <Empty title={say('아직 거래 기록이 없습니다', 'There is no record yet')}>
            {say(
              '가람이 거래일을 시작하면 모든 입력과 판단이 여기에 남습니다.',
              'Once a trading day begins, every input and decision is kept here.',
            )}
          </Empty>
        </section>
      )}
      {day !== undefined &&
        (tab === 'replay' ? (
          <Replay key={day} day={day} isToday={day === today} />
        ) : (
          <div className="journal">
            <Trail key={day} day={day} isToday={day === today} />
            <Verifications days={recorded} today={today} />
          </div>
        ))}
    </div>
  )
}
