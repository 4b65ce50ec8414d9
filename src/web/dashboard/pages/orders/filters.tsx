import type { OrderGroup, OrdersPage } from '../../../contract/records.ts'
import { count } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import type { OrderFilter } from './view.ts'
import { GROUPS } from './words.ts'

const ORDER = ['', 'open', 'doubtful', 'filled', 'ended', 'failed'] as const

/** What state, and of which instrument. A state without an order stays, so that nothing jumps. */
export function Filters(props: {
  readonly counts: OrdersPage['counts'] | undefined
  readonly filter: OrderFilter
  readonly instruments: OrdersPage['instruments']
  readonly onChange: (part: Readonly<Record<string, string>>) => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const { counts, filter, instruments, onChange } = props
  const number = (group: OrderGroup | ''): number | undefined => {
    if (!counts) return undefined
    if (group === '') return Object.values(counts).reduce((sum, each) => sum + each, 0)
    return group === 'open' ? counts.open + counts.doubtful : counts[group]
  }
  return (
    <div className="orders-filters">
      <fieldset className="orders-groups" aria-label={say('상태', 'State')}>
        {ORDER.map((group) => (
          <button
            key={group}
            type="button"
            className={group === 'doubtful' && (number(group) ?? 0) > 0 ? 'alarming' : undefined}
            aria-pressed={filter.group === group}
            onClick={() => onChange({ status: group })}
          >
            {group === '' ? say('전체', 'All') : sentence(GROUPS[group])}
            <span className="quiet">{number(group) === undefined ? '' : count(number(group) ?? 0)}</span>
          </button>
        ))}
      </fieldset>
      {instruments.length > 0 && (
        <select
          className="select"
          aria-label={say('종목', 'Instrument')}
          value={filter.instrument}
          onChange={(event) => onChange({ instrument: event.target.value })}
        >
          <option value="">{say('모든 종목', 'Every instrument')}</option>
          {instruments.map(({ instrument, name }) => (
            <option key={instrument} value={instrument}>
              {name} {instrument}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
