import { useState } from 'react'
import { Link } from 'wouter'
import { command } from '../../api/command.ts'
import { HoldButton } from '../../parts/hold-button.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { useLive } from '../../state/live.ts'
import { useMay } from '../../state/may.ts'
import { count, lasting, won } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { SIDE, wordOf } from '../today/words.ts'
import { type OrderRow, settleInMs } from './view.ts'

/** Orders whose fate nobody knows: what is being done about each, and what a person can do. */
export function Doubts({ orders }: { readonly orders: readonly OrderRow[] }) {
  const [settling, setSettling] = useState<string | undefined>(undefined)
  const asked = orders.find(({ id }) => id === settling)
  return (
    <>
      {orders.map((order) => (
        <Doubt key={order.id} order={order} onSettle={() => setSettling(order.id)} />
      ))}
      {asked && <SettleSheet order={asked} onClose={() => setSettling(undefined)} />}
    </>
  )
}

function Doubt({ order, onSettle }: { readonly order: OrderRow; readonly onSettle: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const language = usePreferences((preferences) => preferences.language)
  const now = useLive(({ state }) => state?.clock.now ?? 0)
  const mayTrade = useMay('trade')
  const waitMs = settleInMs(order, now)
  const age = lasting(now - order.updatedAt, language)
  return (
    <section className="note bad doubt" aria-label={say('결과를 모르는 주문', 'An order in doubt')}>
      <div className="stack">
        <p>
          <strong>
            <Link href={`/orders/${order.id}`}>{order.name}</Link> {sentence(wordOf(SIDE, order.side))}{' '}
            {say(`${count(order.quantity)}주`, `${count(order.quantity)} shares`)}
            {order.limit !== undefined && ` @ ${won(order.limit)}`}
          </strong>{' '}
          {say(`— ${age}째 결과를 모릅니다.`, `— in doubt for ${age}.`)}
          {order.doubt && <span className="sub">{sentence(order.doubt)}</span>}
        </p>
        <p>
          {say(
            '증권사 주문 목록에서 3초마다 확인하고 있습니다. 확인될 때까지 이 종목에는 매수도, 손절을 포함한 매도도 나가지 않습니다.',
            "The broker's order list is asked every 3 s. Until it is settled nothing of this instrument is bought or sold, not even by a stop.",
          )}
        </p>
      </div>
      <button type="button" className="button small" disabled={!mayTrade || waitMs > 0} onClick={onSettle}>
        {waitMs > 0
          ? say(`직접 정리 (${lasting(waitMs, 'ko')} 뒤)`, `Settle by hand in ${lasting(waitMs, 'en')}`)
          : say('직접 정리', 'Settle by hand')}
      </button>
    </section>
  )
}

function SettleSheet({ order, onClose }: { readonly order: OrderRow; readonly onClose: () => void }) {
  const say = useSay()
  return (
    <Sheet title={say(`${order.name} 주문 정리`, `Settle the order of ${order.name}`)} onClose={onClose}>
      <p>
        {say(
          '먼저 증권사 앱(영웅문)의 주문 내역에서 이 주문을 찾아보세요.',
          "First look for this order in the broker's own app.",
        )}
      </p>
      <ul className="bullets">
        <li>
          {say(
            '목록에 없거나 취소되었다면: 아래에서 정리하세요. 이 종목의 주문이 다시 나갈 수 있게 됩니다.',
            'Not in the list, or cancelled: settle it here, and orders of this instrument may leave again.',
          )}
        </li>
        <li>
          {say(
            '체결되었다면: 정리하지 말고 기다리세요. 가람이 목록을 읽는 대로 체결로 바뀝니다.',
            'Filled: do not settle it. It becomes a fill as soon as Garam can read the list.',
          )}
        </li>
        <li>
          {say(
            '아직 살아 있다면: 증권사 앱에서 취소한 다음 정리하세요.',
            "Still working: cancel it in the broker's app, then settle it.",
          )}
        </li>
      </ul>
      <p className="quiet">
        {say(
          '정리한 뒤에 증권사가 체결을 알려 오면 그 체결은 그대로 장부에 들어갑니다. 누가 정리했는지 기록에 남습니다.',
          'Should the broker tell of a fill later, it still counts. Who settled it stands in the record.',
        )}
      </p>
      <HoldButton
        className="danger"
        label={say('누르고 있으면 취소된 것으로 정리', 'Hold to settle as cancelled')}
        onHeld={() =>
          command({ do: 'settleOrder', order: order.id, as: 'cancelled' }).then((taken) => taken && onClose())
        }
      >
        {say('확인했습니다: 체결 없이 끝난 것으로 정리', 'I have looked: it ended without a fill')}
      </HoldButton>
    </Sheet>
  )
}
