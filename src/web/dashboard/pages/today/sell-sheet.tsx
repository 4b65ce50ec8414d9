import type { PositionMessage } from '../../../contract/live.ts'
import { command } from '../../api/command.ts'
import { Figure } from '../../parts/card.tsx'
import { HoldButton } from '../../parts/hold-button.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { count, direction, signed, signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'

/** What selling all of a position means now; it is held to be given. */
export function SellSheet({
  position,
  onClose,
}: {
  readonly position: PositionMessage
  readonly onClose: () => void
}) {
  const say = useSay()
  const { instrument, name, quantity, last, pnl, gainRatio, exiting } = position
  return (
    <Sheet title={say(`${name} 매도`, `Sell ${name}`)} onClose={onClose}>
      <dl className="figures">
        <Figure label={say('수량', 'Shares')}>{count(quantity)}</Figure>
        <Figure label={say('현재가', 'Price')}>{last > 0 ? won(last) : '—'}</Figure>
        <Figure label={say('지금 팔면', 'If sold now')} className={direction(pnl)}>
          {signed(pnl)} <small>{signedPercent(gainRatio)}</small>
        </Figure>
      </dl>
      {exiting && (
        <p className="note warn">
          {say('이미 매도 주문이 나가 있습니다.', 'A sell order of it is already out.')}
        </p>
      )}
      <p className="quiet">
        {say(
          '전량을 설정의 청산 주문 방식으로 팝니다. 버튼을 1.2초 누르고 있으면 나갑니다.',
          'All of it is sold, with the order style the settings give to exits. Hold the button for 1.2 s.',
        )}
      </p>
      <HoldButton
        className="sell"
        label={say('누르고 있으면 매도', 'Hold to sell')}
        onHeld={() => command({ do: 'sell', instrument }).then((taken) => taken && onClose())}
      >
        {say(`${count(quantity)}주 모두 매도`, `Sell all ${count(quantity)} shares`)}
      </HoldButton>
    </Sheet>
  )
}
