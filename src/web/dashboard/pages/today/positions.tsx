import { useState } from 'react'
import { Link } from 'wouter'
import type { PositionMessage } from '../../../contract/live.ts'
import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useMay } from '../../state/may.ts'
import { clockText, count, direction, lasting, signed, signedPercent, won } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { type MarketClock, useMarketClock } from '../../state/use-market-clock.ts'
import { CorridorScale } from './corridor-scale.tsx'
import { SellSheet } from './sell-sheet.tsx'
import { positionRows, priceAge } from './view.ts'
import { EXIT, wordOf } from './words.ts'

/** A long list scrolls by itself, so that what is asked for and what happened stay near; keys must reach it. */
const SCROLLS = { tabIndex: 0 } as const

export function Positions() {
  const say = useSay()
  const positions = useLive(({ state }) => state?.positions)
  const clock = useMarketClock()
  const [asked, setAsked] = useState<string | undefined>(undefined)
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
              {rows.map((position) => (
                <PositionLine
                  key={position.instrument}
                  position={position}
                  clock={clock}
                  onSell={() => setAsked(position.instrument)}
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

function PositionLine({
  position,
  clock,
  onSell,
}: {
  readonly position: PositionMessage
  readonly clock: MarketClock | undefined
  readonly onSell: () => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const mayTrade = useMay('trade')
  const { instrument, name, quantity, averagePrice, last, pnl, gainRatio, exiting, atBroker } = position
  return (
    <tr>
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
        <PriceWithAge last={last} pricedAt={position.pricedAt} clock={clock} />
      </td>
      <td className={`number cell-pnl ${direction(pnl)}`}>
        <strong>{signed(pnl)}</strong>
        <span className="sub tinted">{signedPercent(gainRatio)}</span>
      </td>
      <td className="cell-corridor">
        <CorridorScale position={position} />
      </td>
      <td className="cell-act">
        <button type="button" className="button small" disabled={!mayTrade} onClick={onSell}>
          {say('매도', 'Sell')}
          <span className="unseen"> {name}</span>
        </button>
      </td>
    </tr>
  )
}

function PriceWithAge({
  last,
  pricedAt,
  clock,
}: {
  readonly last: number
  readonly pricedAt: number
  readonly clock: MarketClock | undefined
}) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const age = clock && priceAge(pricedAt, clock)
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
