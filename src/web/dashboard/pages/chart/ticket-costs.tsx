import type { InstrumentMessage } from '../../../contract/chart.ts'
import type { ManualOrderMessage, PreviewMessage } from '../../../contract/commands.ts'
import type { PositionMessage } from '../../../contract/live.ts'
import { Sheet } from '../../parts/sheet.tsx'
import { useLive } from '../../state/live.ts'
import { count, direction, signed, won } from '../../state/numbers.ts'
import { type Say, useSay, useSentence } from '../../state/say.ts'
import { breakEven, ORDER_KINDS, proceedsOf, refusalSince } from './ticket-view.ts'

export function Costs(props: {
  readonly order: ManualOrderMessage | undefined
  readonly preview: PreviewMessage | undefined
  readonly isOld: boolean
  readonly instrument: InstrumentMessage
  readonly position: PositionMessage | undefined
}) {
  const say = useSay()
  const { order, instrument, position } = props
  const preview = order && props.preview
  const amount = (value: number | undefined) => (value === undefined ? '–' : won(value))
  const isBuy = order?.side !== 'sell'
  const even = preview && isBuy ? breakEven(preview, order.quantity, instrument) : undefined
  const proceeds = preview && !isBuy ? proceedsOf(preview, order.quantity, position?.averagePrice) : undefined
  const rows: readonly (readonly [label: string, text: string, tone?: string])[] = [
    [say('주문 금액', 'Amount'), amount(preview?.amount)],
    [say('수수료', 'Commission'), amount(preview?.commission)],
    ...(isBuy
      ? ([
          [say('필요 현금', 'Cash needed'), amount(preview?.needed)],
          [say('손익분기 가격', 'Breaks even at'), amount(even)],
        ] as const)
      : ([
          [say('거래세', 'Tax'), amount(preview?.tax)],
          [say('정산 예상', 'Proceeds'), amount(proceeds?.net)],
          [
            say('예상 손익', 'Gain'),
            proceeds?.gain === undefined ? '–' : signed(proceeds.gain),
            direction(proceeds?.gain ?? 0),
          ],
        ] as const)),
  ]
  return (
    <dl className={props.isOld ? 'costs stale' : 'costs'}>
      {rows.map(([label, text, tone]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={tone}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

export function Verdict({ preview }: { readonly preview: PreviewMessage }) {
  const say = useSay()
  const sentence = useSentence()
  if (preview.refusal)
    return (
      <p className="note bad" role="status">
        <span>
          <strong>{say('지금은 나가지 않습니다', 'It would not leave now')}</strong>
          <br />
          {sentence(preview.refusal)}
        </span>
      </p>
    )
  return (
    <p className="note good" role="status">
      {say('모든 위험 규칙을 통과합니다', 'Passes every risk rule')}
    </p>
  )
}

const kindText = (order: ManualOrderMessage, say: Say): string => {
  const [, ko, en] = ORDER_KINDS.find(([kind]) => kind === order.order.kind) ?? ['', '', '']
  if (order.order.kind === 'at') return `${say(ko, en)} ${won(order.order.limit)}`
  return say(ko, en)
}

export function ConfirmSheet(props: {
  readonly name: string
  readonly order: ManualOrderMessage
  readonly preview: PreviewMessage | undefined
  readonly onClose: () => void
  readonly onSend: () => void
}) {
  const say = useSay()
  const { order, preview, name } = props
  const environment = useLive(({ state }) => state?.desk.environment)
  const side = order.side === 'buy' ? say('매수', 'Buy') : say('매도', 'Sell')
  return (
    <Sheet
      title={say(`${side} 주문을 낼까요?`, `Send this ${order.side}?`)}
      onClose={props.onClose}
      foot={
        <>
          <button type="button" className="button" onClick={props.onClose}>
            {say('돌아가기', 'Back')}
          </button>
          <button type="button" className={`button ${order.side}`} onClick={props.onSend}>
            {say(`${side} 주문 내기`, `Send the ${order.side}`)}
          </button>
        </>
      }
    >
      <p className="confirm-line">
        <strong className={order.side === 'buy' ? 'buy-text' : 'sell-text'}>{side}</strong>{' '}
        <strong>{name}</strong> <span className="quiet">{order.instrument}</span>
      </p>
      <dl className="costs">
        <div>
          <dt>{say('종류', 'Type')}</dt>
          <dd>{kindText(order, say)}</dd>
        </div>
        <div>
          <dt>{say('수량', 'Size')}</dt>
          <dd>{say(`${count(order.quantity)}주`, `${count(order.quantity)} shares`)}</dd>
        </div>
        <div>
          <dt>{say('주문 금액', 'Amount')}</dt>
          <dd>{preview ? `${won(preview.amount)}` : '–'}</dd>
        </div>
      </dl>
      {preview && <Verdict preview={preview} />}
      {environment === 'live' && (
        <p className="note warn">
          {say('실전 계좌입니다. 진짜 돈이 나갑니다.', 'This is the live account: real money is spent.')}
        </p>
      )}
    </Sheet>
  )
}

const NONE: Readonly<Record<string, never>> = {}

/** An order may be refused when it is given, whatever the preview said a moment before. */
export function Outcome({ given }: { readonly given: ManualOrderMessage & { readonly at: number } }) {
  const say = useSay()
  const sentence = useSentence()
  const refusals = useLive(({ state }) => state?.refusals ?? NONE)
  const refusal = refusalSince(Object.values(refusals), given)
  if (!refusal) return null
  return (
    <p className="note bad" role="alert">
      <span>
        <strong>{say('주문이 거절되었습니다', 'The order was refused')}</strong>
        <br />
        {sentence(refusal)}
      </span>
    </p>
  )
}
