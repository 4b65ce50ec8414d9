import type { PositionMessage } from '../../../contract/live.ts'
import { signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { corridor } from './view.ts'

const percentOf = (share: number): string => `${share * 100}%`

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
      <svg className="corridor-scale" aria-hidden="true">
        <rect className="corridor-rail" y={4} width="100%" height={2} rx={1} />
        <rect
          className={`corridor-run ${gain}`}
          x={percentOf(Math.min(at, entry))}
          y={4}
          width={percentOf(Math.abs(at - entry))}
          height={2}
        />
        {toStop !== undefined && <rect className="corridor-mark" width={2} height={10} />}
        {toTarget !== undefined && (
          <rect className="corridor-mark" x="100%" width={2} height={10} transform="translate(-2)" />
        )}
        <rect className="corridor-entry" x={percentOf(entry)} y={2} width={1} height={6} />
        {high !== undefined && (
          <svg x={percentOf(high)} overflow="visible" aria-hidden="true">
            <path className="corridor-mark" d="M-3 0h6l-3 4z" />
          </svg>
        )}
        <circle className={`corridor-price ${gain}`} cx={percentOf(at)} cy={5} r={4} />
      </svg>
    </div>
  )
}
