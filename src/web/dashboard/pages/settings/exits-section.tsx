import { at } from '../../../contract/settings-changes.ts'
import { useSay } from '../../state/say.ts'
import { SettingControl } from './control.tsx'
import { useForm } from './form.ts'
import { Fields, Group } from './form-sections.tsx'

const TRAILING = ['exits', 'trailing']
const MOST_STAGES = 10

export function ExitsSection() {
  const say = useSay()
  const { values, set, isLocked } = useForm()
  const hasAtr = at(values, ['exits', 'atr']) !== undefined
  return (
    <div className="stack">
      <Group title={say('손익', 'Loss and profit')}>
        <Fields paths={['exits.stop_loss_pct', 'exits.take_profit_pct']} />
      </Group>
      <Trailing />
      <Group title={say('변동성 손절 (ATR)', 'Volatility stop (ATR)')}>
        {hasAtr && <Fields paths={['exits.atr.period', 'exits.atr.multiple']} />}
        <div className="row">
          <button
            type="button"
            className="button small"
            disabled={isLocked}
            onClick={() => set(['exits', 'atr'], hasAtr ? undefined : { period: 14, multiple: 2.5 })}
          >
            {hasAtr ? say('ATR 손절 빼기', 'Remove the ATR stop') : say('ATR 손절 넣기', 'Add an ATR stop')}
          </button>
        </div>
      </Group>
      <Group title={say('시간', 'Time')}>
        <Fields paths={['exits.max_hold_min', 'exits.end_of_day']} />
      </Group>
      <Group title={say('청산 주문', 'Orders of exits')}>
        <Fields paths={['exits.protective_order', 'exits.order', 'exits.at_broker']} />
      </Group>
    </div>
  )
}

/** Stage by stage: from a gain on, how far below the high it sells. */
function Trailing() {
  const say = useSay()
  const { values, set, isLocked } = useForm()
  const written = at(values, TRAILING)
  const stages: readonly unknown[] = Array.isArray(written) ? written : []
  /** A stage is known by its place. */
  const places = stages.map((_, index) => index)
  const last = Number(at(stages.at(-1), ['activate_pct']) ?? 0)
  const lastBack = Number(at(stages.at(-1), ['give_back_pct']) ?? 1.5)
  return (
    <Group title={say('트레일링 스탑', 'Trailing stop')}>
      {stages.length === 0 && <p className="quiet">{say('쓰지 않습니다.', 'Not used.')}</p>}
      <ol className="trailing">
        {places.map((index) => (
          <li key={index}>
            <span className="stage">{say(`${index + 1}단계`, `Stage ${index + 1}`)}</span>
            <SettingControl path={[...TRAILING, index, 'activate_pct']} isRequired />
            <SettingControl path={[...TRAILING, index, 'give_back_pct']} isRequired />
            <button
              type="button"
              className="button small"
              disabled={isLocked}
              aria-label={say(`${index + 1}단계 빼기`, `Remove stage ${index + 1}`)}
              onClick={() =>
                set(
                  TRAILING,
                  stages.filter((__, place) => place !== index),
                )
              }
            >
              {say('빼기', 'Remove')}
            </button>
          </li>
        ))}
      </ol>
      <div className="row">
        <button
          type="button"
          className="button small"
          disabled={isLocked || stages.length >= MOST_STAGES}
          onClick={() => set(TRAILING, [...stages, { activate_pct: last + 2, give_back_pct: lastBack }])}
        >
          {say('단계 넣기', 'Add a stage')}
        </button>
      </div>
    </Group>
  )
}
