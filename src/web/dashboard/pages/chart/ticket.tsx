import { useState } from 'react'
import type { InstrumentMessage } from '../../../contract/chart.ts'
import type { ManualOrderMessage } from '../../../contract/commands.ts'
import type { PositionMessage } from '../../../contract/live.ts'
import { command } from '../../api/command.ts'
import { Field, Segments } from '../../parts/field.tsx'
import { ErrorNote } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useMay } from '../../state/may.ts'
import { count, won } from '../../state/numbers.ts'
import { type Say, useSay } from '../../state/say.ts'
import { grouped, PriceInput, wrongPriceText } from './price-input.tsx'
import { ConfirmSheet, Costs, Outcome, Verdict } from './ticket-costs.tsx'
import {
  type Desk,
  type Draft,
  ORDER_KINDS,
  type OrderKind,
  orderOf,
  type SizedBy,
  sharesOf,
  type Wrong,
  wrongOf,
} from './ticket-view.ts'
import { usePreview } from './use-preview.ts'

export interface TicketProps {
  readonly instrument: InstrumentMessage
  readonly last: number
  readonly position: PositionMessage | undefined
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
}

/** 주문: an order by hand, with what it would cost before it is given. */
export function Ticket(props: TicketProps) {
  const say = useSay()
  const { instrument, position, draft, onDraft } = props
  const buyingPower = useLive(({ state }) => state?.desk.buyingPower ?? 0)
  const mayTrade = useMay('trade')
  // What is asked about stays as it was read, while prices go on moving.
  const [asking, setAsking] = useState<ManualOrderMessage>()
  const [given, setGiven] = useState<ManualOrderMessage & { readonly at: number }>()
  const desk: Desk = {
    last: props.last,
    buyingPower,
    held: position?.quantity ?? 0,
    ticks: instrument.ticks,
    band: instrument.band,
  }
  const order = orderOf(draft, desk, instrument.instrument)
  const { preview, isOld, error } = usePreview(asking ?? order)
  const change = (part: Partial<Draft>) => onDraft({ ...draft, ...part })
  const send = () => {
    if (!asking) return
    setAsking(undefined)
    const at = useLive.getState().state?.clock.now ?? 0
    void command({ do: 'order', ...asking }).then((taken) => taken && setGiven({ ...asking, at }))
  }
  return (
    <form
      className="ticket"
      onSubmit={(event) => {
        event.preventDefault()
        if (order && mayTrade) setAsking(order)
      }}
    >
      <SideChoice side={draft.side} onSide={(side) => change({ side })} />
      <Pricing {...props} desk={desk} change={change} />
      <Sizing draft={draft} desk={desk} change={change} />
      <Costs order={order} preview={preview} isOld={isOld} instrument={instrument} position={position} />
      {error !== undefined && error !== null && <ErrorNote error={error} />}
      {order && preview && <Verdict preview={preview} />}
      {!mayTrade && (
        <p className="note">{say('보기 권한으로는 주문할 수 없습니다.', 'A viewer cannot give orders.')}</p>
      )}
      <button type="submit" className={`button big ${draft.side}`} disabled={!order || !mayTrade}>
        {draft.side === 'buy' ? say('매수 확인', 'Review the buy') : say('매도 확인', 'Review the sale')}
      </button>
      {given && <Outcome given={given} />}
      {asking && (
        <ConfirmSheet
          name={instrument.name}
          order={asking}
          preview={preview}
          onClose={() => setAsking(undefined)}
          onSend={send}
        />
      )}
    </form>
  )
}

