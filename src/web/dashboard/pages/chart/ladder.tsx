import { type CSSProperties, useState } from 'react'
import type { InstrumentMessage } from '../../../contract/chart.ts'
import type { OrderMessage } from '../../../contract/live.ts'
import { Empty } from '../../parts/notes.tsx'
import { clockText, count, signedPercent } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { centreAfter, type LadderRow, ladderRows, type Ticker } from './ladder-view.ts'
import { changeFrom } from './view.ts'

/** The exchange tells ten steps a side. */
const ROWS_EACH_SIDE = 10

/** 호가창: what is known of the prices around the last one. A price is clicked into the ticket. */
export function Ladder(props: {
  readonly instrument: InstrumentMessage | undefined
  readonly ticker: Ticker
  readonly last: number
  readonly orders: readonly OrderMessage[]
  readonly onPrice: (price: number) => void
}) {
  const say = useSay()
  const { instrument, ticker, last } = props
  const [centre, setCentre] = useState(0)
  const [isHeld, setHeld] = useState(false)
  const ticks = instrument?.ticks ?? []
  const next = instrument ? centreAfter(centre, last, ticks, ROWS_EACH_SIDE, isHeld) : centre
  if (next !== centre) setCentre(next)
  const rows = ladderRows({
    ticks,
    centre: next,
    rowsEachSide: ROWS_EACH_SIDE,
    last,
    quote: ticker.quote,
    book: ticker.book,
    orders: props.orders,
    band: instrument?.band,
  })
  if (rows.length === 0)
    return (
      <Empty title={say('아직 시세가 없습니다', 'No price yet')}>
        {say('첫 체결이나 호가가 오면 호가창이 열립니다.', 'The ladder opens with the first print or quote.')}
      </Empty>
    )
  const { quote } = ticker
  const largest = Math.max(1, ...rows.map(({ quantity }) => quantity ?? 0))
  const isAuction = (quote?.expectedPrice ?? 0) > 0
  return (
    <section
      className="ladder"
      aria-label={say('호가창', 'Order ladder')}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {isAuction && quote && (
        <p className="expected">
          <span>{say('예상 체결', 'Expected')}</span>
          <strong>{count(quote.expectedPrice)}</strong>
          <span>{say(`${count(quote.expectedQuantity)}주`, `${count(quote.expectedQuantity)} sh`)}</span>
        </p>
      )}
      <table>
        <caption className="unseen">{say('호가창', 'Order ladder')}</caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              {say('매도 잔량', 'Ask size')}
            </th>
            <th scope="col">{say('호가', 'Price')}</th>
            <th scope="col">{say('매수 잔량', 'Bid size')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.price}
              row={row}
              share={(row.quantity ?? 0) / largest}
              previousClose={instrument?.previousClose}
              onPrice={props.onPrice}
            />
          ))}
        </tbody>
      </table>
      {ticker.book === undefined && (
        <p className="quiet ladder-note">
          {say(
            '아직 최우선 호가만 왔습니다. 빈 잔량은 0이 아니라 모르는 값입니다.',
            'Only the best quotes have come so far: an empty size is unknown, not zero.',
          )}
        </p>
      )}
    </section>
  )
}

function Row(props: {
  readonly row: LadderRow
  /** Of the largest quantity shown. */
  readonly share: number
  readonly previousClose: number | undefined
  readonly onPrice: (price: number) => void
}) {
  const say = useSay()
  const { row, share, previousClose } = props
  const change = changeFrom(row.price, previousClose)
  const tone = change ? (change.change > 0 ? 'up' : change.change < 0 ? 'down' : '') : ''
  const classes = [row.side, row.isLast && 'last', row.isExpected && 'is-expected'].filter(Boolean).join(' ')
  return (
    <tr className={classes}>
      <td className="number size" style={barOf(row.side === 'ask' ? share : 0)}>
        {row.selling > 0 && (
          <span className="mine sell" title={say('내 매도 주문', 'my sell orders')}>
            {say('내', 'me')} {count(row.selling)}
          </span>
        )}
        {row.side === 'ask' && row.quantity !== undefined && count(row.quantity)}
      </td>
      <th scope="row">
        <button
          type="button"
          onClick={() => props.onPrice(row.price)}
          aria-label={say(
            `${count(row.price)}원으로 주문서 채우기`,
            `Put ${count(row.price)} into the ticket`,
          )}
        >
          <b className={tone}>{count(row.price)}</b>
          <small className={tone}>
            {row.atLimit === 'upper'
              ? say('상한', 'upper')
              : row.atLimit === 'lower'
                ? say('하한', 'lower')
                : change && signedPercent(change.ratio)}
          </small>
        </button>
      </th>
      <td className="size" style={barOf(row.side === 'bid' ? share : 0)}>
        {row.side === 'bid' && row.quantity !== undefined && count(row.quantity)}
        {row.buying > 0 && (
          <span className="mine buy" title={say('내 매수 주문', 'my buy orders')}>
            {say('내', 'me')} {count(row.buying)}
          </span>
        )}
      </td>
    </tr>
  )
}

/** How long the bar behind a quantity is. */
const barOf = (share: number): CSSProperties =>
  ({ '--share': `${Math.round(share * 100)}%` }) as CSSProperties

const TAPE_SHOWN = 40
/** It scrolls by itself, so keys must reach it. */
const SCROLLS = { tabIndex: 0 } as const

/** 체결: what traded, newest first. Which side crossed has a word besides its colour. */
export function Tape({ ticker }: { readonly ticker: Ticker }) {
  const say = useSay()
  if (ticker.prints.length === 0)
    return (
      <Empty title={say('아직 체결이 없습니다', 'No print yet')}>
        {say('이 화면을 연 뒤의 체결이 여기에 쌓입니다.', 'Prints since this page was opened gather here.')}
      </Empty>
    )
  const words = { buy: say('매수', 'buy'), sell: say('매도', 'sell') }
  return (
    <section className="tape" {...SCROLLS} aria-label={say('체결', 'Tape')}>
      <table>
        <caption className="unseen">{say('체결', 'Tape')}</caption>
        <thead>
          <tr>
            <th scope="col" className="tape-time">
              {say('시각', 'Time')}
            </th>
            <th scope="col" className="number">
              {say('체결가', 'Price')}
            </th>
            <th scope="col" className="number">
              {say('수량', 'Size')}
            </th>
            <th scope="col" className="tape-side">
              {say('주도', 'By')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ticker.prints.slice(0, TAPE_SHOWN).map(({ id, at, price, quantity, aggressor }) => {
            const tone = aggressor === 'buy' ? 'up' : aggressor === 'sell' ? 'down' : ''
            return (
              <tr key={id}>
                <td className="quiet">{clockText(at)}</td>
                <td className="number">{count(price)}</td>
                <td className={`number ${tone}`}>{count(quantity)}</td>
                <td className={tone}>{aggressor ? words[aggressor] : say('단일가', 'call')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
