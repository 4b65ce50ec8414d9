import { Link } from 'wouter'
import { useLive } from '../../state/live.ts'
import { count } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { isDoubtful } from './view.ts'

/** However long the lists below are: an order whose fate nobody knows is told of first. */
export function DoubtsNote() {
  const say = useSay()
  const orders = useLive(({ state }) => state?.orders)
  const doubtful = Object.values(orders ?? {}).filter(isDoubtful)
  if (doubtful.length === 0) return null
  const names = [...new Set(doubtful.map(({ name }) => name))].join(', ')
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
          `${names} — 확인될 때까지 이 종목은 손절도 나가지 않습니다.`,
          `${names}. Until it is settled not even a stop of it leaves.`,
        )}
      </span>
      <Link href="/orders" className="button small push">
        {say('확인', 'Settle')}
      </Link>
    </div>
  )
}
