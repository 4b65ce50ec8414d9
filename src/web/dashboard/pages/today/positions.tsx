import { memo, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { PositionMessage } from '../../../contract/live.ts'
import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useMay } from '../../state/may.ts'
import { clockText, count, direction, lasting, signed, signedPercent, won } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { useMarketClock } from '../../state/use-market-clock.ts'
import { type Sight, useSight } from '../../state/use-sight.ts'
import { CorridorScale } from './corridor-scale.tsx'
import { SellSheet } from './sell-sheet.tsx'
import { type PriceAge, positionRows, priceAge } from './view.ts'
import { EXIT, wordOf } from './words.ts'

/** A long list scrolls by itself, so that what is asked for and what happened stay near; keys must reach it. */
const SCROLLS = { tabIndex: 0 } as const
/** Rows nobody sees follow in turn, each on every so many-th news: all at once would hold the page up four times a second. */
const TURNS = 8

export function Positions() {
  const say = useSay()
  const positions = useLive(({ state }) => state?.positions)
  const clock = useMarketClock()
  const [asked, setAsked] = useState<string | undefined>(undefined)
  const sight = useSight()
  const turn = useRef(0)
  turn.current = (turn.current + 1) % TURNS
  const rows = positionRows(positions ?? {})
  const selling = rows.find(({ instrument }) => instrument === asked)
  return (
    <Card title={say('보유', 'Positions')} aside={<span className="quiet">{count(rows.length)}</span>} flush>
      {rows.length === 0 ? (
        <Empty title={say('보유 종목이 없습니다', 'Nothing is held')}>
          {say('매수가 체결되면 여기에 나타납니다.', 'A position appears here once a buy is filled.')}
        </Empty>
      ) : (
        <section className="table-wrap positions-wrap" aria-label={say('보유', 'Positions')} {...SCROLLS}>
          <table className="table card-rows today-positions">
            <thead>
              <tr>
                <th scope="col">{say('종목', 'Instrument')}</th>
                <th scope="col" className="number">
                  {say('수량·평균', 'Shares, average')}
                </th>
                <th scope="col" className="number">
                  {say('현재가', 'Price')}
                </th>
                <th scope="col" className="number">
                  {say('평가손익', 'Unrealised')}
                </th>
                <th scope="col">{say('손절 — 익절', 'Stop — target')}</th>
                <th scope="col">
                  <span className="unseen">{say('매도', 'Sell')}</span>
                </th>
              </tr>
            </thead>
            <tbody className="live-figures">
              {rows.map((position, index) => (
                <PositionLine
                  key={position.instrument}
                  position={position}
                  age={clock && priceAge(position.pricedAt, clock)}
                  sight={sight}
                  isInTurn={index % TURNS === turn.current}
                  onSell={setAsked}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {selling && <SellSheet position={selling} onClose={() => setAsked(undefined)} />}
    </Card>
  )
}

interface Line {
  readonly position: PositionMessage
  readonly age: PriceAge | undefined
  readonly sight: Sight
  readonly isInTurn: boolean
  readonly onSell: (instrument: string) => void
}

/** Whether the row may stay as it was drawn last. */
const stays = (drawn: Line, { position, age, sight, isInTurn }: Line): boolean =>
  (!isInTurn && !sight.has(position.instrument)) ||
  (drawn.position === position && looksAlike(drawn.age, age))

/** Of a young price the time it was heard is shown, of an old one its age in seconds. */
const looksAlike = (a: PriceAge | undefined, b: PriceAge | undefined): boolean =>
  a?.isOld === b?.isOld && (!a?.isOld || inSeconds(a) === inSeconds(b))
const inSeconds = (age: PriceAge | undefined): number => Math.floor((age?.ageMs ?? 0) / 1000)

const PositionLine = memo(function PositionLine({ position, age, sight, onSell }: Line) {
  const say = useSay()
  const sentence = useSentence()
  const mayTrade = useMay('trade')
  const { instrument, name, quantity, averagePrice, last, pnl, gainRatio, exiting, atBroker } = position
  return (
    <tr ref={sight.watch} data-key={instrument}>
      <th scope="row" className="cell-name">
        <Link href={`/chart/${instrument}`}>{name}</Link>
        <span className="sub">
          {instrument}
          {exiting && (
            <span className="chip warn">
              {sentence(wordOf(EXIT, exiting))} {say('매도 중', 'selling')}
            </span>
          )}
          {atBroker && (
            <span className="chip" title={`${won(atBroker.stop)} → ${won(atBroker.limit)}`}>
              {say('증권사 스톱', 'Stop at broker')}
            </span>
          )}
        </span>
      </th>
      <td className="number cell-held">
        {count(quantity)}
        <span className="unit">{say('주', '')}</span>
        <span className="sub">{won(averagePrice)}</span>
      </td>
      <td className="number cell-price">
        <PriceWithAge last={last} pricedAt={position.pricedAt} age={age} />
      </td>
      <td className={`number cell-pnl ${direction(pnl)}`}>
        <strong>{signed(pnl)}</strong>
        <span className="sub tinted">{signedPercent(gainRatio)}</span>
      </td>
      <td className="cell-corridor">
        <CorridorScale position={position} />
      </td>
      <td className="cell-act">
        <button
          type="button"
          className="button small"
          disabled={!mayTrade}
          onClick={() => onSell(instrument)}
        >
          {say('매도', 'Sell')}
          <span className="unseen"> {name}</span>
        </button>
      </td>
    </tr>
  )
}, stays)

function PriceWithAge({
  last,
  pricedAt,
  age,
}: {
  readonly last: number
  readonly pricedAt: number
  readonly age: PriceAge | undefined
}) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  if (last <= 0) return <span className="quiet">{say('모름', 'unknown')}</span>
  return (
    <>
      <span className={age?.isOld ? 'stale' : undefined}>{won(last)}</span>
      {age && (
        <span className={age.isOld ? 'sub old-price' : 'sub'}>
          {age.isOld
            ? say(`${lasting(age.ageMs, language)} 전`, `${lasting(age.ageMs, language)} old`)
            : clockText(pricedAt)}
        </span>
      )}
    </>
  )
}
