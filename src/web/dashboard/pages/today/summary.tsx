import { Figure } from '../../parts/card.tsx'
import { useLive } from '../../state/live.ts'
import { decimals, direction, signed, signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { DayCurve } from './day-curve.tsx'
import { useCurve } from './use-curve.ts'
import { dayResult, indexRows } from './view.ts'

/** From here on a phone has room for two sums beside each other, not for three; won. */
const WIDE = 1_000_000_000

/** How the day goes, in one look: the result, the equity, and the way there. */
export function Summary() {
  const say = useSay()
  const desk = useLive(({ state }) => state?.desk)
  const day = useLive(({ state }) => state?.clock.day)
  const { points } = useCurve()
  if (!desk || day === undefined) return null
  const { pnl, before, ratio, costs, invested } = dayResult(desk)
  const { realizedPnl, unrealizedPnl, equity, buyingPower } = desk
  const isWide = [realizedPnl, unrealizedPnl, equity, invested, buyingPower].some(
    (sum) => Math.abs(sum) >= WIDE,
  )
  return (
    <section className="card summary live-figures" aria-label={say('오늘의 손익', "The day's result")}>
      <div className="summary-result">
        <div className="summary-head">
          <h2>{say('오늘 손익', 'Result today')}</h2>
          {!desk.accountKnown && (
            <span className="chip warn">{say('계좌 확인 중', 'Reading the account')}</span>
          )}
        </div>
        <p className={`summary-pnl ${direction(pnl)}`}>
          <span>
            {signed(pnl)}
            <small>{say('원', ' KRW')}</small>
          </span>
          <span className="summary-ratio">{signedPercent(ratio)}</span>
        </p>
        <dl className={isWide ? 'summary-figures wide' : 'summary-figures'}>
          <Figure label={say('실현', 'Realised')} className={`small ${direction(desk.realizedPnl)}`}>
            {signed(desk.realizedPnl)}
          </Figure>
          <Figure label={say('평가', 'Unrealised')} className={`small ${direction(desk.unrealizedPnl)}`}>
            {signed(desk.unrealizedPnl)}
          </Figure>
          {before !== 0 && (
            <Figure
              label={say('그중 어제까지', 'Of it until yesterday')}
              className={`small ${direction(before)}`}
            >
              {signed(before)}
            </Figure>
          )}
          <Figure label={say('수수료·세금', 'Fees and tax')} className="small">
            {won(costs)}
          </Figure>
          <Figure label={say('총 평가', 'Equity')} className="small">
            {won(desk.equity)}
          </Figure>
          <Figure label={say('주식', 'In shares')} className="small">
            {won(invested)}
          </Figure>
          <Figure label={say('주문가능', 'Buying power')} className="small">
            {won(desk.buyingPower)}
          </Figure>
        </dl>
        <Indexes />
      </div>
      <div className="summary-curve">
        <DayCurve points={points} start={desk.startEquity} day={day} />
      </div>
    </section>
  )
}

function Indexes() {
  const indexes = useLive(({ state }) => state?.indexes)
  const rows = indexRows(indexes ?? {})
  if (rows.length === 0) return null
  return (
    <dl className="summary-indexes">
      {rows.map(({ name, value, change, ratio }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {decimals(value)}{' '}
            <span className={direction(change)}>
              <span aria-hidden="true">{change > 0 ? '▲' : change < 0 ? '▼' : ' '}</span>
              {signedPercent(ratio)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
