import { Empty, Loading } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useSay } from '../../state/say.ts'
import { Conditions } from './conditions.tsx'
import { DoubtsNote } from './doubts-note.tsx'
import { Events } from './events.tsx'
import { Health } from './health.tsx'
import './page.css'
import { Positions } from './positions.tsx'
import { Refused } from './refused.tsx'
import { Summary } from './summary.tsx'
import { Trips } from './trips.tsx'
import { WorkingOrders } from './working-orders.tsx'

/** What a person looks at all day: how the day goes, what is held, what is asked for, and what happened. */
export function TodayPage() {
  const say = useSay()
  const isKnown = useLive(({ state }) => state !== undefined)
  const connection = useLive((live) => live.connection)
  return (
    <>
      <h1 className="unseen">{say('오늘', 'Today')}</h1>
      {isKnown ? (
        <Desk />
      ) : connection === 'live' ? (
        <Empty title={say('매매 프로세스를 기다리는 중입니다', 'Waiting for the trader')}>
          {say('켜지면 바로 여기에 나타납니다.', 'It appears here as soon as it runs.')}
        </Empty>
      ) : (
        <Loading />
      )}
    </>
  )
}

const Desk = () => (
  <div className="today">
    <DoubtsNote />
    <Summary />
    <div className="today-main">
      <Positions />
      <WorkingOrders />
      <Trips />
      <Conditions />
    </div>
    <div className="today-side">
      <Events />
      <Refused />
      <Health />
    </div>
  </div>
)