function SideChoice(props: {
  readonly side: 'buy' | 'sell'
  readonly onSide: (side: 'buy' | 'sell') => void
}) {
  const say = useSay()
  return (
    <fieldset className="sides" aria-label={say('매수 또는 매도', 'Buy or sell')}>
      {(
        [
          ['buy', say('매수', 'Buy')],
          ['sell', say('매도', 'Sell')],
        ] as const
      ).map(([side, text]) => (
        <button
          key={side}
          type="button"
          className={`side ${side}`}
          aria-pressed={props.side === side}
          onClick={() => props.onSide(side)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}

type Change = (part: Partial<Draft>) => void

function Pricing(props: TicketProps & { readonly desk: Desk; readonly change: Change }) {
  const say = useSay()
  const { draft, desk, change, last, instrument } = props
  const wrong = wrongOf(draft, desk)
  const isOfPrice = wrong === 'offTick' || wrong === 'outsideBand'
  return (
    <>
      <Field label={say('종류', 'Type')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.kind}
            onChange={(event) => change({ kind: event.target.value as OrderKind })}
          >
            {ORDER_KINDS.map(([kind, ko, en]) => (
              <option key={kind} value={kind}>
                {say(ko, en)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.kind === 'at' && (
        <PriceInput
          label={say('가격', 'Price')}
          value={draft.price}
          from={last}
          ticks={instrument.ticks}
          wrong={isOfPrice ? wrongText(wrong, say, desk) : undefined}
          onChange={(price) => change({ price })}
        />
      )}
      {draft.kind === 'conditional' && <FromPrice draft={draft} change={change} />}
    </>
  )
}

/** A conditional order carries a limit counted in ticks from a price of the moment it leaves. */
function FromPrice({ draft, change }: { readonly draft: Draft; readonly change: Change }) {
  const say = useSay()
  return (
    <div className="two">
      <Field label={say('기준', 'From')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.from}
            onChange={(event) => change({ from: event.target.value as Draft['from'] })}
          >
            <option value="last">{say('현재가', 'Last')}</option>
            <option value="bid">{say('매수호가', 'Bid')}</option>
            <option value="ask">{say('매도호가', 'Ask')}</option>
          </select>
        )}
      </Field>
      <Field label={say('틱', 'Ticks')}>
        {(control) => (
          <input
            {...control}
            className="input number"
            type="number"
            min={-100}
            max={100}
            step={1}
            value={draft.ticks}
            onChange={(event) => {
              const ticks = Math.round(event.target.valueAsNumber)
              if (Math.abs(ticks) <= 100) change({ ticks })
            }}
          />
        )}
      </Field>
    </div>
  )
}

const SHARES_OF_ALL = ['10', '25', '50', '100'] as const

function Sizing(props: { readonly draft: Draft; readonly desk: Desk; readonly change: Change }) {
  const say = useSay()
  const { draft, desk, change } = props
  const shares = sharesOf(draft, desk)
  const wrong = wrongOf(draft, desk)
  const field = { shares: 'shares', amount: 'amount', ratio: 'percent' } as const
  const key = field[draft.sizedBy]
  const unit = {
    shares: say('주', 'sh'),
    amount: say('원', 'won'),
    ratio: draft.side === 'buy' ? say('% (주문가능)', '% of power') : say('% (보유)', '% held'),
  }[draft.sizedBy]
  return (
    <div className="sizing">
      <Segments<SizedBy>
        label={say('수량을 정하는 방법', 'How the size is given')}
        value={draft.sizedBy}
        options={[
          ['shares', say('주수', 'Shares')],
          ['amount', say('금액', 'Amount')],
          ['ratio', say('비율', 'Ratio')],
        ]}
        onChange={(sizedBy) => change({ sizedBy })}
      />
      <Field
        label={say('수량', 'Size')}
        hint={
          draft.sizedBy !== 'shares' && shares !== undefined
            ? say(`= ${count(shares)}주`, `= ${count(shares)} shares`)
            : sizeHint(draft, desk, say)
        }
        wrong={wrong === 'none' || wrong === 'moreThanHeld' ? wrongText(wrong, say, desk) : undefined}
      >
        {(control) => (
          <span className="input-unit">
            <input
              {...control}
              className="input number"
              inputMode="numeric"
              autoComplete="off"
              value={draft.sizedBy === 'ratio' ? draft.percent : grouped(draft[key])}
              onChange={(event) => change({ [key]: event.target.value.replaceAll(',', '') })}
            />
            <span>{unit}</span>
          </span>
        )}
      </Field>
      <fieldset className="quick" aria-label={say('비율로 채우기', 'Fill by ratio')}>
        {SHARES_OF_ALL.map((percent) => (
          <button
            key={percent}
            type="button"
            className="button small"
            aria-pressed={draft.sizedBy === 'ratio' && draft.percent === percent}
            onClick={() => change({ sizedBy: 'ratio', percent })}
          >
            {percent}%
          </button>
        ))}
      </fieldset>
    </div>
  )
}

const sizeHint = (draft: Draft, desk: Desk, say: Say): string =>
  draft.side === 'sell'
    ? say(`보유 ${count(desk.held)}주`, `${count(desk.held)} held`)
    : say(`주문가능 ${won(desk.buyingPower)}원`, `Buying power ${won(desk.buyingPower)}`)

function wrongText(wrong: Wrong, say: Say, { band, held }: Desk): string {
  switch (wrong) {
    case 'price':
    case 'offTick':
    case 'outsideBand':
      return wrongPriceText(wrong, say, band)
    case 'shares':
      return say('수량을 넣으세요', 'A size is needed')
    case 'none':
      return say('한 주도 되지 않습니다', 'Less than one share')
    case 'moreThanHeld':
      return say(`보유 ${count(held)}주보다 많습니다`, `More than the ${count(held)} held`)
    default:
      return wrong satisfies never
  }
}
