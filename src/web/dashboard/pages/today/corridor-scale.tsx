import type { PositionMessage } from '../../../contract/live.ts'
import { signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { corridor } from './view.ts'

/** From the stop on the left to the target on the right, with the price on its way between them. */
export function CorridorScale({ position }: { readonly position: PositionMessage }) {
  const say = useSay()
  const way = corridor(position)
  if (!way) return <span className="quiet">{say('가격 없음', 'No price')}</span>
  const { at, entry, high, toStop, toTarget, isNear } = way
  const gain = position.last >= position.averagePrice ? 'up' : 'down'
  const hint = [
    toStop !== undefined && `${say('손절', 'stop')} ${won(position.stop)}`,
    `${say('평균', 'average')} ${won(position.averagePrice)}`,
    position.high > 0 && `${say('고점', 'high')} ${won(position.high)}`,
    toTarget !== undefined && `${say('익절', 'target')} ${won(position.target)}`,
  ]
  return (
    <div className={isNear ? 'corridor near' : 'corridor'} title={hint.filter(Boolean).join(' · ')}>
      <div className="corridor-words">
        {toStop === undefined ? (
          <span className="corridor-bare">{say('손절 없음', 'No stop')}</span>
        ) : (
          <span className="corridor-stop">
            {say('손절까지', 'To stop')} <strong>{signedPercent(toStop)}</strong>
          </span>
        )}
        {toTarget !== undefined && (
          <span>
            {say('익절', 'Target')} <strong>{signedPercent(toTarget)}</strong>
          </span>
        )}
      </div>
      <div className="corridor-scale" aria-hidden="true">
        <span
          className={`corridor-run ${gain}`}
          style={{ left: `${Math.min(at, entry) * 100}%`, width: `${Math.abs(at - entry) * 100}%` }}
        />
        {toStop !== undefined && <span className="corridor-end" style={{ left: 0 }} />}
        {toTarget !== undefined && <span className="corridor-end" style={{ right: 0 }} />}
        <span className="corridor-entry" style={{ left: `${entry * 100}%` }} />
        {high !== undefined && <span className="corridor-high" style={{ left: `${high * 100}%` }} />}
        <span className={`corridor-price ${gain}`} style={{ left: `${at * 100}%` }} />
      </div>
    </div>
  )
}
