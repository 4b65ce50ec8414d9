import { Link } from 'wouter'
import { useLive } from '../../state/live.ts'
import { count } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { isDoubtful } from './view.ts'

const MOST_NAMED = 3

/** However long the lists below are: an order whose fate nobody knows is told of first. */
export function DoubtsNote() {
  const say = useSay()
  const orders = useLive(({ state }) => state?.orders)
  const doubtful = Object.values(orders ?? {}).filter(isDoubtful)
  if (doubtful.length === 0) return null
  const names = [...new Set(doubtful.map(({ name }) => name))]
  const shown = names.slice(0, MOST_NAMED).join(', ')
  const left = names.length - MOST_NAMED
  return (
    <div className="note bad doubts-note" role="status">
      <span>
        <strong>
          {say(
            `결과를 모르는 주문 ${count(doubtful.length)}건`,
            `Orders in doubt: ${count(doubtful.length)}`,
          )}
        </strong>{' '}
        {say(
          `${shown}${left > 0 ? ` 외 ${left}종목` : ''} — 확인될 때까지 이 종목은 손절도 나가지 않습니다.`,
          `${shown}${left > 0 ? ` and ${left} more` : ''}. Until it is settled not even a stop of it leaves.`,
        )}
      </span>
      <Link href="/orders" className="button small push">
        {say('확인', 'Settle')}
      </Link>
    </div>
  )
}
